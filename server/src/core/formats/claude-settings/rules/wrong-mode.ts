// A mode that Claude Code does not have.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { MODES } from '../tools';

/** What people write for a mode, beside near misses. */
const MEANT: ReadonlyMap<string, string> = new Map([['allowEdits', 'acceptEdits'], ['autoEdit', 'acceptEdits'], ['ask', 'default'], ['bypass', 'bypassPermissions'], ['yolo', 'bypassPermissions'], ['deny', 'dontAsk']]);

/** The edit that mends it, where it is clear what was meant. */
export const meantMode = (mode: string): string | null => MEANT.get(mode) ?? MODES.find((known) => known.toLowerCase() === mode.toLowerCase()) ?? nearest(mode, MODES);

export const wrongMode: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/wrong-mode',
  severity: 'warning',
  title: 'Claude Code has no such mode',
  documentation: `\`permissions.defaultMode\` says how a session begins: ${MODES.map((mode) => `\`${mode}\``).join(', ')}. Any other word is not one of them, so the mode that was
meant is not in force.

**Evidence:** Claude Code's schema of settings lists the modes; three templates of a popular collection ship \`allowEdits\`, which is none (\`acceptEdits\` is).

**Mend it:** write one of the modes.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "defaultMode": "allowEdits" } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "defaultMode": "acceptEdits" } }' },
  check({ settings: { mode } }, report) {
    if (!mode || MODES.includes(mode.value)) return;
    const meant = meantMode(mode.value);
    report({
      span: mode.span,
      message: `Claude Code has no mode \`${mode.value}\`, so it is not in force${meant ? `; \`${meant}\` may be meant` : ''}. It has ${MODES.map((known) => `\`${known}\``).join(', ')}.`,
      ...(meant ? { fixes: [{ title: `Write \`${meant}\``, safe: false, edits: [{ span: mode.span, newText: JSON.stringify(meant) }] }] } : {}),
    });
  },
};
