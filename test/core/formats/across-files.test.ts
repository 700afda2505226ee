// Agents that hang on other files: workflows and what they import, the kit's sub-agents, model configurations, hooks.
import assert from 'node:assert/strict';
import { readForeign } from '../../../server/src/core/formats';
import { analyse, createLinter } from '../../../server/src/core/lint';
import { AGENTS } from '../../../server/src/core/workspace';
import { commandsGet, decisionOf, signOf, type Files } from '../../harness/decide';
import { NOW, lintAll, workspaceOf } from '../../harness/workspace';

const of = (files: Files): ReturnType<typeof workspaceOf> => workspaceOf(new Map(Object.entries(files)));
const findings = (files: Files): string[] => lintAll(of(files)).filter(({ code }) => code.startsWith('format/')).map(({ code, path }) => `${path} ${code}`);
const agent = (files: Files, id: string) => of(files).shared(AGENTS).all.find((one) => one.id === id);
const delegates = (files: Files, id: string): readonly string[] | undefined => agent(files, id)?.delegates.filter(({ assumed }) => !assumed).map(({ pattern }) => pattern);

const WORKFLOW = '---\non:\n  issues: { types: [opened] }\npermissions: { contents: read }\nengine: copilot\nimports: [shared/docs.md]\ntools:\n  bash: ["git log:*", "ls"]\n  web-fetch:\nnetwork: { allowed: [docs.example.com, "*.acme.com"] }\nsafe-outputs: { add-comment: {} }\n---\n# Sort\n';
const SHARED = '---\nmcp-servers:\n  docs: { command: docs, allowed: [search] }\ntools: { edit: }\n---\n';

