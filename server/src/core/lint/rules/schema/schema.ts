// The shape of documents, as validated against their schemas. Where the text itself is broken, only what the break leaves sound is reported.
import type { DocumentProblem } from '../../../documents';
import type { DocumentFacts } from '../../../workspace';
import { toPointer, type SyntaxProblem } from '../../../yaml';
import type { Rule } from '../../rule';
import { schemaDocs } from './docs';

export const schema: Rule = {
  codes: schemaDocs,
  check({ facts, text, report }) {
    for (const problem of facts.problems) if (problem.code.startsWith('schema/')) report(problem);
    for (const document of facts.documents) {
      const breaks = document.syntax.filter((p) => p.code === 'yaml' || p.code === 'json' || p.code === 'unquoted');
      for (const problem of document.problems) if (problem.code.startsWith('schema/') && !breaks.some((b) => follows(problem, b, document, text))) report(problem);
    }
  },
};

/** True when a problem of shape may be nothing but the echo of a break in the text: on its line, or because it tore a value or a map apart. */
function follows(problem: DocumentProblem, broken: SyntaxProblem, document: DocumentFacts, text: string): boolean {
  const { start } = broken.span;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = (text.indexOf('\n', start) + text.length + 1) % (text.length + 1) || text.length;
  if (problem.span.start >= lineStart && problem.span.start <= lineEnd) return true;
  const missing = problem.code === 'schema/required' || problem.code === 'schema/combination';
  const value = document.places.value(toPointer(missing ? problem.path.slice(0, -1) : problem.path));
  // a break inside the value, or one on whose line the value was cut off
  return value !== null && value.start <= start && (value.end >= start || (value.end >= lineStart && (missing || value.start >= lineStart)));
}
