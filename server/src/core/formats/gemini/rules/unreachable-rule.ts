// A rule that another, of a higher priority and with another decision, leaves nothing to decide.
import type { Fix } from '../../../text';
import { coversAll } from '../../first-match';
import type { FormatRule } from '../../rule';
import type { ForeignRule } from '../../permissions';
import { rankedRules } from '../permissions';
import type { GeminiRule } from '../read-rules';
import type { PolicySubject } from './index';

const example = (priority: number): { path: string; text: string } => ({
  path: 'ci/gemini-policy.toml', text: `[[rule]]\nmcpName = "github"\ndecision = "allow"\npriority = 200\n\n[[rule]]\nmcpName = "github"\ntoolName = "delete_repo"\ndecision = "deny"\npriority = ${priority}\n`,
});

export const unreachableRule: FormatRule<PolicySubject> = {
  code: 'format/gemini/unreachable-rule',
  severity: 'warning',
  title: 'A rule that another leaves nothing to',
  documentation: `Of the rules that match a call the one with the highest \`priority\` decides, of equals the one that stands first. A rule never decides where another of the same file
is asked before it, decides otherwise, and matches all that it matches: a denial below a wider allowance denies nothing.

**Evidence:** the policy reference of Gemini CLI: the first match in the order of priorities decides.

**Mend it:** give it a higher priority than the wider rule, or remove it.`,
  bad: example(100),
  good: example(300),
  check({ path, rules, tier }, report) {
    // each with its place in the order; files come from anybody, so only so many are compared with one another
    const ranked = rules.slice(0, MAX_RULES).flatMap((rule) => rankedRules([rule], tier).map((one) => ({ ...one, of: rule })));
    const order = ranked.map((one, index) => ({ ...one, index })).sort((a, b) => b.rank - a.rank || a.index - b.index);
    order.forEach((one, at) => {
      const over = order.slice(0, at).find((other) => other.rule.effect !== one.rule.effect && leavesNothing(other, one));
      if (!over) return;
      const fix = raise(one.of, over.of);
      report({
        span: one.rule.span,
        message: `This rule never decides: \`${over.rule.written}\` has the priority ${over.of.priority?.value ?? 0}, is asked first and matches all that it matches. ${fix ? 'Give it a higher priority, or remove it.' : 'Lower the priority of that rule, or remove this one.'}`,
        related: [{ path, span: over.rule.span, message: 'The rule that is asked first.' }],
        ...(fix ? { fixes: [fix] } : {}),
      });
    });
  },
};

const MAX_RULES = 500;
const HIGHEST = 999;

interface Ranked {
  readonly rule: ForeignRule;
  readonly of: GeminiRule;
}

/** What a server says of its tools is one question only in name. */
const leavesNothing = (over: Ranked, one: Ranked): boolean =>
  !over.of.annotations && coversAll(over.rule, one.rule) && (over.of.modes === null || (one.of.modes ?? []).length > 0 && one.of.modes?.every((mode) => over.of.modes?.includes(mode)) === true) && (over.of.interactive === null || over.of.interactive === one.of.interactive);

function raise(rule: GeminiRule, over: GeminiRule): Fix | null {
  const priority = Math.floor(over.priority?.value ?? 0) + 1;
  if (!rule.priority || priority > HIGHEST) return null;
  return { title: `Raise its priority to ${priority}, above the rule that is asked first`, safe: false, edits: [{ span: rule.priority.span, newText: String(priority) }] };
}
