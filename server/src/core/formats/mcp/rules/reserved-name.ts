// Names that Claude Code keeps for itself.
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';

const RESERVED: ReadonlySet<string> = new Set(['workspace', 'claude-in-chrome', 'computer-use', 'Claude Preview', 'Claude Browser']);

export const reservedName: FormatRule<McpSubject> = {
  code: 'format/mcp/reserved-name',
  severity: 'warning',
  title: 'Claude Code keeps this server name for itself',
  documentation: `Claude Code uses the server names ${[...RESERVED].map((name) => `\`${name}\``).join(', ')} itself. A server of that name in
\`.mcp.json\` is skipped when it loads.

**Evidence:** Claude Code's MCP documentation.

**Mend it:** give the server another name, also where permissions and agents speak of it (\`mcp__name__tool\`).`,
  bad: { path: '.mcp.json', text: '{ "mcpServers": { "workspace": { "command": "workspace-server" } } }' },
  good: { path: '.mcp.json', text: '{ "mcpServers": { "files": { "command": "workspace-server" } } }' },
  check({ dialect, entries }, report) {
    if (dialect !== 'claude') return;
    for (const { server } of entries) {
      if (RESERVED.has(server.name)) report({ span: server.span, message: `Claude Code keeps the name \`${server.name}\` for itself and skips this server. Give it another name.` });
    }
  },
};
