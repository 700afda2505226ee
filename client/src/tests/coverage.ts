// What the cases reached of a policy, as the editor's coverage: rules are statements, the outcomes of conditions their branches.
import { BranchCoverage, FileCoverage, StatementCoverage, Uri, type FileCoverageDetail } from 'vscode';
import type { TestCoverage } from '../../../server/src/protocol';
import { rangeOf } from './tree';

export function coverageOf({ uri, rules }: TestCoverage): { summary: FileCoverage; details: readonly FileCoverageDetail[] } {
  const details = rules.map(({ range, hits, branches }) =>
    new StatementCoverage(hits, rangeOf(range), branches.flatMap(({ range: part, yes, no }) => [
      new BranchCoverage(yes, rangeOf(part), 'true'),
      new BranchCoverage(no, rangeOf(part), 'false'),
    ])));
  return { summary: FileCoverage.fromDetails(Uri.parse(uri, true), details), details };
}
