// The formats beside MCP, Claude and VS Code: what is recognised, which agents and servers a file tells of, and what its permissions decide.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formats, readForeign, recogniseFile } from '../../../server/src/core/formats';
import { readToml } from '../../../server/src/core/formats/toml';
import { evaluate } from '../../../server/src/core/formats/agentgateway/expression';
import { pythonHolds } from '../../../server/src/core/formats/agt/python-condition';
import { parseRequest } from '../../../server/src/core/model';
import { ENGINE } from '../../../server/src/core/policy';
import { createLinter } from '../../../server/src/core/lint';
import { lintAll, NOW, workspaceOf } from '../../harness/workspace';

const CARD = '{ "name": "Invoices", "description": "Finds invoices.", "version": "1.0.0", "url": "https://a.example.net/x", "capabilities": {}, "provider": { "organization": "Acme" }, "skills": [{ "id": "find", "name": "Find" }] }';
const TEAM = 'agents:\n  root:\n    model: fast\n    description: Leads.\n    instruction: Lead.\n    toolsets: [ { type: shell }, { type: mcp, ref: "docker:github", tools: [search] } ]\n    sub_agents: [helper]\n  helper: { model: openai/gpt-5-mini, instruction: Help. }\nmodels: { fast: { provider: anthropic, model: claude-haiku-4-5 } }\nmetadata: { author: jo }\n';
const KAGENT = 'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: { name: ops, namespace: prod }\nspec:\n  description: Looks after the cluster.\n  declarative:\n    tools:\n      - { type: McpServer, mcpServer: { name: kube, toolNames: [get, list] } }\n      - { type: Agent, agent: { name: helper } }\n';
const WORKFLOW = '---\non: { schedule: daily }\nintent: Sorts issues.\nengine: { id: copilot, model: openai/gpt-5 }\ntools: { github: { allowed: [list_issues] }, edit: }\nsafe-outputs: { create-issue: {} }\n---\n# Sort\n';
const AZURE = 'name: shop\nservices:\n  desk: { host: azure.ai.agent, kind: prompt, name: desk-agent, description: Answers., uses: [box, other] }\n  box: { host: azure.ai.toolbox, tools: [ { name: search } ] }\n  other: { host: azure.ai.agent, kind: prompt, name: other-agent }\n  web: { host: appservice }\n';

