// Calls to the agent travel in the clear.
import type { FormatRule } from '../../rule';
import type { Card } from '../read-card';
import { isNear } from './near';

const example = (scheme: string): string => `{
  "name": "Invoice agent",
  "description": "Answers questions about invoices.",
  "version": "1.0.0",
  "supportedInterfaces": [{ "url": "${scheme}://agents.example.com/invoices", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "capabilities": {},
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"],
  "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
  "skills": [{ "id": "find", "name": "Find an invoice", "description": "Finds one.", "tags": ["invoice"] }]
}
`;

export const plainHttp: FormatRule<Card> = {
  code: 'format/a2a/plain-http',
  severity: 'warning',
  title: 'An agent reached without encryption',
  documentation: `What callers send to the agent, credentials too, can be read and changed on the way. The protocol asks for HTTPS in production (A2A specification, "Transport security").

**Evidence:** the A2A specification (1.0, "Transport Security") asks for HTTPS wherever a card is used outside of one machine.

**Mend it:** Use \`https://\`. Addresses of the own machine are not reported.`,
  bad: { path: '.well-known/agent-card.json', text: example('http') },
  good: { path: '.well-known/agent-card.json', text: example('https') },
  check({ urls }, report) {
    for (const { value, span } of urls) if (/^http:\/\//i.test(value) && !isNear(value)) report({ span, message: `\`${value}\` is reached without encryption: what callers send, credentials too, can be read and changed on the way. Use \`https://\`.` });
  },
};
