// Cases as text: a condition, and below it one line of carets and a code for each problem, in order. `fixed:` is the text after the fix that each proposes.
import assert from 'node:assert/strict';
import { applyEdits, type Problem } from '../../../server/src/core/text';

/** The condition of a case: the first line, with `\n` standing for a line break in it. */
export const conditionOf = (text: string): string => (text.split('\n')[0] ?? '').replaceAll('\\n', '\n');

/** The case as it would be written for these problems. */
export function render(text: string, problems: readonly Problem[]): string {
  const lines = [text.split('\n')[0] ?? ''];
  for (const { span, code } of problems) lines.push(`${' '.repeat(span.start)}${'^'.repeat(Math.max(1, span.end - span.start))} ${code.replace('condition/', '')}`);
  const edits = problems.flatMap((problem) => problem.fixes?.find((fix) => !fix.choice)?.edits ?? []);
  if (edits.length > 0) lines.push(`fixed: ${applyEdits(conditionOf(text), edits)}`);
  return lines.join('\n');
}

export function expectMarked(text: string, problems: readonly Problem[]): void {
  assert.equal(render(text, problems), text.trim());
  for (const { message } of problems) {
    assert.ok(message.length > 10 && !message.includes('!\n') && !/\bundefined\b/.test(message), message);
    assert.ok(/[.?)]$/.test(message), `a sentence: ${message}`);
  }
}
