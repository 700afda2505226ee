// The findings of Foundry agents, one line each.
import type { MapNode } from '../../../yaml';
import type { FormatRule } from '../../rule';
import { secretRule, type SecretSubject } from '../../secret-rule';
import type { FoundryAgent } from '../azure';
import { deprecated } from './deprecated';
import { neverAsks } from './never-asks';
import { onlyFirstPolicy } from './only-first-policy';

export interface FoundrySubject extends SecretSubject {
  readonly map: MapNode;
  readonly agents: readonly FoundryAgent[];
  readonly azure: boolean;
  /** the file's own name */
  readonly file: string;
}

const example = (key: string): string => `name: shop
services:
  search: { host: azure.ai.connection, category: RemoteTool, target: "https://tools.example.com/mcp", authType: CustomKeys, credentials: { api_key: "${key}" } }
`;

export const rules: readonly FormatRule<FoundrySubject>[] = [
  deprecated,
  neverAsks,
  onlyFirstPolicy,
  secretRule('foundry', 'Write `${NAME}` and set the variable in the environment that deploys.', { path: 'azure.yaml', text: example('9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'azure.yaml', text: example('${TOOLS_KEY}') }),
];
