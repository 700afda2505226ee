// Broken input of the formats that have no corpus of their own: nothing throws, alone or joined, every place lies inside the text, and questions are answered.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readForeign, type OtherFiles } from '../../../server/src/core/formats';

const SAMPLES: readonly (readonly [path: string, text: string])[] = [
  ['managed/requirements.toml', 'allowed_approval_policies = ["untrusted"]\n[mcp_servers.docs]\nidentity = { command = "docs" }\n[rules]\nprefix_rules = [{ pattern = [{ token = "git" }, { any_of = ["push", "fetch"] }], decision = "forbidden" }]\n'],
  ['.codex/config.toml', 'approval_policy = "never"\nmodel = "gpt-5"\n[agents.a]\ndescription = "A."\nconfig_file = "a.toml"\n[mcp_servers.docs]\ncommand = "docs"\nenabled_tools = ["a"]\n[mcp_servers.docs.tools.a]\napproval_mode = "approve"\n[[hooks.PreToolUse]]\nmatcher = "Bash"\n[[hooks.PreToolUse.hooks]]\ntype = "command"\ncommand = "./x.sh"\n'],
  ['.codex/agents/a.toml', 'name = "a"\ndescription = "A."\ndeveloper_instructions = "Do."\nmodel = "gpt-5"\n'],
  ['.codex/rules/a.rules', 'prefix_rule(pattern = ["git", ["push", "pull"]], decision = "prompt", match = ["git push"], not_match = [["git", "log"]])\n'],
  ['ext/gemini-extension.json', '{ "name": "x", "version": "1", "excludeTools": ["run_shell_command(rm)"], "mcpServers": { "docs": { "command": "docs", "includeTools": ["a"] } } }'],
  ['ext/policies/p.toml', '[[rule]]\ntoolName = ["run_shell_command", "mcp_docs_*"]\ncommandRegex = \'git (log|diff)\'\ndecision = "ask_user"\npriority = 10\nmodes = ["default"]\n'],
  ['.gemini/settings.json', '{ "general": { "defaultApprovalMode": "plan" }, "tools": { "core": ["glob"], "allowed": ["run_shell_command(git)"] }, "mcp": { "allowed": ["docs"] }, "hooks": { "BeforeTool": [{ "matcher": "(", "hooks": [{ "command": "x" }] }] } }'],
  ['.github/workflows/a.md', '---\non:\n  issues: { types: [opened] }\nimports: [shared/x.md, { path: "../y.md" }]\ntools: { bash: ["git:*"], github: { read-only: false }, web-fetch: }\nnetwork: { allowed: ["*.acme.com"] }\nsafe-outputs: { create-pull-request: {} }\nmcp-servers: { docs: { command: docs, allowed: [a] } }\n---\n'],
  ['desk/root_agent.yaml', 'name: desk\ninstruction: Do.\nsub_agents: [ { config_path: ../a/b.yaml }, { code: x.y } ]\ntools: [ { name: McpToolset, args: { stdio_server_params: { command: npx, args: ["-y", "docs@1"] }, tool_filter: [a] } } ]\n'],
  ['k8s/a.yaml', 'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: { name: ops, namespace: prod }\nspec: { declarative: { modelConfig: x/fast, tools: [ { type: McpServer, mcpServer: { name: kube, toolNames: [get], requireApproval: [get] } } ] } }\n---\napiVersion: kagent.dev/v1alpha2\nkind: ModelConfig\nmetadata: { name: fast }\nspec: { provider: OpenAI, model: m }\n'],
  ['team.yaml', 'agents:\n  root: { model: openai/x, instruction: Do., safety: strict, toolsets: [ { type: shell }, { type: mcp, remote: { url: "https://a.example.com" } } ], hooks: { pre_tool_use: [ { matcher: "shell", hooks: [ { command: ./x } ] } ] } }\npermissions: { allow: ["shell:cmd=[a-"], deny: ["x:*"] }\nruntime: { safety: balanced }\n'],
  ['spec.json', '{"component_type":"Swarm","agentspec_version":"25.4.1","name":"s","first_agent":{"$component_ref":"a"},"relationships":[[{"$component_ref":"a"},{"$component_ref":"a"}]],"$referenced_components":{"a":{"component_type":"Agent","name":"front","toolboxes":[{"component_type":"MCPToolBox","name":"b","client_transport":{"component_type":"StdioTransport","name":"t","command":"npx","args":["x"]}}]}}}'],
  ['.well-known/agent-card.json', '{ "name": "I", "version": "1", "capabilities": {}, "url": "http://a.example.com", "securitySchemes": { "s": { "flows": { "password": {} } } }, "security": [{ "t": [] }], "skills": [{ "id": "f", "securityRequirements": [{ "schemes": { "u": {} } }] }] }'],
  ['crew/config/agents.yaml', 'writer: { role: W, goal: G, tools: [a], llm: x/y, allow_delegation: true }\n'],
];

