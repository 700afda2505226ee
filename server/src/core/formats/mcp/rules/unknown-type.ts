// A `type` that no tool knows: the server is skipped.
import { nearest } from '../../../text';
import { textOf, valueOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { isKnownType, type McpSubject } from '../read-servers';

export const unknownType: FormatRule<McpSubject> = {
  code: 'format/mcp/unknown-type',
  severity: 'warning',
  title: 'No tool knows this kind of server',
  documentation: `\`type\` says how a server is reached: \`stdio\` (a local command; \`local\` for Copilot), \`http\` (also \`streamable-http\`),
\`sse\`, \`ws\`.
A server of another type is skipped, so its tools are missing although the file lists them.

**Evidence:** the MCP configuration references of Visual Studio Code, GitHub Copilot and Claude Code. Every spelling that one of them takes is accepted.

**Mend it:** write one of the known types.`,
  bad: { path: '.mcp.json', text: '{ "mcpServers": { "docs": { "type": "htpp", "url": "https://mcp.example.com/docs" } } }' },
  good: { path: '.mcp.json', text: '{ "mcpServers": { "docs": { "type": "streamable-http", "url": "https://mcp.example.com/docs" } } }' },
  check({ entries }, report) {
    for (const { server, config } of entries) {
      const node = valueOf(config, 'type');
      const type = textOf(node);
      if (!node || type === null || type === '' || isKnownType(type)) continue;
      const near = nearest(type, ['stdio', 'http', 'sse', 'ws', 'streamable-http']);
      report({
        span: spanOf(node),
        message: `\`${type}\` is no kind of MCP server, so \`${server.name}\` is skipped. ${near ? `Did you mean \`${near}\`?` : 'Use `stdio`, `http`, `sse` or `ws`.'}`,
        ...(near ? { fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span: spanOf(node), newText: JSON.stringify(near) }] }] } : {}),
      });
    }
  },
};