describe('agentic workflows', () => {
  const files: Files = { '.github/workflows/sort.md': WORKFLOW, '.github/workflows/shared/docs.md': SHARED };

  it('have the tools of what they import, and GitHub\'s', () => assert.deepEqual(agent(files, 'sort')?.tools.map(({ pattern }) => pattern), ['gh-aw/bash', 'gh-aw/web-fetch', 'gh-aw/edit', 'github/*', 'docs/search', 'gh-aw/safe-outputs/add-comment']));

  it('read GitHub and write through safe outputs only', () => {
    for (const [tool, sign] of Object.entries({ 'github/list_issues': '+', 'github/create_issue': '-', 'github/issue_write': '-', 'github/merge_pull_request': '-', 'gh-aw/safe-outputs/add-comment': '+', 'gh-aw/safe-outputs/create-issue': '-', 'docs/search': '+', 'docs/drop': '-', 'gh-aw/edit': '+', 'gh-aw/playwright': '-' })) {
      assert.equal(signOf(files, 'sort', `tool:${tool}`), sign, tool);
    }
  });

  it('may write through GitHub\'s server only where it does not only read and the token writes', () => {
    const text = (permission: string): Files => ({ '.github/workflows/a.md': `---\non: { schedule: daily }\npermissions: { issues: ${permission} }\nengine: copilot\ntools: { github: { read-only: false } }\n---\n` });
    assert.equal(signOf(text('write'), 'a', 'tool:github/create_issue'), '+');
    assert.equal(signOf(text('read'), 'a', 'tool:github/create_issue'), '-');
  });

  it('run the commands that are listed', () => commandsGet(files, 'sort', 'tool:gh-aw/bash', ['+git log -5', '+ls', 'uls -la', '-rm x', '-ls && rm x', '-git push', '-']));

  it('run a few safe commands, all, or none', () => {
    const bash = (value: string): Files => ({ '.github/workflows/a.md': `---\non: push\nengine: copilot\ntools: { bash: ${value} }\n---\n` });
    commandsGet(bash('null'), 'a', 'tool:gh-aw/bash', ['+pwd', 'ucat x', '-make']);
    commandsGet(bash('[]'), 'a', 'tool:gh-aw/bash', ['-pwd']);
    commandsGet(bash('true'), 'a', 'tool:gh-aw/bash', ['+make']);
    commandsGet(bash('[":*"]'), 'a', 'tool:gh-aw/bash', ['+make']);
    commandsGet(bash('false'), 'a', 'tool:gh-aw/bash', ['-ls']);
  });

  it('may edit and commit where they propose changes', () => {
    const files: Files = { '.github/workflows/a.md': '---\non: push\nengine: copilot\nsafe-outputs: { create-pull-request: {} }\n---\n' };
    assert.equal(signOf(files, 'a', 'tool:gh-aw/edit'), '+');
    commandsGet(files, 'a', 'tool:gh-aw/bash', ['+git add x', '+git status', '-git push', '-make']);
  });

  it('fetch from the hosts that are listed', () => {
    commandsGet(files, 'sort', 'tool:gh-aw/web-fetch', ['+https://docs.example.com/a', '+https://a.acme.com/', '-https://acme.com.evil.net/', '-https://evil.net/'], 'url');
    commandsGet({ '.github/workflows/sort.md': WORKFLOW.replace('docs.example.com', 'defaults') }, 'sort', 'tool:gh-aw/web-fetch', ['uhttps://evil.net/'], 'url');
    commandsGet({ '.github/workflows/sort.md': WORKFLOW.replace('docs.example.com', '"*"') }, 'sort', 'tool:gh-aw/web-fetch', ['+https://evil.net/'], 'url');
  });

  it('do not compile without what they import, and are looked at again when it comes', () => {
    assert.deepEqual(findings(files), []);
    const workspace = of({ '.github/workflows/sort.md': WORKFLOW });
    const linter = createLinter(workspace);
    const codes = (): string[] => linter.get('.github/workflows/sort.md').filter(({ code }) => code.startsWith('format/')).map(({ code }) => code);
    assert.deepEqual(codes(), ['format/gh-aw/missing-import']);
    workspace.applyChange({ files: new Map([['.github/workflows/shared/docs.md', SHARED]]), now: NOW });
    assert.deepEqual(codes(), []);
    assert.equal(workspace.shared(AGENTS).all[0]?.tools.some(({ pattern }) => pattern === 'docs/search'), true);
  });

  it('do not look for imports of other repositories, optional ones and parts of files', () => {
    for (const written of ['githubnext/agentics/shared/x.md@main', '"shared/gone.md?"', '"shared/docs.md#tools"', '.github/workflows/shared/docs.md', '"${{ x }}"']) {
      assert.deepEqual(findings({ ...files, '.github/workflows/sort.md': WORKFLOW.replace('shared/docs.md', written) }), [], written);
    }
  });
});

describe('the kit\'s sub-agents', () => {
  const root = 'name: desk\nmodel: gemini-2.5-flash\ninstruction: Hand on.\nsub_agents: [ { config_path: sub/writer.yaml }, { config_path: plain.yaml }, { code: my.lib.checker } ]\n';
  const files: Files = { 'desk/root_agent.yaml': root, 'desk/sub/writer.yaml': 'agent_class: LlmAgent\nname: the-writer\ninstruction: Write.\n', 'desk/plain.yaml': 'name: the-plain\ninstruction: Do.\noutput_key: x\n' };

  it('are known by the names that their files give them', () => {
    assert.deepEqual(delegates(files, 'desk'), ['the-writer', 'the-plain', 'checker']);
    assert.deepEqual(of(files).shared(AGENTS).all.map(({ id }) => id).sort(), ['desk', 'the-plain', 'the-writer']);
    assert.deepEqual(findings(files), []);
  });

  it('that are not there are told', () => assert.deepEqual(findings({ ...files, 'desk/root_agent.yaml': root.replace('plain', 'gone') }), ['desk/root_agent.yaml format/adk/missing-config']));

  it('files of others are left alone', () => {
    assert.equal(readForeign('prompts/a.yaml', 'name: a\ninstruction: Write.\nmodel: gpt-5\n'), null);
    assert.equal(readForeign('prompts/a.yaml', 'name: a\ninstruction: Write.\noutput_key: x\nversion: 2\n'), null);
  });
});

