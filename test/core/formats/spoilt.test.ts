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
  ['agentcore/agentcore.json', '{ "name": "P", "runtimes": [{ "name": "r", "envVars": [{ "name": "API_KEY", "value": "9f2c7b41d8e65a03c1f4b7e29d8a6053" }] }], "agentCoreGateways": [{ "name": "g", "authorizerType": "NONE", "policyEngineConfiguration": { "policyEngineName": "e", "mode": "ENFORCE" } }], "policyEngines": [{ "name": "e", "policies": [{ "name": "p", "statement": "permit(principal, action == AgentCore::Action::\\"T__tool\\", resource);" }, { "name": "q", "statement": "forbid(principal,\\n action, resource) when { true };" }] }] }'],
  ['policies/a.cedar', 'permit(principal is AgentCore::OAuthUser, action in [AgentCore::Action::"T___a", AgentCore::Action::"T___b"], resource == AgentCore::Gateway::"arn") when { context.input.n < 3 };\n'],
  ['gw/config.yaml', 'binds:\n  - listeners:\n      - routes:\n          - backends: [ { mcp: { targets: [ { name: t, stdio: { cmd: npx, args: [x] } } ] } } ]\n            policies: { backendAuth: { key: $K }, mcpAuthorization: { rules: [ "mcp.tool.name == \'a\'", { deny: "jwt.sub == \'x\'" }, { require: "has(jwt.team)" } ] } }\n'],
  ['agt/p.yaml', 'apiVersion: governance.toolkit/v1\nname: p\nagents: [desk]\nextends: [base.yaml]\nrules:\n  - { name: a, condition: "tool.name == \'a or b\' && n > 3", action: deny, priority: 5 }\n  - { name: b, condition: "n in [1, 2]", action: require_approval, approvers: [x], limit: 5/hour }\n'],
  ['agt/go.yaml', 'apiVersion: governance.toolkit/v1\nname: g\nrules:\n  - { action: "git.*", effect: allow, conditions: { $or: [ { a: { $in: [1, x] } }, { $not: { b: { $gt: 3 } } } ] }, max_calls: 3 }\n'],
  ['azure.yaml', 'services:\n  desk: { host: azure.ai.agent, name: desk, uses: [box, other], $ref: ./desk.yaml, policies: [ { type: rai_policy, raiPolicyName: a }, { type: rai_policy, raiPolicyName: b } ] }\n  box: { host: azure.ai.toolbox, tools: [ { type: mcp, server_label: gh, server_url: "http://a.example.com" } ] }\n  other: { host: azure.ai.agent }\n'],
  ['acs/manifest.yaml', 'agent_control_specification_version: "0.3.1-beta"\nextends: [ base.yaml, { url: "https://a.example.com/b.yaml" } ]\npolicies: { p: { type: cedar, policy_set: "permit(principal, action, resource);" }, q: { type: rego } }\nintervention_points: { pre_tool_call: { policy_target: $.tool_call.args, tool_name_from: $.tool_call.name, policy: { id: p }, annotations: { a: { from: $target.x } } } }\napproval: { on_timeout: allow }\n'],
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