/** path, text, format, agents as `id: tools -> delegates (owner)`, servers */
const FILES: readonly (readonly [path: string, text: string, format: string | null, agents?: readonly string[], servers?: readonly string[]])[] = [
  ['.well-known/agent-card.json', CARD, 'a2a', ['Invoices: Invoices/find -> (Acme)']],
  ['.well-known/agent-card.json', '{ "name": "x" }', null],
  ['.well-known/openid-configuration.json', CARD, null],
  ['team.yaml', TEAM, 'docker-agent', ['root: docker-agent/shell docker-agent/run_background_job docker-agent/list_background_jobs docker-agent/view_background_job docker-agent/stop_background_job github/search -> helper (jo)', 'helper:  -> (jo)'], ['github']],
  ['team.yaml', 'agents:\n  root: { model: openai/x }\n', 'docker-agent', ['root:  -> ()']],
  ['ci.yaml', 'agents:\n  pool: { name: linux }\n', null],
  ['ci.yaml', 'agents: [a, b]\n', null],
  ['k8s/agent.yaml', KAGENT, 'kagent', ['prod/ops: kube/get kube/list -> prod/helper ()']],
  ['k8s/server.yaml', 'apiVersion: kagent.dev/v1alpha2\nkind: RemoteMCPServer\nmetadata: { name: kube }\nspec: { url: "http://kube:8080/mcp" }\n', 'kagent', [], ['kube']],
  ['k8s/agent.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: kagent.dev }\n', null],
  ['chart/templates/agent.yaml', `{{- if .Values.on }}\n${KAGENT}{{- end }}\n`, null],
  ['crew/config/agents.yaml', 'writer: { role: Writer, goal: Write., backstory: Long. }\n', 'crewai', ['writer:  -> ()']],
  ['crew/config/tasks.yaml', 'write: { description: Write it., expected_output: A text., agent: writer }\n', 'crewai', []],
  ['config/agents.yaml', 'linux: { size: large }\n', null],
  ['crew/agents.yaml', 'writer: { role: Writer, goal: Write. }\n', null],
  ['.github/workflows/sort.md', WORKFLOW, 'gh-aw', ['sort: github/list_issues gh-aw/edit gh-aw/safe-outputs/create-issue -> ()']],
  ['.github/workflows/README.md', '# Workflows\n', null],
  ['.github/workflows/sort.yml', 'on: push\n', null],
  ['azure.yaml', AZURE, 'foundry', ['desk-agent: box/search -> other-agent ()', 'other-agent:  -> ()']],
  ['azure.yaml', 'name: shop\nservices:\n  web: { host: appservice }\n', null],
  ['agent.yaml', 'kind: prompt\nname: docs\nmodel: { id: gpt-5 }\ntools: [ { kind: mcp, serverName: docs, allowedTools: [search] }, { kind: web_search } ]\n', 'foundry', ['docs: docs/search foundry/web_search -> ()']],
  ['story.yaml', 'kind: prompt\ntext: Once upon a time\n', null],
  ['root_agent.yaml', 'name: search\ninstruction: Search.\nmodel: gemini-2.5-flash\ntools: [ { name: google_search } ]\nsub_agents: [ { config_path: ./writer.yaml } ]\n', 'adk', ['search: adk/google_search -> writer ()']],
  ['spec.json', '{ "component_type": "Agent", "agentspec_version": "25.4.1", "name": "desk", "tools": [{ "component_type": "MCPTool", "name": "find", "client_transport": { "name": "crm" } }] }', 'oracle', ['desk: crm/find -> ()']],
  ['schema.json', '{ "component_type": { "enum": ["Agent"] }, "name": "x" }', null],
  ['.codex/config.toml', '[agents.review]\ndescription = "Reviews."\n\n[mcp_servers.docs]\ncommand = "docs"\n', 'codex', ['review: * -> ()'], ['docs']],
  ['config.toml', '[agents.review]\ndescription = "Reviews."\n', null],
  ['.gemini/settings.json', '{ "mcpServers": { "docs": { "command": "docs" } } }', 'gemini', [], ['docs']],
  ['.gemini/agents/review.md', '---\nname: review\ndescription: Reviews.\ntools: [read_file, docs__search]\n---\nReview.\n', 'gemini', ['review: gemini/read_file docs/search -> ()']],
  ['pyproject.toml', '[[rule]]\nname = "x"\n', null],
  ['manifest.yaml', 'agent_control_specification_version: 0.4.0-alpha.1\nmetadata: { name: bank }\ntools: { pay: { type: Tool } }\nintervention_points: { pre_tool_call: { policy: { id: a } } }\n', 'acs', ['bank: acs/pay -> ()']],
  ['manifest.yaml', 'name: x\nversion: 1\n', null],
  ['gateway.yaml', 'mcp:\n  targets: [ { name: docs, stdio: { cmd: npx, args: [docs@1.0.0] } } ]\n', 'agentgateway', [], ['docs']],
  ['docker-compose.yaml', 'services: { gateway: { image: agentgateway } }\n', null],
  ['a.cedar', 'permit(principal, action, resource);\n', null],
];

describe('files of other tools', () => {
  for (const [path, text, format, agents, servers] of FILES) {
    it(`${path}: ${format ?? 'nothing of ours'} (${text.slice(0, 30).replaceAll('\n', ' ')})`, () => {
      assert.equal(recogniseFile(path, text)?.id ?? null, format);
      const file = readForeign(path, text);
      if (!file) return;
      const shown = file.agents.map((agent) => `${agent.id}: ${agent.tools.map((tool) => tool.pattern).join(' ')} -> ${agent.delegates.map(({ name }) => `${name} `).join('')}(${agent.owner?.value ?? ''})`);
      if (agents) assert.deepEqual(shown, agents);
      if (servers) assert.deepEqual(file.servers.map((server) => server.name), servers);
      for (const agent of file.agents) assert.ok(agent.span.start >= 0 && agent.span.end <= text.length && agent.span.start <= agent.span.end);
    });
  }
});

const SIGNS: { readonly [effect: string]: string } = { allow: '+', require_approval: '?', deny: '-', unknown: 'u' };

