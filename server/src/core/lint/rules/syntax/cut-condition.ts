// A condition that YAML cuts in two at ` #`: the rest becomes a comment, though it was meant.
import { cutAt, cutProblem } from '../../../policy';
import type { Rule } from '../../rule';

export const cutCondition: Rule = {
  codes: [],
  check({ facts, text, report }) {
    for (const document of facts.documents) {
      for (const condition of document.conditions) {
        const span = cutAt(text, condition);
        if (!span) continue;
        const whole = text.slice(span.start, span.end);
        report({ ...cutProblem(span, condition), fixes: [{ title: 'Quote the whole condition', safe: false, edits: [{ span, newText: `'${whole.replaceAll("'", "''")}'` }] }] });
      }
    }
  },
};
