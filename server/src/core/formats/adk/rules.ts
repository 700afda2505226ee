// The findings of the kit's files.
import type { Spanned } from '../format';
import type { FormatRule } from '../rule';
import { secretRule, type SecretSubject } from '../secret-rule';

const example = (key: string): string => `agent_class: LlmAgent
name: search_agent
model: gemini-2.5-flash
instruction: Answer from the web.
tools: [ { name: tickets.search, args: [ { name: api_key, value: "${key}" } ] } ]
`;

export const rules: readonly FormatRule<SecretSubject>[] = [
  secretRule('adk', 'Take it from the environment in the code of the tool.', { path: 'search/root_agent.yaml', text: example('9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'search/root_agent.yaml', text: example('${TICKETS_KEY}') }),
];

export interface WholeSubject {
  readonly missing: readonly (Spanned<string> | null)[];
}

const team = (file: string): string => `name: desk
model: gemini-2.5-flash
instruction: Hand the work on.
sub_agents: [ { config_path: ./${file}.yaml } ]
#- desk/writer.yaml
agent_class: LlmAgent
name: writer
instruction: Write.
`;

export const wholeRules: readonly FormatRule<WholeSubject>[] = [{
  code: 'format/adk/missing-config',
  severity: 'error',
  title: 'A sub-agent whose file is not there',
  documentation: `\`config_path\` names the file that defines a sub-agent, from the folder of this file. Where it is not there the agent does not load.

**Evidence:** the documentation of the kit's agent configuration: paths are relative to the file that names them.

**Mend it:** correct the path, or add the file.`,
  bad: { path: 'desk/root_agent.yaml', text: team('writter') },
  good: { path: 'desk/root_agent.yaml', text: team('writer') },
  check({ missing }, report) {
    for (const file of missing) if (file) report({ span: file.span, message: `There is no file \`${file.value}\` beside this one, so the agent does not load. Correct the path, or add the file.` });
  },
}];
