// Ways of proving who calls that do not hold.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import type { Card } from '../read-card';

const example = (name: string, flow: string): string => `{
  "name": "Invoice agent",
  "description": "Answers questions about invoices.",
  "version": "1.0.0",
  "supportedInterfaces": [{ "url": "https://agents.example.com/invoices", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }],
  "capabilities": {},
  "defaultInputModes": ["text/plain"],
  "defaultOutputModes": ["text/plain"],
  "securitySchemes": { "sso": { "oauth2SecurityScheme": { "flows": { "${flow}": { "tokenUrl": "https://sso.example.com/token", "scopes": {} } } } } },
  "securityRequirements": [{ "schemes": { "${name}": { "list": [] } } }],
  "skills": [{ "id": "find", "name": "Find an invoice", "description": "Finds one.", "tags": ["invoice"] }]
}
`;

export const unknownScheme: FormatRule<Card> = {
  code: 'format/a2a/unknown-scheme',
  severity: 'error',
  title: 'A way of proving who calls that is not declared',
  documentation: `A requirement names a scheme that \`securitySchemes\` does not have, so callers cannot tell how to prove who they are, and a server that looks schemes up here finds none to enforce.

**Evidence:** the A2A specification: the names of requirements are keys of \`securitySchemes\` (\`security\` in 0.3, \`securityRequirements\` in 1.0).

**Mend it:** correct the name, or declare the scheme.`,
  bad: { path: '.well-known/agent-card.json', text: example('sos', 'clientCredentials') },
  good: { path: '.well-known/agent-card.json', text: example('sso', 'clientCredentials') },
  check({ schemes, required }, report) {
    const names = schemes.map(({ name }) => name.value);
    for (const { value, span } of required ?? []) {
      if (names.includes(value)) continue;
      const near = nearest(value, names);
      report({
        span, message: `\`securitySchemes\` has no \`${value}\`, so callers cannot tell how to prove who they are${near ? `. Did you mean \`${near}\`?` : '; declare it, or remove the requirement.'}`,
        ...(near ? { fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span, newText: JSON.stringify(near) }] }] } : {}),
      });
    }
  },
};

export const oldFlow: FormatRule<Card> = {
  code: 'format/a2a/deprecated-flow',
  severity: 'warning',
  title: 'A flow of OAuth that gives tokens or passwords away',
  documentation: `The flows \`implicit\` and \`password\` hand tokens to the browser's address line, or the user's password to the caller. Version 1.0 of the protocol has deprecated both.

**Evidence:** the A2A specification (1.0, "Security schemes"), which follows OAuth 2.1.

**Mend it:** use \`authorizationCode\` with PKCE for people, \`clientCredentials\` for programs.`,
  bad: { path: '.well-known/agent-card.json', text: example('sso', 'implicit') },
  good: { path: '.well-known/agent-card.json', text: example('sso', 'authorizationCode') },
  check({ schemes }, report) {
    for (const { flows } of schemes) for (const { value, span } of flows) {
      if (value === 'implicit' || value === 'password') report({ span, message: `The flow \`${value}\` gives ${value === 'password' ? 'the user\'s password to the caller' : 'tokens away in addresses'}, and is deprecated. Use \`authorizationCode\` or \`clientCredentials\`.` });
    }
  },
};
