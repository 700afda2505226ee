// A condition that YAML cuts in two at ` #`: the rest becomes a comment, though it was meant.
import { parseCondition, tokensOf } from '../conditions';
import type { ConditionPlace } from '../documents';
import type { Problem, Span } from '../text';

/** What a comment hardly ever begins with. */
const SURELY = /^(?:&&|\|\||==|!=|<=|>=|[)\]}])/;
/** What prose may begin with too: cut only if both parts make a condition together. */
const PERHAPS = /^(?:[<>+\-*/%?:.]|in\b)/;

const ROOTS: ReadonlySet<string> = new Set(['agent', 'principal', 'action', 'resource', 'args', 'context', 'variables', 'manifest', 'catalog']);

/** The span that YAML cut in two, condition and comment, or null where the comment is a comment. */
export function cutAt(text: string, condition: ConditionPlace): Span | null {
  const { node } = condition;
  if (node.style !== 'plain') return null;
  let next = node.end;
  while (text[next] === ' ' || text[next] === '\t') next++;
  if (text[next] !== '#' || next === node.end) return null;
  const lineEnd = text.indexOf('\n', node.end);
  const line = text.slice(node.end, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
  const comment = /^[ \t]+#/.exec(line);
  if (!comment) return null;
  const end = node.end + line.trimEnd().length;
  const behind = line.slice(comment[0].length).trim();
  const alone = parseCondition(node.text).problems.length === 0;
  const whole = parseCondition(text.slice(node.start, end)).problems.length === 0;
  const joined = PERHAPS.test(behind) && isCondition(behind) && parseCondition(`${node.text} ${behind}`).problems.length === 0;
  return SURELY.test(behind) || joined || (!alone && whole) ? { start: node.start, end } : null;
}

/** Whether all names are such as conditions know: `in euros` and `- agreed` are prose. */
function isCondition(text: string): boolean {
  return tokensOf(text).every((token, i, all) => token.kind !== 'name' || all[i - 1]?.text === '.' || all[i + 1]?.text === '(' || ROOTS.has(token.text));
}

/** The problem of a condition that is cut. */
export function cutProblem(span: Span, condition: ConditionPlace): Problem {
  return {
    code: 'syntax/unquoted',
    span,
    message: `YAML takes everything from \`#\` on for a comment, so the condition is only \`${condition.node.text}\`. Quote it if the rest is meant; if it is a comment, put it on a line of its own.`,
  };
}
