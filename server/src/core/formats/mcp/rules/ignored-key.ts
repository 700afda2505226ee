// `.vscode/mcp.json` with `mcpServers`: VS Code reads `servers` and ignores the rest.
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';

export const ignoredKey: FormatRule<McpSubject> = {
  code: 'format/mcp/ignored-key',
  severity: 'warning',
  title: 'VS Code ignores these servers',
  documentation: `\`.vscode/mcp.json\` holds its servers under \`servers\`. The key \`mcpServers\`, which most other tools use, is valid JSON there and is
ignored without a word: none of these servers starts, and whoever reviews the file believes that they do.

**Evidence:** Visual Studio Code's MCP configuration reference names \`servers\` and \`inputs\` as the two sections of the file.

**Mend it:** rename the key to \`servers\` (or move its entries there, where both keys stand in the file), or move the file to where the tool that reads \`mcpServers\` looks for it (\`.mcp.json\` for Claude Code).`,
  bad: { path: '.vscode/mcp.json', text: '{ "mcpServers": { "docs": { "type": "http", "url": "https://mcp.example.com/docs" } } }' },
  good: { path: '.vscode/mcp.json', text: '{ "servers": { "docs": { "type": "http", "url": "https://mcp.example.com/docs" } } }' },
  check({ ignoredKey: key, beside }, report) {
    if (!key) return;
    const span = spanOf(key);
    if (beside) report({ span, message: 'VS Code reads `servers` in this file and ignores `mcpServers` without a word: none of these servers starts. Move them under `servers`, or to the file of the tool that they are for.' });
    else report({
      span,
      message: 'VS Code reads `servers` in this file and ignores `mcpServers` without a word: none of these servers starts. Rename the key to `servers`.',
      fixes: [{ title: 'Rename the key to `servers`', safe: false, edits: [{ span, newText: '"servers"' }] }],
    });
  },
};
