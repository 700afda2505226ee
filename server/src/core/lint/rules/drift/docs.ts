// Documentation of the `drift/...` codes: a manifest says one thing, what really runs says another.
import { agent, catalog } from '../examples';
import type { CodeDoc } from '../../rule';

const manifest = (spec: string): string => agent(`definition: .github/agents/refund.agent.md\n${spec}`);
const file = (fields: string): string => `#- .github/agents/refund.agent.md\n---\ndescription: Resolves refund requests.\n${fields}\n---\nYou resolve refund requests.\n`;
const server = (url: string): string => `#- .vscode/mcp.json\n{ "servers": { "payments": { "type": "http", "url": "${url}" } } }\n`;
const PAYMENTS = catalog('servers:\n  payments: { url: "https://mcp.example.com/payments" }');

export const UNDECLARED_TOOL: CodeDoc = {
  code: 'drift/undeclared-tool',
  severity: 'error',
  title: 'An agent file that uses a tool which its manifest does not declare',
  doc: 'The manifest has a `tools` block, and the file that it governs (`definition`) grants more. What a manifest does not declare is denied, so policies were never reviewed for it; what really runs may use it all the same. A file without `tools` grants every tool.\n\nRemove the tool from the file, or declare it in the manifest and have that reviewed.',
  bad: manifest('tools: ["crm/search"]') + file('tools: [crm/search, crm/delete]'),
  good: manifest('tools: ["crm/*"]') + file('tools: [crm/search, crm/delete]'),
};
export const UNDECLARED_DELEGATE: CodeDoc = {
  code: 'drift/undeclared-delegate',
  severity: 'error',
  title: 'An agent file that hands work to an agent which its manifest does not declare',
  doc: 'The manifest has a `delegates` block, and the file that it governs (`definition`) names an agent that is not in it. Remove the agent from the file, or declare it in the manifest.',
  bad: manifest('tools: ["*"]\ndelegates: [fraud-check]') + file('tools: [agent]\nagents: [fraud-check, payout-runner]') + agent('', 'fraud-check') + agent('', 'payout-runner'),
  good: manifest('tools: ["*"]\ndelegates: [fraud-check, payout-runner]') + file('tools: [agent]\nagents: [fraud-check, payout-runner]') + agent('', 'fraud-check') + agent('', 'payout-runner'),
};
export const MODEL_DIFFERS: CodeDoc = {
  code: 'drift/model-differs',
  severity: 'error',
  title: 'An agent file that runs on another model than its manifest says',
  doc: 'The manifest names a model, and the file that it governs (`definition`) names another. Evaluations and approvals were given for the one in the manifest. Make them agree. Names are compared without vendor, spaces, dashes and dots, since each tool spells them its own way.',
  bad: manifest('model: anthropic/claude-sonnet-4-5') + file('model: GPT-5 (copilot)'),
  good: manifest('model: anthropic/claude-sonnet-4-5') + file('model: Claude Sonnet 4.5 (copilot)'),
};
export const SERVER_IDENTITY: CodeDoc = {
  code: 'drift/server-identity',
  severity: 'error',
  title: 'A tool server that is not what the Catalog says it is',
  doc: 'The Catalog says what a tool server of this name really is (`command`, `url` or `package`), and a configuration starts or calls something else under the same name. Policies speak of tools by their server\'s name, so whoever takes the name takes the permissions.\n\nCorrect the configuration, give the other server another name, or change the Catalog if the server has moved.',
  bad: PAYMENTS + server('https://mcp.example.net/payments'),
  good: PAYMENTS + server('https://mcp.example.com/payments'),
};
export const MISSING_DEFINITION: CodeDoc = {
  code: 'drift/missing-definition',
  severity: 'error',
  title: 'A manifest whose agent file does not exist',
  doc: 'The path under `definition` leads to no file of the workspace, so nothing shows that the manifest governs what really runs. Correct the path; it begins at the workspace folder.',
  bad: agent('definition: .github/agents/refnd.agent.md'),
  good: agent('definition: .github/agents/refund.agent.md') + file('tools: [read]'),
};
