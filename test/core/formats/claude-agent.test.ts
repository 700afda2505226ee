// Subagents of Claude Code: fields with spans, tools as patterns, defaults counted, files that are skipped.
import assert from 'node:assert/strict';
import { readForeign, type ForeignAgent } from '../../../server/src/core/formats';
import { AGENTS } from '../../../server/src/core/workspace';
import { lintAll, workspaceOf } from '../../harness/workspace';

const PATH = '.claude/agents/refund.md';
const read = (text: string, path = PATH) => readForeign(path, text) ?? assert.fail('not recognised');
const agent = (head: string, path = PATH): ForeignAgent => read(`---\n${head}\n---\nbody`, path).agents[0] ?? assert.fail('no agent');
const tools = (head: string): string => {
  const found = agent(`name: a\ndescription: d\n${head}`);
  return [...found.tools.map((tool) => tool.pattern + (tool.assumed ? '?' : '')), ...found.except.map((tool) => `!${tool.pattern}`)].join(' ');
};

describe('subagents of Claude Code', () => {
  it('are read with every field at its place', () => {
    const text = '---\nname: refund-agent\ndescription: Resolves refunds.\ntools: Read, Bash, mcp__payments__refund, Agent(fraud-check, finance)\nmodel: sonnet\nisolation: worktree\nmcpServers:\n  pay: { type: http, url: "https://mcp.example.com/pay" }\n---\nYou refund.\n';
    const file = read(text);
    const found = file.agents[0] ?? assert.fail();
    const at = (value: { span: { start: number; end: number } } | null | undefined): string => text.slice(value?.span.start, value?.span.end);
    assert.deepEqual([file.format, found.id, at(found), at(found.purpose), found.environment?.value], ['claude-agent', 'refund-agent', 'refund-agent', 'Resolves refunds.', 'worktree']);
    assert.deepEqual(found.tools.map((tool) => [tool.pattern, at(tool)]), [['claude/Read', 'Read'], ['claude/Bash', 'Bash'], ['payments/refund', 'mcp__payments__refund'], ['claude/Agent', 'Agent(fraud-check, finance)']]);
    assert.deepEqual(found.delegates.map((delegate) => delegate.name), ['fraud-check', 'finance']);
    assert.equal(found.delegatesToAny, true);
    assert.deepEqual(found.models.map((model) => [model.value, model.vendor]), [['sonnet', 'anthropic']]);
    assert.deepEqual(found.servers.map((server) => [server.name, server.transport]), [['pay', 'http']]);
  });

  it('have every tool where nothing is said, and none where nothing is listed', () => {
    assert.equal(tools('model: inherit'), '*?');
    assert.equal(tools('tools: []'), '');
    assert.equal(tools("tools: ['Read', 'Grep']"), 'claude/Read claude/Grep');
    assert.equal(tools('tools: Read, Bash\ndisallowedTools: Bash'), 'claude/Read claude/Bash !claude/Bash');
    assert.equal(tools('disallowedTools: Bash, mcp__github, mcp__crm__delete'), '*? !claude/Bash !github/* !crm/delete');
    assert.equal(tools('tools: mcp__github__*, Task'), 'github/* claude/Agent');
    assert.equal(tools('tools: Read, AskUserQuestion, mcp__*'), 'claude/Read');
    assert.equal(tools('disallowedTools: mcp__*'), 'claude/*?');
    assert.equal(tools('tools: Read, mcp__crm__find\ndisallowedTools: mcp__*'), 'claude/Read');
  });

  it('may delegate only with the tool for it', () => {
    const any = (head: string): boolean => agent(`name: a\ndescription: d\n${head}`).delegatesToAny;
    assert.deepEqual([any('model: opus'), any('tools: Read'), any('tools: Read, Agent'), any('tools: Read, Agent\ndisallowedTools: Agent')], [false, false, true, false]);
  });

  it('of plugins go by the plugin, the subfolder and their name, and are not given rights', () => {
    const text = '---\nname: reviewer\ndescription: d\ntools: Read\npermissionMode: bypassPermissions\n---\n';
    const file = read(text, 'plugins/audit/agents/deep/reviewer.md');
    assert.deepEqual([file.agents[0]?.id, file.permissions, file.problems.map((problem) => problem.code)], ['audit:deep:reviewer', [], ['format/claude-agent/ignored-in-plugin']]);
  });

  it('of plugins without a name go by their file', () => {
    const file = read('---\ndescription: d\ntools: Read\n---\n', 'plugins/audit/agents/reviewer.md');
    assert.deepEqual([file.agents[0]?.id, file.problems], ['audit:reviewer', []]);
  });

  it('that are skipped say so, and frontmatter that strict YAML rejects is read all the same', () => {
    const codes = (text: string): string[] => read(text).problems.map((problem) => problem.code);
    assert.deepEqual(codes('---\ndescription: d\ntools: Read\n---\n'), ['format/claude-agent/no-name']);
    assert.deepEqual(codes('---\nname: a\ntools: Read\n---\n'), ['format/claude-agent/no-description']);
    assert.deepEqual(codes('---\nname: -a\ndescription: d\ntools: Read\n---\n'), ['format/claude-agent/bad-name']);
    const broken = read('---\nname: a\ndescription: Use it for: everything\ntools: Read\n---\n');
    assert.deepEqual([broken.problems.map((problem) => problem.code), broken.agents.map((one) => [one.id, one.purpose?.value])], [['syntax/frontmatter'], [['a', 'Use it for: everything']]]);
    assert.deepEqual(read('---\ndescription: d\n---\n').agents, []);
  });

  it('become agents of the workspace, governed by a manifest or on their own', () => {
    const manifest = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec: { purpose: x, owner: { team: t }, definition: .claude/agents/refund.md }\n';
    const head = '---\nname: refund\ndescription: d\ntools: Read, Bash\n---\n';
    const alone = workspaceOf(new Map([[PATH, head]]));
    assert.deepEqual(alone.shared(AGENTS).all.map((one) => [one.name, one.format, one.tools.map((tool) => tool.pattern)]), [['refund', 'claude-agent', ['claude/Read', 'claude/Bash']]]);
    const governed = workspaceOf(new Map([[PATH, head], ['refund.agent.yaml', manifest]]));
    assert.deepEqual(governed.shared(AGENTS).all.map((one) => [one.name, one.format, one.tools.map((tool) => tool.pattern)]), [['refund', 'countersign', ['claude/Read', 'claude/Bash']]]);
  });

  it('a permission file without an agent file stands for an agent of the tool\'s name', () => {
    const settings = '{ "permissions": { "allow": ["Bash(npm test)"] } }';
    const test = 'apiVersion: countersign/v1\nkind: PolicyTest\nspec:\n  cases:\n    - { name: a, request: { agent: claude, action: call, resource: "tool:claude/Bash", args: { command: npm test } }, expect: allow }\n';
    const workspace = workspaceOf(new Map([['.claude/settings.json', settings], ['t.policytest.yaml', test]]));
    assert.deepEqual(workspace.shared(AGENTS).all.map((one) => [one.name, one.format, one.path]), [['claude', 'claude-settings', '.claude/settings.json']]);
    assert.deepEqual(lintAll(workspace).map((finding) => finding.code).filter((code) => !code.startsWith('ownership/')), []);
    workspace.applyChange({ files: [['.claude/settings.local.json', '{ "permissions": { "deny": ["Bash(npm:*)"] } }']] });
    assert.deepEqual(lintAll(workspace).map((finding) => finding.code).filter((code) => !code.startsWith('ownership/')), ['test/failed']);
    workspace.applyChange({ files: [['.claude/settings.json', '{ "env": {} }'], ['.claude/settings.local.json', null]] });
    assert.deepEqual(workspace.shared(AGENTS).all, []);
  });
});
