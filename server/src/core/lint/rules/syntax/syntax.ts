// Faults of the text itself, as the parsers and readers found them.
import type { Fix } from '../../../text';
import type { Rule } from '../../rule';
import { syntaxDocs } from './docs';

export const syntax: Rule = {
  codes: syntaxDocs,
  check({ facts, report }) {
    for (const problem of facts.problems) if (problem.code.startsWith('syntax/')) report(problem);
    for (const document of facts.documents) {
      for (const problem of document.syntax) {
        const fixes: Fix[] = problem.fix ? [{ title: problem.fix.title, safe: false, edits: [{ span: problem.fix.span ?? problem.span, newText: problem.fix.newText }] }] : [];
        report({ code: `syntax/${problem.code}`, span: problem.span, message: problem.message, fixes });
      }
      for (const problem of document.problems) if (problem.code.startsWith('syntax/')) report(problem);
    }
  },
};
