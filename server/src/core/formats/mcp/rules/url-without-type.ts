// Claude Code takes a server without `type` for a local command; one with an address only is skipped.
import { textOf, valueOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';

export const urlWithoutType: FormatRule<McpSubject> = {
  code: 'format/mcp/url-without-type',
  severity: 'warning',
  title: 'A remote server without `type` is skipped',
  documentation: `In Claude Code's \`.mcp.json\` an entry without \`type\` means a local command (\`stdio\`). An entry that has a \`url\` and no
\`type\` is an error:
Claude Code skips the server, and the agents that count on its tools run without them.

**Evidence:** Claude Code's MCP documentation. Other tools (VS Code, Cursor) infer the type; only \`.mcp.json\` is checked.

**Mend it:** write \`"type": "http"\` (or \`"sse"\`, \`"ws"\`) beside the \`url\`.`,
  bad: { path: '.mcp.json', text: '{ "mcpServers": { "docs": { "url": "https://mcp.example.com/docs" } } }' },
  good: { path: '.mcp.json', text: '{ "mcpServers": { "docs": { "type": "http", "url": "https://mcp.example.com/docs" } } }' },
  check({ dialect, entries, text }, report) {
    if (dialect !== 'claude') return;
    for (const { server, config } of entries) {
      const url = valueOf(config, 'url');
      if (textOf(url) === null || valueOf(config, 'command') || valueOf(config, 'type') || !server.url) continue;
      const key = config.pairs.find((pair) => pair.key.text === 'url')?.key;
      if (!key) continue;
      const type = /\/sse\/?$/.test(server.url.value) ? 'sse' : 'http';
      const at = { start: key.start, end: key.start };
      const line = text.lastIndexOf('\n', key.start) + 1;
      const lead = text.slice(line, key.start);
      const separator = lead.trim() === '' && line > 0 ? `,${text[line - 2] === '\r' ? '\r\n' : '\n'}${lead}` : ', ';
      report({
        span: spanOf(key),
        message: `\`${server.name}\` has a \`url\` and no \`type\`, so Claude Code takes it for a local command and skips it. Add \`"type": "${type}"\`.`,
        fixes: [{ title: `Add \`"type": "${type}"\``, safe: false, edits: [{ span: at, newText: `"type": "${type}"${separator}` }] }],
      });
    }
  },
};