function decide(files: { readonly [path: string]: string }, agent: string, resource: string, args: object): string {
  const engine = workspaceOf(new Map(Object.entries(files))).shared(ENGINE);
  const parsed = parseRequest({ agent, action: 'call', resource, ...(Object.keys(args).length > 0 ? { args } : {}) } as never);
  assert.ok('request' in parsed);
  const prepared = engine.prepare(parsed.request, { at: NOW });
  const { effect } = engine.decidePrepared(prepared);
  assert.equal(engine.effect(prepared), effect, 'the fast path says the same');
  return SIGNS[effect] ?? effect;
}

const rule = (pattern: string, decision: string): string => `prefix_rule(pattern = ${pattern}, decision = "${decision}")\n`;
const gemini = (...rules: readonly string[]): string => rules.map((one) => `[[rule]]\n${one}\n`).join('\n');

const foundry = (mode: string): string => `kind: prompt\nname: docs\nmodel: { id: gpt-5 }\ntools: [ { kind: mcp, serverName: docs, approvalMode: ${mode} } ]\n`;
const SPEC = '{ "component_type": "Agent", "agentspec_version": "25.4.1", "name": "desk", "tools": [{ "component_type": "MCPTool", "name": "drop", "requires_confirmation": true, "client_transport": { "name": "crm" } }] }';

