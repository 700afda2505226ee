// A condition that YAML cuts in two at ` #`: the rest becomes a comment, though it was meant.
import { parseCondition } from '../../../conditions';
import { cutAt, cutProblem } from '../../../policy';
import type { Fix, Span } from '../../../text';
import type { Rule } from '../../rule';

export const cutCondition: Rule = {
  codes: [],
  check({ facts, text, report }) {
    for (const document of facts.documents) {
      for (const condition of document.conditions) {
        const span = cutAt(text, condition);
        if (!span) continue;
        report({ ...cutProblem(span, condition), fixes: [quoting(text.slice(span.start, span.end), span)] });
      }
    }
  },
};

/** Quotes the condition with what was cut off; a `#` that is no part of it is left out. */
function quoting(whole: string, span: Span): Fix {
  const joined = whole.replace(/[ \t]#[ \t]*/, ' ');
  const meant = parseCondition(whole).problems.length > 0 && parseCondition(joined).problems.length === 0 ? joined : whole;
  return { title: meant === whole ? 'Quote the whole condition' : 'Quote the whole condition, without the `#`', safe: false, edits: [{ span, newText: `'${meant.replaceAll("'", "''")}'` }] };
}
