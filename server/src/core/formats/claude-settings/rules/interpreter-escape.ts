// A denial beside a grant that runs whatever it is given.
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { reachOf } from '../reach';
import { redacted } from '../secrets';
import type { ClaudeRule } from '../settings';

/** The rules that forbid or ask about some commands, but not all. */
export const restricting = (rules: readonly ClaudeRule[]): readonly ClaudeRule[] => rules.filter(({ effect, parsed }) => effect !== 'allow' && parsed?.tool === 'Bash' && parsed.specifier !== null);

export const interpreterEscape: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/interpreter-escape',
  severity: 'warning',
  title: 'What is denied can be run through this grant',
  documentation: `A rule compares the text of a command. Where \`rm\` is denied and \`python:*\` is allowed, \`python -c "import shutil; ..."\` deletes all the same, and nobody is asked:
an interpreter, a package runner or a container runs whatever it is given.

**Evidence:** \`Bash(python:*)\` stands beside \`deny Bash(rm -rf:*)\` in public settings. Claude Code's page on permissions says that patterns over arguments are fragile.

**Mend it:** allow the scripts that are needed by name (\`Bash(python scripts/lint.py *)\`), or run commands in the sandbox.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "allow": ["Bash(python:*)"], "deny": ["Bash(rm -rf:*)"] } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "allow": ["Bash(python scripts/lint.py:*)"], "deny": ["Bash(rm -rf:*)"] } }' },
  check({ path, settings: { rules } }, report) {
    const denials = restricting(rules);
    const first = denials.find((rule) => rule.effect === 'deny') ?? denials[0];
    if (!first) return;
    for (const rule of rules) {
      const reach = reachOf(rule);
      if (!reach?.interpreter) continue;
      const whole = reach.program === 'Bash' || reach.program === '*';
      report({
        span: rule.span,
        message: `${whole ? 'This' : `\`${reach.program}\``} ${reach.does}, so what \`${redacted(first.written).slice(0, 60)}\` ${first.effect === 'deny' ? 'denies' : 'asks about'} can be done ${whole ? 'in another spelling' : 'through it'}. Name the commands that are needed.`,
        related: [{ path, span: first.span, message: 'The rule that does not hold against it.' }],
      });
    }
  },
};
