// A plain condition that YAML cuts at ` #`: what stands behind it is a comment, though it was meant.
import { parseCondition } from '../../../conditions';
import type { ConditionPlace } from '../../../documents';
import type { Span } from '../../../text';
import type { Rule } from '../../rule';

/** What a comment hardly ever begins with. */
const SURELY = /^(?:&&|\|\||==|!=|<=|>=|[)\]}])/;
/** What prose may begin with too: cut only if both parts make a condition together. */
const PERHAPS = /^(?:[<>+\-*/%?:.]|in\b)/;

/** The span that YAML cut in two, condition and comment, or null where the comment is a comment. */
export function cutAt(text: string, condition: ConditionPlace): Span | null {
  const { node } = condition;
  if (node.style !== 'plain') return null;
  const lineEnd = text.indexOf('\n', node.end);
  const line = text.slice(node.end, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
  const comment = /^[ \t]+#/.exec(line);
  if (!comment) return null;
  const end = node.end + line.trimEnd().length;
  const behind = line.slice(comment[0].length).trim();
  const alone = parseCondition(node.text).problems.length === 0;
  const whole = parseCondition(text.slice(node.start, end)).problems.length === 0;
  const joined = PERHAPS.test(behind) && parseCondition(`${node.text} ${behind}`).problems.length === 0;
  return SURELY.test(behind) || joined || (!alone && whole) ? { start: node.start, end } : null;
}

export const cutCondition: Rule = {
  codes: [],
  check({ facts, text, report }) {
    for (const document of facts.documents) {
      for (const condition of document.conditions) {
        const span = cutAt(text, condition);
        if (!span) continue;
        const whole = text.slice(span.start, span.end);
        report({
          code: 'syntax/unquoted',
          span,
          message: `YAML takes everything from \`#\` on for a comment, so the condition is only \`${condition.node.text}\`. Quote it if the rest is meant; if it is a comment, put it on a line of its own.`,
          fixes: [{ title: 'Quote the whole condition', safe: false, edits: [{ span, newText: `'${whole.replaceAll("'", "''")}'` }] }],
        });
      }
    }
  },
};
