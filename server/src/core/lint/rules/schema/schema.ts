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
      const breaks = document.syntax.filter((p) => p.code === 'yaml' || p.code === 'json' || p.code === 'unquoted').map((p) => breakAt(p, text));
      for (const problem of document.problems) if (problem.code.startsWith('schema/') && !follows(problem, breaks, document)) report(problem);
    }
  },
};

/** A break in the text with the line that it stands in. */
interface Break {
  readonly start: number;
  readonly lineStart: number;
  readonly lineEnd: number;
}

function breakAt({ span: { start } }: SyntaxProblem, text: string): Break {
  const newline = text.indexOf('\n', start);
  return { start, lineStart: start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1, lineEnd: newline < 0 ? text.length : newline };
}

/** True when a problem of shape may be nothing but the echo of a break in the text: on its line, or because it tore a value or a map apart. */
function follows(problem: DocumentProblem, breaks: readonly Break[], document: DocumentFacts): boolean {
  if (breaks.length === 0) return false;
  if (breaks.some(({ lineStart, lineEnd }) => problem.span.start >= lineStart && problem.span.start <= lineEnd)) return true;
  const missing = problem.code === 'schema/required' || problem.code === 'schema/combination';
  const value = document.places.value(toPointer(missing ? problem.path.slice(0, -1) : problem.path));
  // a break inside the value, or one on whose line the value was cut off
  return value !== null && breaks.some(({ start, lineStart }) => value.start <= start && (value.end >= start || (value.end >= lineStart && (missing || value.start >= lineStart))));
}