/** title, files, agent, resource, and the commands with the sign that each must get */
const COMMANDS: readonly (readonly [string, { readonly [path: string]: string }, string, string, readonly string[]])[] = [
  ['Codex: a prefix of words', { '.codex/rules/d.rules': rule('["git", ["status", "log"]]', 'allow') + rule('["git", "push"]', 'prompt') + rule('["curl"]', 'forbidden') }, 'codex', 'tool:codex/shell', ['+git status', '+git log -5', '?git push', '-curl x', 'ugit commit', 'ugit', '-git status && curl x', '?git push; git log', '+git status && git log', 'ugit status && ls']],
  ['Codex: the strictest of two', { '.codex/rules/d.rules': rule('["rm"]', 'allow') + rule('["rm", "-rf"]', 'forbidden') }, 'codex', 'tool:codex/shell', ['+rm a', '-rm -rf a']],
  ['Codex: what no rule names asks', { '.codex/rules/d.rules': rule('["ls"]', 'allow'), '.codex/config.toml': 'approval_policy = "untrusted"\n' }, 'codex', 'tool:codex/shell', ['+ls', '?make', '+ls && ls -la']],
  ['Codex: nothing asks and nothing is confined', { '.codex/config.toml': 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n' }, 'codex', 'tool:codex/shell', ['+make']],
  ['Codex: a rule that is computed', { '.codex/rules/d.rules': `for x in ["a"]:\n    prefix_rule(pattern = [x])\n${rule('["rm"]', 'forbidden')}` }, 'codex', 'tool:codex/shell', ['-rm a', 'uls']],
  ['Gemini: the highest priority', { 'ci/p.toml': gemini('toolName = "run_shell_command"\ncommandPrefix = "git"\ndecision = "allow"\npriority = 100', 'toolName = "run_shell_command"\ncommandPrefix = "git push"\ndecision = "deny"\npriority = 200') }, 'gemini', 'tool:gemini/run_shell_command', ['+git log', '-git push', '?ls', '?gitk', '?git log > x', '-git log && git push']],
  ['Gemini: policies of a workspace are not loaded', { '.gemini/policies/p.toml': gemini('toolName = "run_shell_command"\ndecision = "deny"\npriority = 1') }, 'gemini', 'tool:gemini/run_shell_command', ['?rm x']],
  ['Gemini: a pattern of the command', { 'ci/p.toml': gemini("toolName = \"run_shell_command\"\ncommandRegex = 'npm (test|run)\\b'\ndecision = \"allow\"\npriority = 1\nallowRedirection = true") }, 'gemini', 'tool:gemini/run_shell_command', ['+npm test', '+npm run x > log', '?npm install']],
  ['Gemini: readers run', { '.gemini/settings.json': '{ "tools": { "exclude": ["glob"] } }' }, 'gemini', 'tool:gemini/read_file', ['+']],
  ['Gemini: excluded tools do not', { '.gemini/settings.json': '{ "tools": { "exclude": ["glob"] } }' }, 'gemini', 'tool:gemini/glob', ['-']],
  ['Docker: deny before allow before ask', { 'team.yaml': `${TEAM}permissions: { allow: [shell], ask: ["shell:cmd=git push*"], deny: ["shell:cmd=rm*"] }\n` }, 'root', 'tool:docker-agent/shell', ['+ls', '+git push', '-rm -rf x', '-RM x']],
  ['Docker: by the arguments, in any case', { 'team.yaml': `${TEAM}permissions: { allow: ["Shell:cmd=git status*", "shell:cmd=ls *", "shell:cmd=make ?"], deny: ["shell:cmd=*--force*"] }\n` }, 'root', 'tool:docker-agent/shell', ['+git status -s', '+GIT status', '?git statusx', '?git status && rm x', '+ls /tmp/a', '+make a', '?make ab', '-git push --force', '?pwd', '-']],
  ['Docker: a question only for what reads', { 'team.yaml': `${TEAM}permissions: { ask: [view_background_job] }\n` }, 'root', 'tool:docker-agent/view_background_job', ['?']],
  ['Docker: what only reads runs', { 'team.yaml': `${TEAM}permissions: { ask: [shell] }\n` }, 'root', 'tool:docker-agent/list_background_jobs', ['+']],
  ['Docker: a tool of a server', { 'team.yaml': `${TEAM}permissions: { allow: ["mcp:github:sea*"] }\n` }, 'root', 'tool:github/search', ['+']],
  ['Docker: a tool of a server by its prefix', { 'team.yaml': `${TEAM}permissions: { deny: ["GitHub_s[a-f]arch"] }\n` }, 'root', 'tool:github/search', ['-']],
  ['Docker: other tools of the server ask', { 'team.yaml': `${TEAM}permissions: { allow: [find] }\n` }, 'root', 'tool:github/search', ['?']],
  ['kagent: what requireApproval names asks', { 'k8s/agent.yaml': KAGENT.replace('toolNames: [get, list]', 'toolNames: [get, list], requireApproval: [list]') }, 'prod/ops', 'tool:kube/list', ['?']],
  ['kagent: the rest runs', { 'k8s/agent.yaml': KAGENT.replace('toolNames: [get, list]', 'toolNames: [get, list], requireApproval: [list]') }, 'prod/ops', 'tool:kube/get', ['+']],
  ['Foundry: always', { 'agent.yaml': foundry('{ kind: always }') }, 'docs', 'tool:docs/search', ['?']],
  ['Foundry: never', { 'agent.yaml': foundry('never') }, 'docs', 'tool:docs/search', ['+']],
  ['Foundry: as specified', { 'agent.yaml': foundry('{ kind: specify, neverRequireApprovalTools: [search] }') }, 'docs', 'tool:docs/search', ['+']],
  ['Foundry: what is not specified asks', { 'agent.yaml': foundry('{ kind: specify, neverRequireApprovalTools: [search] }') }, 'docs', 'tool:docs/write', ['?']],
  ['Agent Spec: a tool that wants confirmation', { 'spec.json': SPEC }, 'desk', 'tool:crm/drop', ['?']],
];

describe('permissions of other tools', () => {
  for (const [title, files, agent, resource, commands] of COMMANDS) {
    it(title, () => {
      for (const command of commands) assert.equal(decide(files, agent, resource, command.length > 1 ? { command: command.slice(1) } : {}), command[0], command);
    });
  }

  it('AGT: the first by priority, for the agents that it names', () => {
    const files = {
      'agents/bot.agent.md': '---\nname: bot\ntools: ["pay/*"]\n---\n',
      'policies/p.yaml': 'apiVersion: governance.toolkit/v1\nname: p\nagents: [bot]\ndefault_action: allow\nrules:\n  - { name: large, condition: "amount > 500", action: deny, priority: 10 }\n  - { name: ask, condition: "amount > 100", action: require_approval, priority: 5 }\n  - { name: never, condition: "amount == 7", action: deny, priority: 99 }\n',
    };
    assert.deepEqual([600, 200, 50, 7].map((amount) => decide(files, 'bot', 'tool:pay/refund', { amount })), ['-', '?', '+', '+']);
    assert.equal(decide(files, 'bot', 'tool:pay/refund', {}), '+', 'a missing field is 0');
  });

  it('agentgateway: deny, require, allow, and what is left', () => {
    const gateway = (...rules: readonly string[]): { [path: string]: string } => ({
      'agents/bot.agent.md': '---\nname: bot\ntools: ["pay/*"]\n---\n',
      'gateway.yaml': `mcp:\n  policies:\n    mcpAuthorization:\n      rules:\n${rules.map((one) => `        - ${one}\n`).join('')}  targets: [ { name: pay, mcp: { host: "https://pay.example.com" } } ]\n`,
    });
    const of = (rules: readonly string[], tool: string): string => decide(gateway(...rules), 'bot', `tool:pay/${tool}`, {});
    assert.equal(of([`deny: 'mcp.tool.name == "refund"'`], 'refund'), '-');
    assert.equal(of([`deny: 'mcp.tool.name == "refund"'`], 'find'), '+');
    assert.equal(of([`'mcp.tool.name == "find"'`], 'find'), '+');
    assert.equal(of([`'mcp.tool.name == "find"'`], 'refund'), '-');
    assert.equal(of([`require: 'mcp.tool.target == "pay"'`, `allow: 'mcp.tool.name.startsWith("f")'`], 'find'), '+');
    assert.equal(of([`allow: 'jwt.sub == "jo"'`], 'find'), 'u');
  });

  it('ACS: a policy in another language decides, so nothing is certain', () => {
    const manifest = 'agent_control_specification_version: 0.4.0-alpha.1\nmetadata: { name: bank }\npolicies: { p: { type: rego, bundle: ./p, query: data.p } }\ntools: { pay: { type: Tool } }\nintervention_points: { pre_tool_call: { policy_target: $.x, policy: { id: p } } }\n';
    assert.equal(decide({ 'manifest.yaml': manifest }, 'bank', 'tool:acs/pay', {}), 'u');
  });
});

describe('ACS manifests that extend others', () => {
  const input = 'agent_control_specification_version: 0.4.0-alpha.1\nmetadata: { name: base }\npolicies: { p: { type: test } }\nintervention_points: { input: { policy_target: $.x, policy: { id: p } } }\n';
  const child = (base: string): string => `agent_control_specification_version: 0.4.0-alpha.1\nmetadata: { name: child }\nextends: [ ${base} ]\n`;
  const missing = (files: { readonly [path: string]: string }): string[] => lintAll(workspaceOf(new Map(Object.entries(files)))).filter(({ code }) => code === 'format/acs/no-tool-control').map(({ path }) => path);

  it('leave what is missing in a base to those that extend it', () => {
    assert.deepEqual(missing({ 'a/base.yaml': input }), ['a/base.yaml']);
    assert.deepEqual(missing({ 'a/base.yaml': input, 'a/b/child.yaml': child('../base.yaml') }), []);
    assert.deepEqual(missing({ 'a/base.yaml': input, 'a/b/child.yaml': child('./base.yaml') }), ['a/base.yaml']);
  });

  it('are looked at again when one comes or goes', () => {
    const workspace = workspaceOf(new Map([['a/base.yaml', input]]));
    const linter = createLinter(workspace);
    const found = (): number => linter.get('a/base.yaml').filter(({ code }) => code === 'format/acs/no-tool-control').length;
    assert.equal(found(), 1);
    workspace.applyChange({ files: new Map([['a/child.yaml', child('base.yaml')]]), now: NOW });
    assert.equal(found(), 0);
    workspace.applyChange({ files: new Map([['a/child.yaml', 'x: 1\n']]), now: NOW });
    assert.equal(found(), 1);
  });
});

describe('rules that hang on what is not known', () => {
  const trust = 'name: strict\nversion: "1.0"\nrules:\n  - { name: late, condition: { field: depth, operator: gt, value: 1 }, action: deny, priority: 20 }\n  - { name: soon, condition: { field: trust_score, operator: lt, value: 700 }, action: deny, priority: 10 }\n';
  it('are listed in the order in which they are asked, and hold for nobody in particular', () => {
    const [permissions] = readForeign('policies/trust.yaml', trust)?.permissions ?? [];
    assert.deepEqual(permissions?.rules.map(({ written, effect, where }) => [written, effect, where?.test({}, 'tool:a/b')]), [['soon', 'deny', 'unknown'], ['late', 'deny', 'unknown']]);
    assert.deepEqual(permissions?.unknown, ['the policy decides by trust scores, which are not known here']);
  });
});

describe('models of kagent', () => {
  it('are what the configuration of the same file says', () => {
    const config = '---\napiVersion: kagent.dev/v1alpha2\nkind: ModelConfig\nmetadata: { name: fast }\nspec: { provider: OpenAI, model: gpt-5-mini }\n';
    const agent = KAGENT.replace('declarative:\n', 'declarative:\n    modelConfig: fast\n');
    const models = (text: string): unknown => readForeign('k8s/agent.yaml', text)?.agents[0]?.models.map(({ value, vendor, name }) => [value, vendor, name]);
    assert.deepEqual(models(agent + config), [['openai/gpt-5-mini', 'openai', 'gpt-5-mini']]);
    assert.deepEqual(models(agent), [['fast', null, 'fast']]);
  });
});

describe('conditions of other tools', () => {
  const python: readonly (readonly [string, object, boolean])[] = [
    ["a == 'x'", { a: 'x' }, true], ["a == 'x'", { a: 'y' }, false], ["a != 'x'", {}, true], ['a > 5', { a: 6 }, true], ['a >= 0', {}, true], ['a > 5', { a: '6' }, true], ['a > 5', { a: 'many' }, false],
    ["a in ['x', \"y\"]", { a: 'y' }, true], ['a', { a: 1 }, true], ['a', { a: [] }, false], ['true', {}, false], ['a == 5', { a: 5 }, false], ["not a == 'x'", { a: 'y' }, false], ["(a == 'x')", { a: 'x' }, false],
    ["a == 'x' && b == 'y'", { a: 'x', b: 'z' }, true], ["a == 'x or y'", { a: 'x or y' }, false], ["a == 'x' or b", { b: 1 }, true], ["a.b == 'x'", { a: { b: 'x' } }, true],
  ];
  for (const [text, args, expected] of python) it(`Python engine: ${text} with ${JSON.stringify(args)} is ${expected}`, () => {
    const lookup = (path: string): unknown => path.split('.').reduce<unknown>((here, step) => (here as Record<string, unknown> | undefined)?.[step], args);
    assert.equal(pythonHolds(text, lookup), expected);
  });

  const cel: readonly (readonly [string, boolean | null])[] = [
    ['mcp.tool.name == "find"', true], ["mcp.tool.name != 'find'", false], ['mcp.tool.name in ["a", "find"]', true], ['mcp.tool.name.startsWith("fi") && !(mcp.tool.target == "x")', true],
    ['jwt.sub == "jo"', null], ['jwt.sub == "jo" || mcp.tool.name == "find"', true], ['jwt.sub == "jo" && mcp.tool.name == "x"', false], ['has(jwt.sub)', null], ['mcp.tool.name ==', null], ['(mcp.tool.name == "find"', null], ['1 + 1 == 2', null],
  ];
  for (const [text, expected] of cel) it(`gateway: ${text} is ${expected}`, () => assert.equal(evaluate(text, (path) => ({ 'mcp.tool.name': 'find', 'mcp.tool.target': 'pay' })[path]), expected));
});

describe('TOML', () => {
  it('keeps what stands around a faulty line', () => {
    const { root, problems } = readToml('a = 1\nb = "\\x"\n[c]\nd = 2\n');
    assert.deepEqual(problems.map(({ code, span }) => [code, span.start]), [['syntax/toml', 12]]);
    assert.deepEqual(root.pairs.map(({ key }) => key.text), ['a', 'c']);
  });

  it('is never thrown at, and stays in bounds', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '=', '"', "'", 'a', '.', '\n', ' ', '#', '1', '\\', ','), maxLength: 200 }), (text) => {
      for (const { span } of readToml(text).problems) assert.ok(span.start >= 0 && span.end <= text.length);
    }), { numRuns: 300 });
  });

  it('does not go deeper than the stack', () => assert.ok(readToml(`a = ${'['.repeat(50_000)}`).problems.length > 0));
});

describe('any format', () => {
  const texts = FILES.map(([, text]) => text);
  it('reads what is cut or spoilt without a fault, and points inside', () => {
    fc.assert(fc.property(fc.constantFrom(...FILES), fc.nat(2_000), fc.constantFrom(...texts), fc.string({ maxLength: 4 }), ([path, text], at, other, noise) => {
      const spoilt = `${text.slice(0, at)}${noise}${other.slice(at % 40, at % 40 + 30)}${text.slice(at)}`;
      for (const format of formats) {
        if (!format.canBe(path)) continue;
        const file = format.recognise(path, () => spoilt) ? format.read(path, spoilt) : null;
        for (const problem of file?.problems ?? []) assert.ok(problem.span.start >= 0 && problem.span.start <= problem.span.end && problem.span.end <= spoilt.length, `${format.id} ${problem.code}`);
      }
    }), { numRuns: 400 });
  });
});
