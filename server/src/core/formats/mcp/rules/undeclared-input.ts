// `${input:id}` that nothing declares.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import type { McpSubject } from '../read-servers';
import { configValues, partSpan } from '../values';

export const undeclaredInput: FormatRule<McpSubject> = {
  code: 'format/mcp/undeclared-input',
  severity: 'warning',
  title: 'An input that the file does not declare',
  documentation: `\`\${input:id}\` asks the user for a value, and the file's \`inputs\` says how. Without an entry of that id nobody is asked: the
server starts with the text itself in place of the value, or not at all.
In a file with \`mcpServers\` there are no inputs; such a text was meant for \`.vscode/mcp.json\`.

**Evidence:** Visual Studio Code's MCP configuration reference ("Input variables for sensitive data").

**Mend it:** add \`{ "type": "promptString", "id": "...", "description": "...", "password": true }\` to \`inputs\`; outside VS Code use the tool's own
variables (\`\${NAME}\`).`,
  bad: { path: '.vscode/mcp.json', text: '{ "inputs": [], "servers": { "tickets": { "command": "tickets-server", "env": { "API_KEY": "${input:tickets-key}" } } } }' },
  good: {
    path: '.vscode/mcp.json',
    text: '{ "inputs": [{ "type": "promptString", "id": "tickets-key", "description": "API key", "password": true }], "servers": { "tickets": { "command": "tickets-server", "env": { "API_KEY": "${input:tickets-key}" } } } }',
  },
  check({ text, dialect, entries, inputs }, report) {
    for (const entry of entries) {
      for (const value of configValues(entry)) {
        for (const match of value.node.text.matchAll(/\$\{input:([^}\n]{1,200})\}/g)) {
          const id = match[1] ?? '';
          if (inputs.has(id)) continue;
          const near = nearest(id, inputs);
          const start = match.index + '${input:'.length;
          const span = partSpan(text, value, start, start + id.length);
          const hint = near ? `Did you mean \`${near}\`?` : dialect === 'vscode' ? 'Add it there.' : 'Only VS Code knows inputs; use the variables of the tool that reads this file.';
          report({
            span,
            message: `\`inputs\` declares no \`${id}\`, so nobody is asked for it and \`${entry.server.name}\` does not get the value. ${hint}`,
            ...(near ? { fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span, newText: near }] }] } : {}),
          });
        }
      }
    }
  },
};
