// What there is to say of CrewAI's files: that what would be governed stands elsewhere.
import type { ForeignAgent } from '../format';
import type { FormatRule } from '../rule';
import { secretRule } from '../secret-rule';

export interface CrewSubject {
  readonly agents: readonly ForeignAgent[];
}

const example = (more: string): string => `writer:
  role: Writer
  goal: Write what the team found.
  backstory: You write short texts.${more}
`;

export const rules: readonly FormatRule<CrewSubject>[] = [{
  code: 'format/crewai/nothing-to-govern',
  severity: 'hint',
  title: 'Agents whose tools stand in the program',
  documentation: `CrewAI's YAML says who the agents are: role, goal, backstory. Their tools, their models and whether they may hand on work are given in the Python program, which is not read here. The agents are listed, without tools;
that is not to say that they have none.

**Evidence:** of 30 public files of this kind that were read, none names a tool or a model.

**Mend it:** nothing is wrong with the file. Write an Agent manifest that names the tools, with this file under \`definition\`: then policies, tests and reviews know what the agent may use.`,
  bad: { path: 'crew/config/agents.yaml', text: example('') },
  good: { path: 'crew/config/agents.yaml', text: example('\n  llm: openai/gpt-5-mini\n  tools: [search]') },
  check({ agents }, report) {
    const [first] = agents;
    if (first && agents.every(({ tools, models, delegatesToAny }) => tools.length === 0 && models.length === 0 && !delegatesToAny)) {
      report({ span: first.span, message: 'There is nothing to govern in this file: CrewAI keeps tools, models and delegation in the program. Write a manifest that names the tools, with this file under `definition`.' });
    }
  },
}];

export const secretInClear = secretRule('crewai', 'Take it from the environment in the program.',
  { path: 'crew/config/agents.yaml', text: example('\n  llm: openai/gpt-5-mini\n  api_key: 9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'crew/config/agents.yaml', text: example('\n  llm: openai/gpt-5-mini') });
