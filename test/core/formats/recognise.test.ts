// Recognition by path and content, as a table.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formats, mayBeForeign, recogniseFile } from '../../../server/src/core/formats';

const SERVER = '{ "command": "server" }';
const cases: [path: string, text: string, format: string | null][] = [
  ['.vscode/mcp.json', `{ "servers": { "a": ${SERVER} } }`, 'mcp'],
  ['packages/x/.vscode/mcp.json', '{ "servers": {} }', 'mcp'],
  ['.vscode/mcp.json', '', 'mcp'],
  ['.vscode/mcp.json', '{}', 'mcp'],
  ['.vscode/mcp.json', '{ "servers": { "a": { ', 'mcp'],
  ['.vscode/mcp.json', '{ "servers": { "a": { "command": "x", }, }, } // done', 'mcp'],
  ['.vscode/settings.json', '{ "chat.mcp.gallery.enabled": true }', null],
  ['.mcp.json', `{ "mcpServers": { "a": ${SERVER} } }`, 'mcp'],
  ['.mcp.json', '{ "mcpServers": {} }', 'mcp'],
  ['plugins/x/.mcp.json', `{ "a": ${SERVER}, "b": { "type": "http", "url": "https://mcp.example.com" } }`, 'mcp'],
  ['.mcp.json', '{ "version": 1, "things": [] }', null],
  ['.mcp.json', '', null],
  ['mcp.json', `{ "mcpServers": { "a": ${SERVER} } }`, 'mcp'],
  ['mcp.json', `{ "a": ${SERVER} }`, null],
  ['mcp.json', '{ "mcp": [], "other": { "x": "y" } }', null],
  ['.cursor/mcp.json', `{ "mcpServers": { "a": { "url": "https://mcp.example.com" } } }`, 'mcp'],
  ['src/.well-known/mcp.json', '{ "name": "X", "url": "https://mcp.example.com", "tools": [] }', null],
  ['components/mcps/x.json', `{ "mcpServers": { "a": ${SERVER} } }`, 'mcp'],
  ['components/mcps/package.json', `{ "mcpServers": { "a": ${SERVER} } }`, null],
  ['components/other/x.json', `{ "mcpServers": { "a": ${SERVER} } }`, null],
  ['mcp/openapi.json', '{ "servers": [{ "url": "https://example.com" }] }', null],
  ['mcp/asyncapi.json', '{ "servers": { "production": { "host": "example.com" } } }', null],
  ['mcp/mcp.json', 'not json', null],
  ['agents/a.agent.md', '---\ndescription: d\n---\n', 'vscode-agent'],
  ['agents/a.agent.md', 'no frontmatter', 'vscode-agent'],
  ['a.agent.md', '', 'vscode-agent'],
  ['.github/chatmodes/a.chatmode.md', '---\ndescription: d\n---\n', 'vscode-agent'],
  ['.github/agents/a.md', '---\ndescription: d\n---\n', 'vscode-agent'],
  ['.github/agents/team/a.md', "---\ntools: ['read']\n---\n", 'vscode-agent'],
  ['.github/agents/README.md', '# The agents\n', null],
  ['.github/agents/a.md', '---\ntitle: A page\n---\n', null],
  ['.github/agents/a.instructions.md', '---\ndescription: d\napplyTo: "**"\n---\n', null],
  ['.github/agents/a.md', '---\ndescription: d\napplyTo: "**"\n---\n', null],
  ['.github/prompts/a.prompt.md', '---\ndescription: d\n---\n', 'vscode-agent'],
  ['.github/prompts/a.prompt.md', 'Do it.', null],
  ['.vscode/settings.json', '{ "chat.tools.global.autoApprove": true }', 'vscode-agent'],
  ['.vscode/settings.json', '{ "editor.fontSize": 14 }', null],
  ['.github/hooks/a.json', '{ "hooks": { "PreToolUse": [] } }', 'copilot-hooks'],
  ['hooks/a.json', '{ "hooks": { "PreToolUse": [{ "matcher": "Bash", "hooks": [] }] } }', null],
  ['src/hooks/use.json', '{ "name": "hooks" }', null],
  ['.github/workflows/a.md', '---\ndescription: d\non: push\n---\n', null],
  ['.claude/agents/a.md', '---\nname: a\ndescription: d\n---\n', 'claude-agent'],
  ['.claude/agents/team/a.md', '---\ndescription: d\n---\n', 'claude-agent'],
  ['.claude/agents/README.md', '---\nname: a\ndescription: d\n---\n', null],
  ['.claude/agents/notes.md', '# Notes\n', null],
  ['.claude/agents/a.md', '---\nname: a\ndescription: d\nkind: local\n---\n', null],
  ['plugins/p/agents/a.md', '---\nname: a\ndescription: d\ntools: Read\n---\n', 'claude-agent'],
  ['.claude/settings.json', '{}', 'claude-settings'],
  ['tools/.claude/settings.local.json', '{ "permissions": {} }', 'claude-settings'],
  ['.vscode/managed-settings.json', '{ "theme": "dark" }', null],
  ['managed-settings.json', '{ "permissions": {} }', 'claude-settings'],
  ['.cursor/agents/a.md', '---\nname: a\ndescription: d\n---\n', null],
  ['agents/a.md', '---\nname: a\ndescription: d\n---\n', null],
  ['agents/a.agent.yaml', 'apiVersion: countersign/v1', null],
];

describe('recognition of foreign files', () => {
  for (const [path, text, format] of cases) {
    it(`${path} ${JSON.stringify(text.slice(0, 50))} is ${format ?? 'left alone'}`, () => {
      assert.equal(recogniseFile(path, text)?.id ?? null, format);
      if (format) assert.ok(mayBeForeign(path));
    });
  }

  it('as many formats of agents are promised as there are', () => {
    const promised = ['package.json', 'client/webview/simulator.ts'].map((file) => /agent files of (\d+) formats/.exec(readFileSync(file, 'utf8'))?.[1]);
    // two say whose files are, and nothing of agents
    const count = String(formats.filter(({ id }) => id !== 'codeowners' && id !== 'backstage').length);
    assert.deepEqual(promised, [count, count]);
  });

  it('does not read a file whose path decides', () => {
    const never = (): string => assert.fail('was read');
    assert.equal(recogniseFile('src/main.ts', never), null);
    assert.equal(recogniseFile('README.md', never), null);
    assert.equal(recogniseFile('package.json', never), null);
    assert.equal(recogniseFile('a.agent.md', never)?.id, 'vscode-agent');
  });
});
