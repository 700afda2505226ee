// A denial that holds for one spelling of a command, beside a grant for all the others.
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { commandPattern } from '../command-pattern';
import { redacted } from '../secrets';
import type { ClaudeRule } from '../settings';

export const weakDenial: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/weak-denial',
  severity: 'warning',
  title: 'The denial holds for one spelling only',
  documentation: `\`Bash(rm -rf:*)\` is for commands that begin with \`rm -rf\`. \`rm -fr\`, \`rm -r -f\` and \`rm --recursive --force\` are other texts, and where \`Bash(rm:*)\` is allowed they
run without anybody being asked. A flag may also stand behind the operands: \`git push origin main --force\`.

**Evidence:** Claude Code's page on permissions: rules compare text, and patterns over arguments are fragile.

**Mend it:** deny the command as a whole (\`Bash(rm:*)\`) and do not allow it, ask about it, or check it in a \`PreToolUse\` hook.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "allow": ["Bash(git push:*)"], "deny": ["Bash(git push --force:*)"] } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "allow": ["Bash(git add:*)"], "deny": ["Bash(git push --force:*)"] } }' },
  check({ path, settings: { rules } }, report) {
    const wide = rules.flatMap((rule) => {
      const beginning = beginningOf(rule);
      return beginning ? [{ rule, beginning }] : [];
    });
    let left = MAX_CHECKED;
    for (const rule of rules) {
      const words = flagged(rule);
      if (!words || left-- <= 0) continue;
      const program = words.slice(0, words.findIndex((word) => word.startsWith('-')));
      if (program.length === 0) continue;
      const through = wide.find((other) => other.rule.effect === 'allow' && isFor(other.beginning, program))?.rule;
      // a wider denial or question beside it holds for the other spellings
      if (!through || wide.some((other) => other.rule !== rule && other.rule.effect !== 'allow' && isFor(other.beginning, program))) continue;
      report({
        span: rule.span,
        message: `This is for commands that begin exactly so. With its options in another order or behind the operands, \`${program.join(' ')}\` is allowed by \`${redacted(through.written).slice(0, 60)}\`. ${rule.effect === 'deny' ? 'Deny' : 'Ask about'} the command as a whole, or do not allow it.`,
        related: [{ path, span: through.span, message: 'The rule that lets the other spellings through.' }],
      });
    }
  },
};

/** Each is compared with every other rule, and files come from anybody. */
const MAX_CHECKED = 200;

/** The words of a restriction that hangs on an option. */
function flagged({ effect, parsed }: ClaudeRule): readonly string[] | null {
  if (effect === 'allow' || parsed?.tool !== 'Bash' || parsed.specifier === null) return null;
  const found = commandPattern(parsed.specifier);
  const words = found.prefix.split(/\s+/).filter((word) => word !== '');
  return words.some((word) => word.startsWith('-')) ? words : null;
}

/** The words with which every command of a rule begins that leaves the rest open: `Bash(rm:*)`. */
function beginningOf({ parsed }: ClaudeRule): readonly string[] | null {
  if (parsed?.tool !== 'Bash' || parsed.specifier === null) return null;
  const found = commandPattern(parsed.specifier);
  if (found.exact || found.everything || !found.key.endsWith('*')) return null;
  const words = found.prefix.split(/\s+/).filter((word) => word !== '');
  return words.length > 0 ? words : null;
}

/** Whether a rule that begins so is for every use of the program. */
const isFor = (beginning: readonly string[], program: readonly string[]): boolean => beginning.length <= program.length && beginning.every((word, index) => word === program[index]);