describe('kagent over several files', () => {
  const text = 'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: { name: ops, namespace: prod }\nspec: { description: Looks., declarative: { modelConfig: fast } }\n';
  const config = (namespace: string, model: string): string => `apiVersion: kagent.dev/v1alpha2\nkind: ModelConfig\nmetadata: { name: fast, namespace: ${namespace} }\nspec: { provider: OpenAI, model: ${model} }\n`;
  const model = (files: Files): string | undefined => agent({ 'k8s/agent.yaml': text, ...files }, 'prod/ops')?.models[0]?.id;

  it('finds the model where its configuration stands', () => {
    assert.equal(model({ 'k8s/model.yaml': config('prod', 'gpt-5-mini') }), 'openai/gpt-5-mini');
    assert.equal(model({ 'k8s/model.yaml': config('test', 'gpt-5-mini') }), 'fast');
    assert.equal(model({}), 'fast');
  });

  it('follows a change of the other file', () => {
    const workspace = of({ 'k8s/agent.yaml': text });
    const now = (): string | undefined => workspace.shared(AGENTS).all[0]?.models[0]?.id;
    assert.equal(now(), 'fast');
    workspace.applyChange({ files: new Map([['k8s/model.yaml', config('prod', 'a')]]), now: NOW });
    assert.equal(now(), 'openai/a');
    workspace.applyChange({ files: new Map([['k8s/model.yaml', config('prod', 'b')]]), now: NOW });
    assert.equal(now(), 'openai/b');
    workspace.applyChange({ files: new Map([['k8s/model.yaml', null]]), now: NOW });
    assert.equal(now(), 'fast');
  });
});

describe('hooks', () => {
  const settings = (hooks: string, more = ''): Files => ({ '.claude/settings.json': `{ "permissions": { "allow": ["Bash(ls:*)", "mcp__docs__search"], "deny": ["Bash(rm:*)"] }, ${more}"hooks": ${hooks} }` });
  const hook = (event: string, matcher: string | null): string => `{ "${event}": [{ ${matcher === null ? '' : `"matcher": "${matcher}", `}"hooks": [{ "type": "command", "command": "./check.sh" }] }] }`;
  const warned = (files: Files, tool: string, args: object = {}, who = 'claude'): number => decisionOf(files, who, `tool:${tool}`, args).warnings.length;

  it('that come before a call are told with what they may still stop', () => {
    const [warning] = decisionOf(settings(hook('PreToolUse', 'Bash')), 'claude', 'tool:claude/Bash', { command: 'ls' }).warnings;
    assert.equal(warning, 'A hook may still stop this or ask: `PreToolUse` in .claude/settings.json, line 1, runs before the call. Hooks are not run here.');
  });

  it('are not told of a denial, which stands', () => assert.equal(warned(settings(hook('PreToolUse', 'Bash')), 'claude/Bash', { command: 'rm x' }), 0));

  const CASES: readonly (readonly [event: string, matcher: string | null, tool: string, count: number])[] = [
    ['PreToolUse', null, 'claude/Bash', 1], ['PreToolUse', '*', 'claude/Bash', 1], ['PreToolUse', '', 'claude/Bash', 1], ['PreToolUse', 'Edit|Write', 'claude/Bash', 0], ['PreToolUse', 'Edit|Bash', 'claude/Bash', 1],
    ['PreToolUse', 'mcp__docs__.*', 'docs/search', 1], ['PreToolUse', 'mcp__other__.*', 'docs/search', 0], ['PreToolUse', 'Bash(git push:*)', 'claude/Bash', 0], ['PostToolUse', 'Bash', 'claude/Bash', 0], ['PreToolUse', '[', 'claude/Bash', 1], ['PermissionRequest', 'Bash', 'claude/Bash', 1],
  ];
  for (const [event, matcher, tool, count] of CASES) it(`${event} for ${matcher ?? 'everything'}: ${count} for ${tool}`, () => assert.equal(warned(settings(hook(event, matcher)), tool, tool === 'claude/Bash' ? { command: 'ls' } : {}), count));

  it('that are all switched off are not told', () => assert.equal(warned(settings(hook('PreToolUse', 'Bash'), '"disableAllHooks": true, '), 'claude/Bash', { command: 'ls' }), 0));

  it('of the other dialect are for the agents of VS Code and Copilot', () => {
    const files: Files = { 'a/.github/hooks/g.json': '{ "version": 1, "hooks": { "preToolUse": [{ "type": "command", "bash": "./g.sh" }] } }', 'a/.github/agents/x.agent.md': '---\ntools: ["execute/runInTerminal"]\n---\n', 'b/.github/agents/y.agent.md': '---\ntools: ["execute/runInTerminal"]\n---\n', 'a/.vscode/settings.json': '{ "chat.tools.global.autoApprove": true }', 'b/.vscode/settings.json': '{ "chat.tools.global.autoApprove": true }' };
    assert.equal(warned(files, 'vscode/execute/runInTerminal', { command: 'ls' }, 'x'), 1);
    assert.equal(warned(files, 'vscode/execute/runInTerminal', { command: 'ls' }, 'y'), 0);
  });

  it('of one agent are for that agent', () => {
    const text = (name: string, more: string): string => `---\nname: ${name}\ndescription: d\ntools: Bash\n${more}---\n`;
    const files: Files = { '.claude/settings.json': '{ "permissions": { "allow": ["Bash(ls:*)"] } }', '.claude/agents/a.md': text('a', 'hooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - type: command\n          command: ./x.sh\n'), '.claude/agents/b.md': text('b', '') };
    assert.deepEqual(['a', 'b'].map((who) => warned(files, 'claude/Bash', { command: 'ls' }, who)), [1, 0]);
  });
});

