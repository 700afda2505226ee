// A secret in a project, as among the variables of a runtime.
import { secretRule } from '../../secret-rule';

const example = (name: string, value: string): string => `{ "name": "refunds", "version": 1,
  "runtimes": [ { "name": "desk", "envVars": [ { "name": "${name}", "value": "${value}" } ] } ] }
`;

export const secretInClear = secretRule('agentcore', 'Keep it as a credential of AgentCore Identity or in Secrets Manager, and let the runtime fetch it by its name.',
  { path: 'agentcore/agentcore.json', text: example('TICKETS_API_KEY', '9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'agentcore/agentcore.json', text: example('TICKETS_SECRET_NAME', 'prod/tickets') });
