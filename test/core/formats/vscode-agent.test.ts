// Custom agents: fields with spans, names of tools as patterns, defaults shown as assumed.
import assert from 'node:assert/strict';
import { readForeign, type ForeignAgent } from '../../../server/src/core/formats';

const read = (text: string, path = '.github/agents/refund.agent.md') => readForeign(path, text) ?? assert.fail('not recognised');
const agent = (head: string): ForeignAgent => read(`---\n${head}\n---\nbody`).agents[0] ?? assert.fail('no agent');
const tools = (head: string): string[] => agent(head).tools.map((tool) => tool.pattern + (tool.assumed ? ' assumed' : '') + (tool.unresolved ? ' ?' : ''));

describe('custom agents', () => {
  it('are read with every field at its place', () => {
    const text = `---
name: Refund agent
description: Resolves refunds.
model: ['Claude Sonnet 4.6 (copilot)', gpt-4o]
tools: ['payments/*', "search/codebase"]
agents: [fraud-check]
handoffs:
  - label: Ask
    agent: finance
    prompt: Decide.
target: github-copilot
metadata: { owner: payments, tier: "1" }
mcp-servers:
  payments: { type: http, url: "https://mcp.example.com/pay", tools: [refund] }
---
You refund.
`;
    const file = read(text);
    const found = file.agents[0] ?? assert.fail();
    const at = (value: { span: { start: number; end: number } } | null | undefined): string => text.slice(value?.span.start, value?.span.end);
    assert.deepEqual(file.servers, []);
    assert.equal(found.id, 'refund');
    assert.equal(at(found), 'Refund agent');
    assert.equal(at(found.title), 'Refund agent');
    assert.equal(found.purpose?.value, 'Resolves refunds.');
    assert.equal(at(found.purpose), 'Resolves refunds.');
    assert.deepEqual(found.models.map((m) => [m.name, m.vendor, at(m)]), [['Claude Sonnet 4.6', 'copilot', "'Claude Sonnet 4.6 (copilot)'"], ['gpt-4o', null, 'gpt-4o']]);
    assert.deepEqual(found.tools.map((t) => [t.pattern, at(t)]), [['payments/*', "'payments/*'"], ['vscode/search/codebase', '"search/codebase"']]);
    assert.deepEqual(found.delegates.map((d) => [d.name, d.via, at(d)]), [['fraud-check', 'subagent', 'fraud-check'], ['finance', 'handoff', 'finance']]);
    assert.equal(found.delegatesToAny, false);
    assert.equal(found.environment?.value, 'github-copilot');
    assert.deepEqual([found.owner?.value, at(found.owner)], ['payments', 'payments']);
    assert.deepEqual(found.labels.map((l) => [l.name, l.value]), [['owner', 'payments'], ['tier', '1']]);
    assert.deepEqual(found.servers.map((s) => [s.name, s.transport, s.url?.value, s.tools?.map((t) => t.value)]), [['payments', 'http', 'https://mcp.example.com/pay', ['refund']]]);
    assert.equal(at({ span: found.fields.get('tools')?.key ?? assert.fail() }), 'tools');
    assert.deepEqual(file.problems.map((p) => p.code), ['format/vscode-agent/agents-without-agent-tool']);
  });

  it('take their id from the file name', () => {
    for (const [path, id] of [['a/x.agent.md', 'x'], ['x.chatmode.md', 'x'], ['.github/agents/y/x.md', 'x'], ['X.y.Agent.md', 'X.y'], ['.agent.md', '.agent.md']] as const) {
      assert.equal(read('---\ndescription: d\n---\n', path).agents[0]?.id, id);
    }
  });

  it('get every default without frontmatter', () => {
    for (const text of ['', 'Just text.', '\n---\ndescription: d\n---\n', '\ufeffText']) {
      const file = read(text);
      assert.deepEqual(file.problems.map((p) => [p.code, p.span.start]), [['format/vscode-agent/no-frontmatter', text.startsWith('\ufeff') ? 1 : 0]]);
      assert.deepEqual(file.agents.map((a) => [a.id, a.title, a.tools.map((t) => [t.pattern, t.assumed]), a.delegatesToAny]), [['refund', null, [['*', true]], true]]);
    }
  });

  it('keep their restriction when one line breaks strict YAML', () => {
    const file = read("---\ndescription: Use when: asked\ntools: ['read']\n---\n");
    assert.deepEqual(file.problems.map((p) => p.code), ['syntax/frontmatter']);
    assert.deepEqual(file.agents[0]?.tools.map((t) => t.pattern), ['vscode/read/*']);
  });

  const names: [string, string[]][] = [
    ['description: d', ['* assumed']],
    ['tools:', ['* assumed']],
    ['tools: {a: true}', ['* assumed']],
    ['tools: []', []],
    ["tools: ['*']", ['*']],
    ['tools: "*"', ['*']],
    ["tools: 'read, search, github/*'", ['vscode/read/*', 'vscode/search/*', 'github/*']],
    ['tools: [execute/runInTerminal, read/problems, vscode/memory, vscode]', ['vscode/execute/runInTerminal', 'vscode/read/problems', 'vscode/vscode/memory', 'vscode/vscode/*']],
    ['tools: [Bash, SHELL, Read, Write, grep, Task, WebFetch, TodoWrite]', ['vscode/execute/*', 'vscode/read/*', 'vscode/edit/*', 'vscode/search/*', 'vscode/agent/*', 'vscode/web/*', 'vscode/todo']],
    ['tools: [codebase, editFiles, fetch, problems, runTests, todos]', ['vscode/search/codebase', 'vscode/edit/editFiles', 'vscode/web/fetch', 'vscode/read/problems', 'vscode/execute/runTests', 'vscode/todo']],
    ['tools: [runCommands]', ['vscode/execute/runInTerminal', 'vscode/execute/getTerminalOutput', 'vscode/read/terminalLastCommand', 'vscode/read/terminalSelection']],
    ['tools: [runCommands/terminalLastCommand, search/readFile]', ['vscode/read/terminalLastCommand', 'vscode/read/readFile']],
    ['tools: [github/create_issue, "ms-ossdata.vscode-pgsql/query"]', ['github/create_issue', 'ms-ossdata.vscode-pgsql/query']],
    ['tools: ["github/github-mcp-server/*", "io.github.github/github-mcp-server/x", microsoft/playwright-mcp/click]', ['github/*', 'github/x', 'playwright/click']],
    ['tools: [mcp__jira__search]', ['jira/search']],
    ['tools: [microsoft.docs.mcp, azure_query]', ['vscode/microsoft.docs.mcp ?', 'vscode/azure_query ?']],
    ['tools: [lingo, web]\nmcp-servers: { lingo: { type: sse, url: "https://lingo.example.com" }, web: { command: x } }', ['lingo/*', 'web/*']],
    ['tools: ["!github/*"]', ['vscode/!github/* ?']],
    ['tools: [search, search, Grep]', ['vscode/search/*']],
  ];
  for (const [head, expected] of names) it(`${head.split('\n')[0]} gives ${expected.join(', ') || 'nothing'}`, () => assert.deepEqual(tools(head), expected));

  it('may delegate to any agent by default, by a star, and not without the tool', () => {
    const any: [string, boolean][] = [['description: d', true], ["tools: ['agent']", true], ["tools: ['agent']\nagents: ['*']", true], ["tools: ['agent']\nagents: []", false], ["tools: ['agent']\nagents: ['x']", false], ["tools: ['read']", false]];
    for (const [head, expected] of any) assert.equal(agent(head).delegatesToAny, expected, head);
  });

  it('are reported for a list of agents only where it certainly has no effect', () => {
    const codes = (head: string): string[] => read(`---\n${head}\n---\n`).problems.map((p) => p.code.replace('format/vscode-agent/', ''));
    assert.deepEqual(codes("tools: ['read']\nagents: ['x']"), ['agents-without-agent-tool']);
    assert.deepEqual(codes("tools: ['read']\nagents: ['*']"), ['agents-without-agent-tool']);
    for (const fine of ["agents: ['x']", "tools: ['read']\nagents: []", "tools: ['read', 'my-set']\nagents: ['x']", "tools: ['custom-agent']\nagents: ['x']", "tools: ['*']\nagents: ['x']", "tools: ['runSubagent']\nagents: ['x']"]) assert.deepEqual(codes(fine), [], fine);
  });

  it('are checked for what their servers hold', () => {
    const text = '---\ndescription: d\nmcp-servers:\n  a:\n    type: local\n    command: npx\n    args: ["-y", "server@latest"]\n    env:\n      API_KEY: 9f2c7b41d8e65a03c1f4b7e29d8a6053\n---\n';
    assert.deepEqual(read(text).problems.map((p) => p.code), ['format/mcp/secret-in-clear', 'format/mcp/unpinned-package']);
  });
});
