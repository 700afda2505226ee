// A shell command that makes the headers of a request.
import { textOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';

export const headersHelper: FormatRule<McpSubject> = {
  code: 'format/mcp/headers-helper',
  severity: 'information',
  title: 'Connecting to the server runs a shell command',
  documentation: `\`headersHelper\` is a shell command that Claude Code runs whenever it connects to this remote server, to make the request's
headers. It looks like a remote server, which runs nothing here, and yet it
executes code on the machine of everybody who trusts the folder.

**Evidence:** Claude Code's MCP documentation (\`headersHelper\`).

**Mend it:** where a token is enough, use \`headers\` with \`\${VAR}\`, or \`oauth\`. Where the command is meant, review it like any other script, and
keep it in the repository.`,
  bad: { path: '.mcp.json', text: '{ "mcpServers": { "docs": { "type": "http", "url": "https://mcp.example.com/docs", "headersHelper": "./scripts/headers.sh" } } }' },
  good: { path: '.mcp.json', text: '{ "mcpServers": { "docs": { "type": "http", "url": "https://mcp.example.com/docs", "headers": { "Authorization": "Bearer ${DOCS_TOKEN}" } } } }' },
  check({ entries }, report) {
    for (const { server, config } of entries) {
      const pair = config.pairs.find(({ key }) => key.text === 'headersHelper');
      if (!pair || !textOf(pair.value)?.trim()) continue;
      report({
        span: spanOf(pair.key),
        message: `Connecting to \`${server.name}\` runs the shell command of \`headersHelper\` on the machine of everybody who trusts this folder. Review it like a script, or use \`headers\` with a variable.`,
      });
    }
  },
};
