// Grants that are wider than they look.
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { reachOf } from '../reach';
import type { ClaudeRule } from '../settings';
import { restricting } from './interpreter-escape';

export const broadGrant: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/broad-grant',
  severity: 'information',
  title: 'The grant is wider than it looks',
  documentation: `One word with a wildcard behind it allows everything that the program can do: \`Bash(rm:*)\` deletes any file, \`Bash(python:*)\` runs any code, \`Bash(gh api:*)\` changes
whatever the account may change. \`Read(//**)\` is the whole disk.

**Evidence:** such grants stand in the settings of widely used repositories.

**Mend it:** name what is needed: \`Bash(python scripts/lint.py *)\`, \`Bash(gh api repos/acme/*)\`, \`Read(src/**)\`; leave the rest to be asked about.`,
  bad: { path: '.claude/settings.json', text: '{ "permissions": { "allow": ["Bash(rm:*)"] } }' },
  good: { path: '.claude/settings.json', text: '{ "permissions": { "allow": ["Bash(npm test:*)"] } }' },
  check({ settings: { rules } }, report) {
    const denials = restricting(rules);
    for (const rule of rules) {
      const reach = reachOf(rule);
      if (reach && !reach.beside && !(reach.interpreter && denials.length > 0)) report({ span: rule.span, message: `This allows more than it looks: it ${reach.does}, and nobody is asked. Name the commands that are needed.` });
      const path = wholeDisk(rule);
      if (path !== null) report({ span: rule.span, message: `This is ${path}, with every key and password in it. Name the folders that are needed.` });
    }
  },
};

function wholeDisk({ effect, parsed }: ClaudeRule): string | null {
  if (effect !== 'allow' || !parsed || parsed.specifier === null || (parsed.tool !== 'Read' && parsed.tool !== 'Edit')) return null;
  const text = parsed.specifier.trim();
  if (/^\/\/(?:[A-Za-z](?:\/+|$)|\/*)?(?:\*\*?\/?)*$/.test(text)) return 'the whole disk';
  if (/^(?:~|\/\/(?:home|Users)\/[^/*]+)\/?(?:\*\*?\/?)+$/.test(text) || /^\/\/(?:home|Users)\/?(?:\*\*?\/?)+$/.test(text)) return 'the whole home folder';
  return null;
}
