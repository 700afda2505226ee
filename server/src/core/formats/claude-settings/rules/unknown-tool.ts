// A denial for a tool that Claude Code does not have.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { isMcpName } from '../rule-text';
import { KNOWN } from '../tools';

export const unknownTool: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/unknown-tool',
  severity: 'warning',
  title: 'The rule names a tool that Claude Code does not have',
  documentation: `Names of tools are compared letter by letter. A \`deny\` or \`ask\` for a name that no tool has restricts nothing: \`bash\` is not \`Bash\`. Only names that are close to one
of a tool are reported; Claude Code gains tools, and a list is never complete.

**Evidence:** Claude Code warns about such names when it starts.

**Mend it:** write the name as the tools reference has it.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "deny": ["bash(rm *)"] } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "deny": ["Bash(rm *)"] } }' },
  check({ settings: { rules } }, report) {
    for (const { effect, span, parsed, written } of rules) {
      if (!parsed || KNOWN.has(parsed.tool) || isMcpName(parsed.tool) || /[*_]/.test(parsed.tool)) continue;
      const meant = [...KNOWN].find((known) => known.toLowerCase() === parsed.tool.toLowerCase()) ?? nearest(parsed.tool, KNOWN);
      if (meant === null) continue;
      const better = meant + written.trim().slice(parsed.tool.length);
      report({
        span,
        message: `Claude Code has no tool \`${parsed.tool}\`, so this ${effect === 'allow' ? 'allows' : effect === 'deny' ? 'denies' : 'asks about'} nothing. \`${meant}\` may be meant.`,
        fixes: [{ title: `Write \`${better}\``, safe: false, edits: [{ span, newText: JSON.stringify(better) }] }],
      });
    }
  },
};
