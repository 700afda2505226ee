// Secrets in the variables and commands of hooks.
import { resolve, scalarMap, valueOf, type Node, type ScalarNode } from '../../../yaml';
import { findSecret } from '../../mcp/secrets';
import type { FormatRule } from '../../rule';
import type { HooksSubject } from '../index';

const MAX = 20_000;

export const secretInClear: FormatRule<HooksSubject> = {
  code: 'format/copilot-hooks/secret-in-clear',
  severity: 'warning',
  title: 'A secret stands in a hook',
  documentation: `A key, token or password stands in a variable or a command of a hook. Everybody who can read the repository, now or from its history, can use it. The value is never shown;
placeholders and references to variables are not reported.

**Evidence:** the same shapes as in other configuration; hooks have \`env\` for what a command needs.

**Mend it:** revoke the secret (it stays in the history), and take it from the environment.`,
  bad: { path: '.github/hooks/audit.json', text: '{ "version": 1, "hooks": { "sessionEnd": [{ "type": "command", "bash": "./audit.sh", "env": { "AUDIT_API_KEY": "9f2c7b41d8e65a03c1f4b7e29d8a6053" } }] } }' },
  good: { path: '.github/hooks/audit.json', text: '{ "version": 1, "hooks": { "sessionEnd": [{ "type": "command", "bash": "./audit.sh", "env": { "AUDIT_API_KEY": "${AUDIT_API_KEY}" } }] } }' },
  sensitive: true,
  check({ text, root }, report) {
    const tell = (name: string | null, node: Node): void => {
      const scalar = resolve(node);
      if (scalar?.kind !== 'scalar' || scalar.text.length > MAX) return;
      const found = findSecret(name, scalar.text);
      if (found) report({ span: scalarMap(text, scalar as ScalarNode).span(found.start, found.end), message: `${name === null ? 'The command' : `The variable \`${name}\``} holds ${found.what} in the clear. Whoever can read this file can use it. Revoke it, and take it from the environment.` });
    };
    const events = valueOf(root, 'hooks');
    if (events?.kind !== 'map') return;
    for (const { value } of events.pairs) {
      const list = resolve(value);
      for (const group of list?.kind === 'seq' ? list.items : []) {
        const inner = valueOf(group, 'hooks');
        for (const hook of inner?.kind === 'seq' ? inner.items : [group]) {
          const env = valueOf(hook, 'env');
          if (env?.kind === 'map') for (const pair of env.pairs) tell(pair.key.text, pair.value);
          for (const name of ['command', 'bash', 'powershell', 'windows', 'linux', 'osx']) {
            const command = valueOf(hook, name);
            if (command) tell(null, command);
          }
        }
      }
    }
  },
};
