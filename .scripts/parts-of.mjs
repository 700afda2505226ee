// Which files of the server are loaded only when something of theirs is asked for, and with which others: the part of a file under server/src, or of a package; null for what is always there.
const PARTS = [
  ['re2', /^re2js$/],
  ['yaml', /^core\/yaml\/compose\.ts$/],
  ['json', /^core\/yaml\/parse-json\.ts$/],
  ['toml', /^core\/formats\/toml\.ts$/],
  ['analysis', /^core\/(analysis\/|lint\/(analysis-fixes|bound-fixes)\.ts)/],
  ['schemas', /^core\/documents\/generated\/schemas\.ts$/],
  ['standards', /^core\/lint\/(generated\/|rules\/standard\/docs\.ts)/],
  ['snippets', /^core\/snippets\/(?!index|hoisted|libraries)/],
  ['claude', /^core\/formats\/claude-(settings|agent)\/(?!index|recognise)/],
  ['vscode', /^core\/formats\/(vscode-agent|copilot-hooks)\/(?!index|recognise)/],
  ['mcp', /^core\/formats\/mcp\/(?!index|recognise)/],
  ['codex', /^core\/formats\/codex\/(?!index|recognise)/],
  ['gemini', /^core\/formats\/gemini\/(?!index|recognise)/],
  ['cedar', /^core\/formats\/(cedar|agentcore|acs)\/(?!index|recognise)/],
  ['shell', /^core\/formats\/shell\//],
  ['formats', /^core\/formats\/(a2a|adk|agentgateway|agt|crewai|docker-agent|foundry|gh-aw|kagent|oracle)\/(?!index|recognise)/],
  ['views', /^ide\/(simulate|matrix|review)\//],
  ['language', /^ide\/(?!(simulate|matrix|review|agents)\b|index\.ts|types\.ts)/],
];

export const partOf = (file) => PARTS.find(([, pattern]) => pattern.test(file))?.[0] ?? null;
