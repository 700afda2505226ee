// Patterns that read as if they matched something and match nothing.
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import type { ClaudeRule } from '../settings';

export const neverMatches: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/never-matches',
  severity: 'warning',
  title: 'The pattern matches something else than it says',
  documentation: `\`:*\` is a wildcard at the very end of a rule only. Elsewhere (\`Bash(git:* push)\`) the colon is text, and no command is written so. A single leading slash
(\`Read(/Users/me/x)\`) is not the root of the disk but the folder that the settings are for; \`//\` is the root.
Behind \`WebFetch(domain:\` stands a host, without \`https://\`, path or port.

**Evidence:** Claude Code's page on permissions, sections on wildcards and on paths.

**Mend it:** write a blank and \`*\` (\`Bash(git * push)\`), two slashes for a path from the root (\`Read(//Users/me/x)\`), or the host alone (\`WebFetch(domain:example.com)\`).`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "deny": ["Bash(git:* push)"] } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "deny": ["Bash(git push:*)"] } }' },
  check({ settings: { rules } }, report) {
    for (const rule of rules) {
      const message = wordsFor(rule);
      if (message !== null) report({ span: rule.span, message });
    }
  },
};

/** Folders that stand at the root of disks and not in repositories. */
const FROM_ROOT = /^\/(?:Users|home|root|etc|usr|var|opt|private|Volumes|mnt|tmp|c)\//;

function wordsFor({ parsed }: ClaudeRule): string | null {
  if (!parsed || parsed.specifier === null) return null;
  const text = parsed.specifier.trim();
  if (parsed.tool === 'Bash' && /^[\w./-]+:\*\s+\S/.test(text)) return '`:*` is a wildcard at the very end of a rule only; here the colon is text, so no command matches. Write a blank and `*`, or put it at the end.';
  if ((parsed.tool === 'Read' || parsed.tool === 'Edit') && FROM_ROOT.test(text)) return `One slash at the beginning stands for the folder that these settings are for, not for the root of the disk. Write \`${parsed.tool}(/${text})\` for the root.`;
  const domain = parsed.tool === 'WebFetch' ? /^domain\s*:([\s\S]*)$/.exec(text)?.[1]?.trim() : undefined;
  if (domain !== undefined && /[/\s]|:\d*$/.test(domain)) return 'What stands behind `domain:` is compared with the host alone, so an address or a port matches nothing. Write the host: `WebFetch(domain:example.com)`.';
  return null;
}