/** Files that refer to one another without end, and to themselves. */
const others: OtherFiles = { file: (path) => readForeign(path, SAMPLES.find(([sample]) => sample === path)?.[1] ?? ''), text: (path) => SAMPLES.find(([sample]) => path.endsWith(sample.slice(-6)))?.[1] ?? null, exists: () => false, ofFormat: (format) => SAMPLES.flatMap(([path, text]) => (readForeign(path, text)?.format === format ? [path] : [])), cedar: null };

function check(path: string, text: string): void {
  const file = readForeign(path, text);
  if (!file) return;
  const joined = file.joined?.(others);
  const visit = (value: unknown, depth: number): void => {
    if (depth > 12 || typeof value !== 'object' || value === null) return;
    if ('start' in value && 'end' in value) assert.ok(0 <= Number(value.start) && Number(value.start) <= Number(value.end) && Number(value.end) <= text.length, `${path}: ${String(value.start)}..${String(value.end)} of ${text.length}`);
    for (const inner of value instanceof Map ? value.values() : Object.values(value)) visit(inner, depth + 1);
  };
  visit([file.agents, file.servers, file.problems, file.permissions, joined], 0);
  for (const { rules, default: { otherwise } } of [...(file.permissions ?? []), ...(joined?.permissions ?? [])]) for (const { where } of [...rules, ...otherwise]) for (const command of ['git log', 'a && $(b', '', "sh -c 'git push'"]) {
    assert.ok([true, false, 'error', 'unknown'].includes(where?.test({ command, url: command }, 'tool:gemini/run_shell_command') ?? true));
  }
}

describe('broken files of other tools', () => {
  for (const [path, text] of SAMPLES) it(path, () => {
    check(path, text);
    fc.assert(fc.property(fc.nat(text.length), fc.nat(6), fc.string({ unit: 'binary', maxLength: 6 }), fc.boolean(), (at, length, noise, cut) => check(path, cut ? text.slice(0, at) : text.slice(0, at) + noise + text.slice(at + length))), { numRuns: 60 });
  });
});

describe('Open Agent Spec', () => {
  it('follows references to transports, and a swarm\'s pairs', () => {
    const text = '{"component_type":"Swarm","agentspec_version":"25.4.1","name":"swarm","first_agent":{"$component_ref":"a"},"relationships":[[{"$component_ref":"a"},{"$component_ref":"b"}]],"$referenced_components":{"a":{"component_type":"Agent","name":"front","llm_config":{"$component_ref":"m"},"tools":[{"$component_ref":"t"}],"toolboxes":[{"$component_ref":"x"}]},"b":{"component_type":"Agent","name":"back"},"m":{"component_type":"OpenAiConfig","name":"m","model_id":"gpt-5"},"t":{"component_type":"ServerTool","name":"refund","requires_confirmation":true},"x":{"component_type":"MCPToolBox","name":"box","client_transport":{"$component_ref":"r"},"tool_filter":["find"]},"r":{"component_type":"StreamableHTTPTransport","name":"crm","url":"https://crm.example.com/mcp"}}}';
    const file = readForeign('spec.json', text);
    assert.deepEqual(file?.agents.map(({ id, tools, delegates, models }) => [id, tools.map(({ pattern }) => pattern), delegates.map(({ name }) => name), models.map(({ value }) => value)]), [['swarm', [], ['front'], []], ['front', ['oracle/refund', 'crm/find'], ['back'], ['gpt-5']], ['back', [], [], []]]);
    assert.deepEqual(file?.servers.map(({ name, url }) => [name, url?.value]), [['crm', 'https://crm.example.com/mcp']]);
    assert.deepEqual(file?.permissions?.[0]?.rules.map(({ written }) => written), ['requires_confirmation oracle/refund']);
  });
});
