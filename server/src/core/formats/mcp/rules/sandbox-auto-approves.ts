// VS Code's sandbox for a server comes with the approval of all its tool calls.
import { resolve } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';

export const sandboxAutoApproves: FormatRule<McpSubject> = {
  code: 'format/mcp/sandbox-auto-approves',
  severity: 'information',
  title: 'The sandbox also approves every call',
  documentation: `\`sandboxEnabled\` limits which files and addresses a server of VS Code can reach. It also approves the calls of all its tools
without asking, which the name does not say: whatever the sandbox lets through
(a database, an API that changes things) happens without a person.

**Evidence:** Visual Studio Code's MCP configuration reference: "When sandboxing is enabled, tool confirmations are auto-approved". The sandbox exists
on macOS and Linux only.

**Mend it:** keep \`sandbox.network.allowedDomains\` and \`sandbox.filesystem.allowWrite\` so small that no call needs a person, or leave the sandbox
off where a person should see the calls.`,
  bad: { path: '.vscode/mcp.json', text: '{ "servers": { "orders": { "type": "stdio", "command": "orders-server", "sandboxEnabled": true } } }' },
  good: { path: '.vscode/mcp.json', text: '{ "servers": { "orders": { "type": "stdio", "command": "orders-server" } } }' },
  check({ dialect, entries }, report) {
    if (dialect !== 'vscode') return;
    for (const { server, config } of entries) {
      const pair = config.pairs.find(({ key }) => key.text === 'sandboxEnabled');
      const value = resolve(pair?.value);
      if (pair && value?.kind === 'scalar' && value.value === true) report({ span: spanOf(pair.key), message: `The sandbox of \`${server.name}\` also approves every call of its tools without asking. Check that what it lets through needs no person.` });
    }
  },
};
