// Anybody may call the agent, as far as its card says.
import type { FormatRule } from '../../rule';
import type { Card } from '../read-card';
import { isNear } from './near';

const example = (more: string): string => `{
  "name": "Invoice agent",
  "description": "Answers questions about invoices.",
  "version": "1.0.0",
  "url": "https://agents.example.com/invoices",
  "capabilities": {},
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"],${more}
  "skills": [{ "id": "find", "name": "Find an invoice", "description": "Finds one.", "tags": ["invoice"] }]
}
`;

export const noSecurity: FormatRule<Card> = {
  code: 'format/a2a/no-security',
  severity: 'warning',
  title: 'A public agent that asks nobody who they are',
  documentation: `The card names an address that others can reach and no \`securitySchemes\`: as far as the card says, anybody may call the agent (A2A specification, "Authentication and authorization").
If a gateway in front of it asks, callers cannot know how to answer.

**Evidence:** the A2A specification (1.0, "Authentication and Authorization") leaves it to the card to name the schemes; of 16 public cards read, one did.

**Mend it:** Declare the schemes that the server enforces, and the requirements that name them.`,
  bad: { path: '.well-known/agent-card.json', text: example('') },
  good: { path: '.well-known/agent-card.json', text: example('\n  "securitySchemes": { "sso": { "type": "openIdConnect", "openIdConnectUrl": "https://sso.example.com/.well-known/openid-configuration" } },\n  "security": [{ "sso": [] }],') },
  check({ agent, urls, secured }, report) {
    const open = urls.find(({ value }) => /^https?:\/\//i.test(value) && !isNear(value));
    if (!secured && open) report({ span: agent.span, message: `\`${agent.id}\` answers at \`${open.value}\` and its card names no way to prove who calls. Declare \`securitySchemes\` and what they are required for.`, related: [{ span: open.span, message: 'the address' }] });
  },
};
