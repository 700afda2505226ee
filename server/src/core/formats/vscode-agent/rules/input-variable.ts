// `${input:id}` in an agent file: nothing there can ask for it.
import type { FormatRule } from '../../rule';
import { configValues, partSpan } from '../../mcp/values';
import type { AgentSubject } from './index';

export const inputVariable: FormatRule<AgentSubject> = {
  code: 'format/vscode-agent/input-variable',
  severity: 'information',
  title: 'Nothing fills an input variable in an agent file',
  documentation: `\`\${input:id}\` belongs to \`.vscode/mcp.json\`, whose \`inputs\` say what to ask for. \`mcp-servers\` of an agent is read by
GitHub Copilot only, which documents secrets and variables of the repository
instead, and has nobody to ask.

**Evidence:** GitHub's custom agents configuration reference lists \`$NAME\`, \`\${NAME}\`, \`\${NAME:-default}\`, \`\${{ secrets.NAME }}\` and \`\${{
vars.NAME }}\`.

**Mend it:** name a secret of the repository: \`\${{ secrets.COPILOT_MCP_NAME }}\`.`,
  bad: {
    path: '.github/agents/docs.agent.md',
    text: "---\ndescription: Answers from the documentation.\nmcp-servers:\n  docs:\n    type: http\n    url: https://mcp.example.com/docs\n    headers: { Authorization: 'Bearer ${input:docs-token}' }\n---\n",
  },
  good: {
    path: '.github/agents/docs.agent.md',
    text: "---\ndescription: Answers from the documentation.\nmcp-servers:\n  docs:\n    type: http\n    url: https://mcp.example.com/docs\n    headers: { Authorization: 'Bearer ${{ secrets.COPILOT_MCP_DOCS }}' }\n---\n",
  },
  check({ servers, text }, report) {
    for (const entry of servers) {
      for (const value of configValues(entry)) {
        for (const match of value.node.text.matchAll(/\$\{input:[^}\n]{1,200}\}/g)) {
          const span = partSpan(text, value, match.index, match.index + match[0].length);
          report({
            span,
            message: `\`${match[0]}\` is filled by VS Code from \`.vscode/mcp.json\`, not in an agent's \`mcp-servers\`: \`${entry.server.name}\` gets the text itself. Name a repository secret (\`\${{ secrets.NAME }}\`).`,
          });
        }
      }
    }
  },
};
