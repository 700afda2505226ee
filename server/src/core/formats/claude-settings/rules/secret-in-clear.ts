// Secrets in variables, in rules that were saved with a command, and in helpers.
import { resolve, scalarMap, valueOf, type ScalarNode } from '../../../yaml';
import { findSecret, type FoundSecret } from '../../mcp/secrets';
import type { FormatRule } from '../../rule';
import type { SettingsSubject } from '../index';
import { secretInRule } from '../secrets';

export const secretInClear: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/secret-in-clear',
  severity: 'warning',
  title: 'A secret stands in the settings',
  documentation: `A key, token or password stands in a variable under \`env\`, or in a rule that was saved together with the command that held it (\`Bash(PGPASSWORD=... psql:*)\`).
Everybody who can read the repository, now or from its history, can use it. The value is never shown; placeholders and references to variables are not reported.

**Evidence:** of 29 committed settings files read by hand two held a live token and one the password of a database inside a rule.

**Mend it:** revoke the secret (it stays in the history). Set the variable outside the repository, or name a command under \`apiKeyHelper\` that asks the system for it.`,
  bad: { path: '.claude/settings.json', text: '{ "env": { "ANTHROPIC_AUTH_TOKEN": "9f2c7b41d8e65a03c1f4b7e29d8a6053" } }' },
  good: { path: '.claude/settings.json', text: '{ "env": { "CLAUDE_CODE_MAX_OUTPUT_TOKENS": "8000" } }' },
  sensitive: true,
  check({ text, root }, report) {
    const tell = (node: ScalarNode, what: string, found: FoundSecret | null): void => {
      if (found) report({ span: scalarMap(text, node).span(found.start, found.end), message: `${what} holds ${found.what} in the clear. Whoever can read this file can use it. Revoke it, and set it outside the repository.` });
    };
    const env = valueOf(root, 'env');
    if (env?.kind === 'map') {
      for (const { key, value } of env.pairs) {
        const node = resolve(value);
        if (node?.kind === 'scalar' && node.text.length < MAX) tell(node, `The variable \`${key.text}\``, findSecret(key.text, node.text));
      }
    }
    const permissions = valueOf(root, 'permissions');
    for (const list of ['allow', 'ask', 'deny']) {
      const rules = valueOf(permissions, list);
      if (rules?.kind !== 'seq') continue;
      for (const item of rules.items) {
        const node = resolve(item);
        if (node?.kind === 'scalar' && node.text.length < MAX) tell(node, 'This rule', secretInRule(node.text));
      }
    }
    const helper = resolve(valueOf(root, 'apiKeyHelper'));
    if (helper?.kind === 'scalar' && helper.text.length < MAX) tell(helper, '`apiKeyHelper`', findSecret(null, helper.text));
  },
};

const MAX = 20_000;
