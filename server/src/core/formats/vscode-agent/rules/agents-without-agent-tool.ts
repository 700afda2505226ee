// `agents` names subagents, but the tool that calls them is not among the tools.
import { patternList } from '../../../text';
import { pairOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { AgentSubject } from './index';

export const agentsWithoutAgentTool: FormatRule<AgentSubject> = {
  code: 'format/vscode-agent/agents-without-agent-tool',
  severity: 'warning',
  title: '`agents` without the tool `agent` allows nobody',
  documentation: `\`agents\` lists the subagents that an agent may call. It calls them with the tool \`agent\`; where \`tools\` does not hold that, it
calls nobody, and the list is ignored without a word. A review that the
list promises does not happen.

**Evidence:** Visual Studio Code's page on custom agents: "If you specify \`agents\`, ensure the \`agent\` tool is included in the \`tools\`
property." Agents whose \`tools\` hold a name that this file does not explain are not reported: it
may be a tool set with \`agent\` in it.

**Mend it:** add \`agent\` to \`tools\`, or remove \`agents\`.`,
  bad: { path: '.github/agents/lead.agent.md', text: "---\ndescription: Splits the work.\ntools: ['read', 'search']\nagents: ['reviewer']\n---\n" },
  good: { path: '.github/agents/lead.agent.md', text: "---\ndescription: Splits the work.\ntools: ['read', 'search', 'agent']\nagents: ['reviewer']\n---\n" },
  check({ agent, root, text }, report) {
    const pair = pairOf(root, 'agents');
    if (!pair) return;
    const any = /^\[?\s*["']?\*["']?\s*\]?$/.test(text.slice(pair.value.start, pair.value.end));
    const listed = any || agent.delegates.some((delegate) => delegate.via === 'subagent');
    if (!listed || agent.tools.some((tool) => tool.unresolved)) return;
    if (patternList(agent.tools.map((tool) => tool.pattern)).matches('vscode/agent/runSubagent')) return;
    report({
      span: spanOf(pair.key),
      message: '`agents` has no effect: the tool that calls subagents, `agent`, is not in `tools`. Add `agent` there, or remove `agents`.',
    });
  },
};
