// Rules that another one, which is asked first, covers wholly.
import { pattern, patternsOverlap } from '../../../text';
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { commandPattern, type CommandPattern } from '../command-pattern';
import { redacted } from '../secrets';
import type { ClaudeRule } from '../settings';
import { ALIASES } from '../tools';

export const unreachableRule: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/unreachable-rule',
  severity: 'warning',
  title: 'A stricter rule covers all of this one',
  documentation: `Claude Code asks \`deny\` before \`ask\` before \`allow\`; how special a rule is does not matter. What a wider \`deny\` covers is denied, whatever an \`allow\` says of it; what
a wider \`ask\` covers is asked about. A denial has no exceptions.

**Evidence:** Claude Code's page on permissions: the first match in the order deny, ask, allow decides.

**Mend it:** remove the rule, or make the wider one narrower.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "allow": ["Bash(aws s3 ls)"], "deny": ["Bash(aws *)"] } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "allow": ["Bash(aws s3 ls)"], "deny": ["Bash(aws iam *)"] } }' },
  check({ path, settings: { rules } }, report) {
    const patterns = new Map<ClaudeRule, CommandPattern>();
    const patternOf = (rule: ClaudeRule): CommandPattern => {
      let known = patterns.get(rule);
      if (!known) patterns.set(rule, (known = commandPattern(rule.parsed?.specifier ?? null, rule.parsed?.tool === 'PowerShell')));
      return known;
    };
    // files come from anybody: of a list without end only so many are compared with the others
    const stricter = rules.filter((rule) => rule.effect !== 'allow').slice(0, Math.ceil(MAX_PAIRS / Math.max(1, rules.length)));
    for (const rule of rules) {
      if (rule.effect === 'deny') continue;
      const over = stricter.find((other) => isBefore(other, rule) && covers(other, rule, patternOf));
      if (!over) continue;
      report({
        span: rule.span,
        message: `This never applies: \`${shorten(over.written)}\` under \`${over.effect}\` covers all of it and is asked first. Remove this rule, or make that one narrower.`,
        related: [{ path, span: over.span, message: 'The rule that is asked first.' }],
      });
    }
  },
};

/** Comparisons of one rule with another. */
const MAX_PAIRS = 200_000;

function shorten(written: string): string {
  const text = redacted(written);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
const isBefore = (a: ClaudeRule, b: ClaudeRule): boolean => (a.effect === 'deny' && b.effect !== 'deny') || (a.effect === 'ask' && b.effect === 'allow');

/** Whether every call that `inner` is for is one that `outer` is for. */
function covers(outer: ClaudeRule, inner: ClaudeRule, patternOf: (rule: ClaudeRule) => CommandPattern): boolean {
  const [a, b] = [outer.parsed, inner.parsed];
  if (!a || !b) return false;
  const [tool, other] = [ALIASES.get(a.tool) ?? a.tool, ALIASES.get(b.tool) ?? b.tool];
  if (a.specifier === null) return tool === other || (tool.includes('*') && pattern(tool).matches(other)) || (tool.startsWith('mcp__') && other.startsWith(`${tool}__`));
  if (tool !== other || b.specifier === null) return false;
  if (tool !== 'Bash' && tool !== 'PowerShell') return a.specifier.trim() === b.specifier.trim() && tool !== 'Edit' && tool !== 'Read';
  const [wide, narrow] = [patternOf(outer), patternOf(inner)];
  if (wide.everything || wide.key === narrow.key) return true;
  if (narrow.everything) return false;
  // a command that holds several is judged part by part, so only a single one can be covered
  if (/[;&|\n]/.test(narrow.key)) return false;
  if (narrow.exact) return wide.matches(narrow.key);
  // `git push *` covers `git push origin *`: what stands before the wildcard begins with what the wider one begins with
  const simple = wide.key.endsWith(' *') && wide.key.indexOf('*') === wide.key.length - 1;
  return simple && patternsOverlap(wide.key, narrow.key) && (narrow.prefix === wide.prefix ? /\s/.test(narrow.key[narrow.prefix.length] ?? '') : narrow.prefix.startsWith(`${wide.prefix} `));
}
