// Servers of an agent that is for VS Code only, which does not read them.
import { pairOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { AgentSubject } from './index';

export const serversIgnored: FormatRule<AgentSubject> = {
  code: 'format/vscode-agent/servers-ignored',
  severity: 'warning',
  title: 'VS Code ignores `mcp-servers`',
  documentation: `\`mcp-servers\` configures servers for agents that run in GitHub Copilot. VS Code does not read it: in an agent with \`target:
vscode\` none of these servers exists, whatever \`tools\` says.

**Evidence:** Visual Studio Code's page on custom agents (\`mcp-servers\`: for target \`github-copilot\`).

**Mend it:** configure the servers in \`.vscode/mcp.json\`, or change \`target\`.`,
  bad: {
    path: '.github/agents/docs.agent.md',
    text: '---\ndescription: Answers from the documentation.\ntarget: vscode\nmcp-servers:\n  docs:\n    type: http\n    url: https://mcp.example.com/docs\n---\n',
  },
  good: {
    path: '.github/agents/docs.agent.md',
    text: '---\ndescription: Answers from the documentation.\ntarget: github-copilot\nmcp-servers:\n  docs:\n    type: http\n    url: https://mcp.example.com/docs\n---\n',
  },
  check({ agent, root, servers }, report) {
    const pair = pairOf(root, 'mcp-servers');
    if (!pair || servers.length === 0 || agent.environment?.value !== 'vscode') return;
    report({
      span: spanOf(pair.key),
      message: 'VS Code does not read `mcp-servers`, and this agent runs there only (`target: vscode`): these servers do not exist for it. Configure them in `.vscode/mcp.json`, or change `target`.',
      related: [{ message: 'The target of this agent', span: agent.environment.span }],
    });
  },
};
