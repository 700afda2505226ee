// Path rules for tools under which Claude Code does not look for them.
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { UNCONSULTED } from '../tools';

export const neverConsulted: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/never-consulted',
  severity: 'warning',
  title: 'Claude Code never looks at this path rule',
  documentation: `Claude Code compares paths with rules for \`Edit\` and \`Read\` alone; they are for every tool that changes or reads files. A path rule for \`Write\`, \`MultiEdit\`,
\`NotebookEdit\` or \`Glob\` is taken without a word and never looked at: as a \`deny\` it protects nothing.

**Evidence:** Claude Code's page on permissions; templates of a popular collection ship \`Write(**/*.js)\`.

**Mend it:** write \`Edit(...)\` (or \`Read(...)\` for \`Glob\`).`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "deny": ["Write(docs/**)"] } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "deny": ["Edit(docs/**)"] } }' },
  check({ settings: { rules } }, report) {
    const written = new Set(rules.map((rule) => `${rule.effect} ${rule.written.trim()}`));
    for (const { effect, span, parsed } of rules) {
      const instead = parsed && parsed.specifier !== null ? UNCONSULTED.get(parsed.tool) : undefined;
      if (!parsed || !instead) continue;
      const better = `${instead}(${parsed.specifier ?? ''})`;
      const there = written.has(`${effect} ${better}`);
      report({
        span,
        message: `Claude Code never looks at path rules for \`${parsed.tool}\`; ${there ? `\`${better}\` beside it is the one that counts. Remove this one.` : `this ${effect === 'allow' ? 'allows' : effect === 'deny' ? 'denies' : 'asks about'} nothing. Write \`${better}\`.`}`,
        ...(there ? {} : { fixes: [{ title: `Write \`${better}\``, safe: false, edits: [{ span, newText: JSON.stringify(better) }] }] }),
      });
    }
  },
};