describe('safety modes of Docker\'s runtime', () => {
  const team = (more: string, safety = ''): Files => ({ 'team.yaml': `agents:\n  root: { model: openai/x, instruction: Do., toolsets: [ { type: shell }, { type: filesystem } ]${safety} }\n${more}` });
  const CASES: readonly (readonly [string, Files, shell: string, read: string, write: string])[] = [
    ['none', team('permissions: { ask: [write_file] }\n'), '?', '+', '?'], ['strict', team('runtime: { safety: strict }\n'), '?', '?', '?'], ['balanced', team('runtime: { safety: balanced }\npermissions: { ask: [read_file] }\n'), 'u', '+', '?'],
    ['restricted', team('runtime: { safety: restricted }\n'), 'u', '+', '-'], ['autonomous', team('runtime: { safety: autonomous }\npermissions: { deny: [write_file] }\n'), '+', '+', '-'], ['of the agent', team('runtime: { safety: strict }\n', ', safety: autonomous'), '+', '+', '+'],
  ];
  for (const [title, files, shell, read, write] of CASES) it(title, () => {
    assert.equal(signOf(files, 'root', 'tool:docker-agent/shell', { command: 'make' }), shell, 'shell');
    assert.equal(signOf(files, 'root', 'tool:docker-agent/read_file', { file_path: 'a' }), read, 'read');
    assert.equal(signOf(files, 'root', 'tool:docker-agent/write_file', { file_path: 'a' }), write, 'write');
  });
});

