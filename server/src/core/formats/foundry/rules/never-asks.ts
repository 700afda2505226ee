// A tool server whose tools all run without a person's approval.
import { resolve, textOf, valueOf } from '../../../yaml';
import { at } from '../../agent';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { toolNodes } from '../agent-schema';
import type { FoundrySubject } from './index';

const example = (mode: string): string => `kind: prompt
name: docs-agent
description: Answers from the documentation.
model: { id: gpt-5-mini }
instructions: Answer from the documentation.
tools:
  - kind: mcp
    serverName: docs
    connection: { kind: remote, endpoint: "https://docs.example.com/mcp" }
    approvalMode: { kind: ${mode} }
`;

export const neverAsks: FormatRule<FoundrySubject> = {
  code: 'format/foundry/never-asks',
  severity: 'warning',
  title: 'All tools of a server without approval',
  documentation: `\`approvalMode: never\` lets every tool of the server run without asking, also those that the server gets later and those that change something (AgentSchema 1.0, MCP tool).

**Evidence:** AgentSchema 1.0 gives MCP tools an \`approvalMode\` of \`always\`, \`never\` or \`specify\`.

**Mend it:** Use \`always\`, or \`specify\` with \`neverRequireApprovalTools\` for the tools that only read. With \`allowedTools\` the finding does not appear: then the tools are known.`,
  bad: { path: 'docs-agent.yaml', text: example('never') },
  good: { path: 'docs-agent.yaml', text: example('always') },
  check({ agents, azure }, report) {
    if (azure) return;
    for (const { map, agent } of agents) for (const tool of toolNodes(valueOf(map, 'tools'))) {
      const mode = valueOf(tool, 'approvalMode');
      const word = resolve(mode)?.kind === 'map' ? at(mode, 'kind') : mode;
      if (!word || textOf(word) !== 'never' || valueOf(tool, 'allowedTools') !== null) continue;
      const server = textOf(valueOf(tool, 'serverName')) ?? textOf(valueOf(tool, 'name')) ?? 'the server';
      report({ span: spanOf(word), message: `Every tool of \`${server}\` runs for \`${agent.id}\` without asking anybody, also those that it gets later. Use \`always\`, or list the tools in \`allowedTools\`.` });
    }
  },
};
