// What VS Code and Copilot keep beside their agents: approvals of commands, hooks, prompt files; and servers of the registry.
import assert from 'node:assert/strict';
import { readForeign } from '../../../server/src/core/formats';
import { parseRequest } from '../../../server/src/core/model';
import { ENGINE } from '../../../server/src/core/policy';
import { NOW, workspaceOf } from '../../harness/workspace';

const AGENT = "---\ndescription: d\ntools: ['execute', 'search']\n---\n";

function decide(settings: object, command: string, resource = 'tool:vscode/execute/runInTerminal'): string {
  const workspace = workspaceOf(new Map([['.vscode/settings.json', JSON.stringify(settings)], ['.github/agents/a.agent.md', AGENT]]));
  const parsed = parseRequest({ agent: 'a', action: 'call', resource, args: { command } });
  assert.ok('request' in parsed);
  return workspace.shared(ENGINE).decide(parsed.request, { at: NOW }).effect;
}

const terminal = (rules: object, more: object = {}): object => ({ 'chat.tools.terminal.autoApprove': rules, ...more });

describe('approvals of VS Code', () => {
  it('every command of a line must be approved; false asks and never blocks', () => {
    const rules = terminal({ 'npm test': true, git: true, 'git push': false, '/^make (all|test)$/': true, rm: false });
    assert.deepEqual(['npm test', 'npm test -- x', 'npm testing', 'npm test && git add .', 'npm test && curl x', 'git push', 'git add . && git push', 'make all', 'make clean', 'rm x', 'ls -la', 'npm test > out.txt'].map((command) => decide(rules, command)),
      ['allow', 'allow', 'require_approval', 'allow', 'require_approval', 'require_approval', 'require_approval', 'allow', 'require_approval', 'require_approval', 'allow', 'require_approval']);
  });
  it('an entry may be about the whole line', () => assert.deepEqual(['a && b', 'a'].map((command) => decide(terminal({ '/^a && b$/': { approve: true, matchCommandLine: true } }), command)), ['allow', 'require_approval']));
  it('the rules that come with the editor can be left out, and all approval switched off', () => {
    assert.equal(decide(terminal({ x: true }, { 'chat.tools.terminal.ignoreDefaultAutoApproveRules': true }), 'ls'), 'require_approval');
    assert.equal(decide(terminal({ x: true }, { 'chat.tools.terminal.enableAutoApprove': false }), 'x'), 'require_approval');
  });
  it('everything can be approved', () => assert.deepEqual([decide({ 'chat.tools.global.autoApprove': true }, 'curl x'), decide({ 'chat.tools.global.autoApprove': true }, '', 'tool:vscode/search/codebase')], ['allow', 'allow']));
  it('without a word of it nothing is governed', () => assert.equal(decide({ 'editor.fontSize': 12 }, 'npm test'), 'deny'));
  it('settings that say nothing of agents are left alone', () => assert.equal(readForeign('.vscode/settings.json', '{ "files.exclude": {} }'), null));
});

describe('hooks and prompt files', () => {
  it('both dialects are read', () => {
    for (const text of ['{ "hooks": { "PreToolUse": [{ "type": "command", "command": "./x.sh" }] } }', '{ "version": 1, "hooks": { "preToolUse": [{ "type": "command", "bash": "./x.sh", "powershell": "./x.ps1" }] } }']) {
      assert.deepEqual(readForeign('.github/hooks/x.json', text)?.problems, []);
    }
  });
  it('a prompt file is no agent', () => {
    const file = readForeign('.github/prompts/x.prompt.md', "---\ndescription: d\nagent: agent\ntools: ['edit']\n---\nDo it.\n");
    assert.deepEqual([file?.format, file?.agents, file?.problems], ['vscode-agent', [], []]);
  });
});

describe('servers of the registry', () => {
  const text = '{ "name": "io.github.acme/tickets", "description": "Tickets.", "version": "1.2.0", "packages": [{ "registryType": "npm", "identifier": "@acme/tickets", "version": "1.2.0", "transport": { "type": "stdio" } }] }';
  it('are read by their packages', () => {
    const server = readForeign('server.json', text)?.servers[0];
    assert.deepEqual([server?.name, server?.transport, server?.package?.name, server?.package?.pinned], ['io.github.acme/tickets', 'stdio', '@acme/tickets', true]);
  });
  it('by their addresses, which are checked like others', () => {
    const file = readForeign('server.json', '{ "name": "com.acme/docs", "remotes": [{ "type": "streamable-http", "url": "http://mcp.acme-docs.net/mcp" }] }');
    assert.deepEqual([file?.servers[0]?.url?.value, file?.problems.map((problem) => problem.code)], ['http://mcp.acme-docs.net/mcp', ['format/mcp/plain-http']]);
  });
  it('another server.json is left alone', () => assert.equal(readForeign('server.json', '{ "name": "web", "port": 8080 }'), null));
});