describe('work that Docker\'s agents hand on', () => {
  const team = (permissions: string): Files => ({ 'team.yaml': `agents:\n  root: { model: openai/x, instruction: Do., sub_agents: [helper, writer] }\n  helper: { model: openai/x, instruction: Do. }\n  writer: { model: openai/x, instruction: Do. }\npermissions: ${permissions}\n` });
  const gets = (permissions: string): string => ['helper', 'writer'].map((name) => signOf(team(permissions), 'root', `agent:${name}`, {}, 'delegate')).join('');
  const CASES: readonly (readonly [string, string])[] = [['{ allow: [x] }', '++'], ['{ deny: ["transfer_task:agent=wri*"] }', '+-'], ['{ ask: [transfer_task] }', '??'], ['{ deny: ["*"] }', '--'], ['{ ask: ["transfer_*:agent=helper"] }', '?+']];
  for (const [permissions, signs] of CASES) it(permissions, () => assert.equal(gets(permissions), signs));
});

describe('agent cards', () => {
  const base = '"name": "Inv", "description": "d", "version": "1", "capabilities": {}, "defaultInputModes": [], "defaultOutputModes": []';
  const card = (more: string): Files => ({ '.well-known/agent-card.json': `{ ${base}, ${more} }` });
  const skills = '"skills": [{ "id": "find", "name": "Find" }]';
  const CASES: readonly (readonly [title: string, Files, codes: readonly string[]])[] = [
    ['0.3 with an address and nothing else', card(`"url": "https://a.example.com/", ${skills}`), ['no-security']],
    ['1.0 with interfaces and nothing else', card(`"supportedInterfaces": [{ "url": "https://a.example.com/", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }], ${skills}`), ['no-security']],
    ['0.3 with schemes in the older form', card(`"url": "https://a.example.com/", "securitySchemes": { "sso": { "type": "oauth2", "flows": { "clientCredentials": {} } } }, "security": [{ "sso": [] }], ${skills}`), []],
    ['0.3 with an unknown scheme', card(`"url": "https://a.example.com/", "securitySchemes": { "sso": { "type": "http", "scheme": "bearer" } }, "security": [{ "sos": [] }], ${skills}`), ['unknown-scheme']],
    ['1.0 with an unknown scheme of a skill', card('"supportedInterfaces": [{ "url": "https://a.example.com/" }], "securitySchemes": { "sso": { "httpAuthSecurityScheme": { "scheme": "Bearer" } } }, "skills": [{ "id": "find", "name": "Find", "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }]'), ['unknown-scheme']],
    ['0.3 with the password flow', card(`"url": "https://a.example.com/", "securitySchemes": { "sso": { "type": "oauth2", "flows": { "password": {} } } }, ${skills}`), ['deprecated-flow']],
    ['0.3 with more interfaces in the clear', card(`"url": "https://a.example.com/", "additionalInterfaces": [{ "url": "http://b.example.com/", "transport": "GRPC" }], "securitySchemes": { "k": { "type": "apiKey", "in": "header", "name": "X" } }, ${skills}`), ['plain-http']],
    ['an address of the machine itself', card(`"url": "http://localhost:8080/", ${skills}`), []],
  ];
  for (const [title, files, codes] of CASES) it(title, () => assert.deepEqual(findings(files).map((line) => line.slice(line.lastIndexOf('/') + 1)), codes));
});

describe('the rule of two over agentic workflows', () => {
  const found = (on: string, tools: string): readonly string[] => {
    const workspace = of({ '.github/workflows/a.md': `---\non: ${on}\npermissions: { contents: read }\nengine: copilot\ntools: ${tools}\nsafe-outputs: { add-comment: {} }\n---\n` });
    return [...analyse(workspace).values()].flat().filter(({ code }) => code.startsWith('capability/')).map(({ message }) => message.slice(0, message.indexOf(',')));
  };
  it('text of strangers, any command, a comment', () => assert.deepEqual(found('{ issues: { types: [opened] } }', '{ bash: true }'), ['`a` takes in untrusted content (`channel:github/issues`)']));
  it('text of strangers, and commands that are listed', () => assert.deepEqual(found('{ issues: { types: [opened] } }', '{ bash: ["git log:*"] }'), []));
  it('text of strangers, and GitHub alone', () => assert.deepEqual(found('issue_comment', '{ github: }'), []));
});
