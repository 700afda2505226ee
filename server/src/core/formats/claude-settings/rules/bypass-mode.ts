// A committed mode in which nobody is asked.
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';

export const bypassMode: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/bypass-mode',
  severity: 'warning',
  title: 'Sessions begin in a mode that asks nobody',
  documentation: `With \`"defaultMode": "bypassPermissions"\` everything runs that no \`deny\` and no \`ask\` names: commands, edits, requests to other hosts. In a file that is
committed it holds for everybody who opens the folder.

**Evidence:** Claude Code's page on permission modes says that the mode is for containers and virtual machines only; newer versions do not take it from a project's files, older ones do. Of 29 committed settings files
read by hand one had it, together with \`Bash(rm:*)\`.

**Mend it:** remove it, and allow by rules what should run without being asked about; in a container pass the mode on the command line. An administrator can forbid it: \`"disableBypassPermissionsMode": "disable"\`.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "defaultMode": "bypassPermissions" } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "defaultMode": "default" } }' },
  check({ settings: { mode } }, report) {
    if (mode?.value === 'bypassPermissions') report({ span: mode.span, message: 'In the mode `bypassPermissions` everything runs that no `deny` or `ask` names, and nobody is asked. Remove it, and allow what should run by rules.' });
  },
};
