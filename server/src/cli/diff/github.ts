// The difference as annotations in a pull request's diff on GitHub.
import { annotations, type GithubOptions } from '../reports/github';
import { reportOf } from './findings';
import type { DiffReport } from './report';
import { countWords } from './words';

export const githubDiff = (report: DiffReport, options: GithubOptions): string => [...annotations(reportOf(report), options), countWords(report.review)].join('\n') + '\n';
