// Settings that this file cannot make, or that stand where nobody looks.
import { pairOf, resolve, textOf, valueOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';

/** Only an administrator's file is asked for these. */
const MANAGED_ONLY: readonly string[] = ['allowManagedPermissionRulesOnly', 'allowManagedHooksOnly', 'allowManagedMcpServersOnly', 'strictKnownMarketplaces'];
/** Keys of old versions and of other files, and what counts in their place. */
const MISPLACED: ReadonlyMap<string, string> = new Map([
  ['allowedTools', '`permissions.allow`'], ['disallowedTools', '`permissions.deny`'], ['allow', '`permissions.allow`'], ['deny', '`permissions.deny`'], ['ask', '`permissions.ask`'], ['defaultMode', '`permissions.defaultMode`'],
  ['additionalDirectories', '`permissions.additionalDirectories`'], ['ignorePatterns', '`permissions.deny` with `Read(...)`'], ['mcpServers', '`.mcp.json`'],
]);

export const ignoredSetting: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/ignored-setting',
  severity: 'warning',
  title: 'Claude Code does not take this setting from this file',
  documentation: `Some settings count only in some files, and some keys stand where Claude Code does not look, so that a rule that reads as if it protected something protects nothing:
\`defaultMode: "auto"\` is not taken from a project's files; \`allowManagedPermissionRulesOnly\` and its like are taken from managed settings alone; lists of rules stand under \`permissions\`; servers stand in
\`.mcp.json\`.

**Evidence:** Claude Code's pages on settings and on permission modes.

**Mend it:** move it to where it counts, or remove it.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "defaultMode": "auto" } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "defaultMode": "plan" } }' },
  check({ root, settings }, report) {
    if (settings.mode?.value === 'auto' && settings.scope !== 'managed') {
      report({ span: settings.mode.span, message: 'Claude Code does not take the mode `auto` from a project: sessions begin in the mode of whoever runs them. Remove it here; it counts in a person\'s own settings and in managed ones.' });
    }
    for (const name of MANAGED_ONLY) {
      const pair = settings.scope === 'managed' ? null : pairOf(root, name);
      if (pair && textOf(pair.value) !== 'false') report({ span: spanOf(pair.key), message: `Claude Code takes \`${name}\` from managed settings alone; here it does nothing. Put it into \`managed-settings.json\`, or remove it.` });
    }
    for (const [name, instead] of MISPLACED) {
      const pair = pairOf(root, name);
      const filled = resolve(pair?.value);
      if (pair && filled && (filled.kind !== 'seq' || filled.items.length > 0)) report({ span: spanOf(pair.key), message: `Claude Code does not look at \`${name}\` here, so it does nothing. ${instead} is what counts.` });
    }
    const only = valueOf(root, 'permissions');
    if (only && only.kind !== 'map' && settings.span) report({ span: settings.span, message: '`permissions` holds lists of rules under `allow`, `ask` and `deny`; this is something else, so no rule counts.' });
  },
};
