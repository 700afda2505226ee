// Work is handed to an agent that the file does not have.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import type { TeamSubject } from './index';

const example = (name: string): string => `agents:
  root:
    model: openai/gpt-5-mini
    description: Answers questions.
    instruction: Ask the researcher first.
    sub_agents: [${name}]
  researcher:
    model: openai/gpt-5-mini
    description: Finds sources.
    instruction: Find sources.
`;

export const unknownSubAgent: FormatRule<TeamSubject> = {
  code: 'format/docker-agent/unknown-agent',
  severity: 'error',
  title: 'Work handed to an agent that is not there',
  documentation: `\`sub_agents\` and \`handoffs\` name agents of the same file, or of a registry (a name with a \`/\`, read when the team starts). A plain name that the file does not have
makes the whole file fail to load (Docker agent documentation, configuration reference).

**Evidence:** the configuration reference of Docker's agent runtime: sub-agents are names of agents of the same file, or references to a registry.

**Mend it:** Correct the name, or add the agent under \`agents\`.`,
  bad: { path: 'team.yaml', text: example('reseacher') },
  good: { path: 'team.yaml', text: example('researcher') },
  check({ agents }, report) {
    const names = agents.map(({ agent }) => agent.id);
    for (const { agent } of agents) for (const { name, span } of agent.delegates) {
      // an agent of a registry, of another file, or of an address
      if (/[/:.]/.test(name) || names.includes(name)) continue;
      const near = nearest(name, names);
      report({
        span,
        message: `No agent \`${name}\` is in this file, so the team does not load${near ? `. Did you mean \`${near}\`?` : `; it has ${names.slice(0, 8).map((known) => `\`${known}\``).join(', ')}.`}`,
        ...(near ? { fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span, newText: near }] }] } : {}),
      });
    }
  },
};
