// The findings of Open Agent Spec files, one line each.
import type { FormatRule } from '../../rule';
import { secretRule, type SecretSubject } from '../../secret-rule';

const example = (key: string): string => `component_type: Agent
agentspec_version: 25.4.1
name: invoice-agent
system_prompt: You answer questions about invoices.
llm_config: { component_type: OpenAiCompatibleConfig, name: model, url: "https://models.example.net", model_id: large, api_key: ${key} }
`;

export const rules: readonly FormatRule<SecretSubject>[] = [
  secretRule('oracle', 'Leave the field out of the file and give it when the configuration is loaded; the specification keeps sensitive fields out of its files for that.',
    { path: 'agents/invoice.yaml', text: example('9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'agents/invoice.yaml', text: example('{ $component_ref: key }') }),
];
