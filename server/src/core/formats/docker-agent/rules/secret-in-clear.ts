// A secret in a team file, outside what configures a server: the environment of a shell, a header of an API.
import { secretRule } from '../../secret-rule';

const example = (key: string): string => `agents:
  root:
    model: openai/gpt-5-mini
    description: Looks after tickets.
    instruction: Answer briefly.
    toolsets:
      - { type: shell, env: { TICKETS_API_KEY: ${key} } }
`;

export const secretInClear = secretRule('docker-agent', 'Write `${NAME}` and set the variable where the team is started.',
  { path: 'agents/desk.yaml', text: example('9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'agents/desk.yaml', text: example('"${TICKETS_API_KEY}"') });
