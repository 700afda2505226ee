// Gemini CLI: tiers, lines of several commands, names of servers' tools, modes, settings, extensions.
import assert from 'node:assert/strict';
import { readForeign } from '../../../server/src/core/formats';
import { commandsGet, decisionOf, signOf } from '../../harness/decide';
import { lintAll, workspaceOf } from '../../harness/workspace';

const policy = (...rules: readonly string[]): string => rules.map((one) => `[[rule]]\n${one.replaceAll('; ', '\n')}\n`).join('\n');
const SHELL = 'tool:gemini/run_shell_command';
const shell = (more: string, decision: string, priority: number): string => `toolName = "run_shell_command"; ${more}${more ? '; ' : ''}decision = "${decision}"; priority = ${priority}`;
const findings = (files: { readonly [path: string]: string }): string[] => lintAll(workspaceOf(new Map(Object.entries(files)))).filter(({ code }) => code.startsWith('format/')).map(({ code, path }) => `${path} ${code}`);
const tools = (files: { readonly [path: string]: string }, expected: { readonly [tool: string]: string }): void => {
  for (const [tool, sign] of Object.entries(expected)) assert.equal(signOf(files, 'gemini', `tool:${tool}`), sign, tool);
};

describe('Gemini', () => {
  it('each command of a line is judged by all rules', () => commandsGet({ 'ci/p.toml': policy(shell('commandPrefix = "git"', 'allow', 200), shell('commandPrefix = "ls"', 'allow', 100), shell('commandPrefix = "rm"', 'deny', 50)) }, 'gemini', SHELL,
    ['+git log', '+git log && ls', '-git log && rm x', '-make; rm x', '?git log && make', '-rm x', "-bash -c 'rm x'", '?git log | tee x', '-echo $(rm x)']));

  it('a question about the whole does not hide a denial of a part', () => commandsGet({ 'ci/p.toml': policy(shell('commandPrefix = "git push"', 'ask_user', 300), shell('commandPrefix = "rm"', 'deny', 100)) }, 'gemini', SHELL, ['?git push', '-git push && rm x']));

  it('what allows every command asks for a redirection, but where it may', () => {
    commandsGet({ 'ci/p.toml': policy(shell('', 'allow', 100)) }, 'gemini', SHELL, ['+make', '?make > log', '+make && ls', '?cat < x']);
    commandsGet({ 'ci/p.toml': policy(`${shell('', 'allow', 100)}; allowRedirection = true`) }, 'gemini', SHELL, ['+make > log']);
  });

  it('patterns are tried on the arguments as JSON', () => {
    commandsGet({ 'ci/p.toml': policy(shell("commandRegex = 'git (log|diff)'", 'allow', 100)) }, 'gemini', SHELL, ['+git log', '+git logs', '?xgit log']);
    commandsGet({ 'ci/p.toml': policy(shell("commandRegex = '^rm'", 'deny', 100)) }, 'gemini', SHELL, ['?rm x']);
    commandsGet({ 'ci/p.toml': policy(shell("commandRegex = 'rm (?=x)'", 'deny', 100)) }, 'gemini', SHELL, ['urm x']);
    commandsGet({ 'ci/p.toml': policy("toolName = \"write_file\"; argsPattern = '\"file_path\":\"src/'; decision = \"allow\"; priority = 1") }, 'gemini', 'tool:gemini/write_file', ['+src/a.ts', '?lib/a.ts'], 'file_path');
  });

  it('names of servers', () => {
    tools({ 'ci/p.toml': policy('mcpName = "docs"; toolName = ["search", "read"]; decision = "allow"; priority = 10', 'mcpName = "*"; decision = "deny"; priority = 5') }, { 'docs/search': '+', 'docs/write': '-', 'mail/send': '-', 'gemini/write_file': '?', 'gemini/glob': '+' });
    tools({ 'ci/p.toml': policy('toolName = "mcp_docs_search"; decision = "allow"; priority = 10', 'toolName = "mcp_mail_*"; decision = "deny"; priority = 10', 'toolName = "old__x"; decision = "allow"; priority = 10') }, { 'docs/search': '+', 'mail/send': '-', 'old/x': '+', 'old/y': '?' });
  });

  it('rules for other modes do not count, and settings say which mode sessions begin in', () => {
    const rules = policy('toolName = "web_fetch"; decision = "allow"; priority = 1; modes = ["autoEdit"]', 'toolName = "save_memory"; decision = "deny"; priority = 1; modes = ["default", "yolo"]');
    tools({ 'ci/p.toml': rules }, { 'gemini/web_fetch': '?', 'gemini/save_memory': '-' });
    tools({ 'ci/p.toml': rules, '.gemini/settings.json': '{ "general": { "defaultApprovalMode": "auto_edit" } }' }, { 'gemini/web_fetch': '+', 'gemini/save_memory': '?', 'gemini/replace': '+' });
    tools({ '.gemini/settings.json': '{ "general": { "defaultApprovalMode": "plan" } }' }, { 'gemini/web_fetch': '-', 'gemini/read_file': '+' });
  });

  it('settings: excluded, core, allowed, servers', () => {
    const files = { '.gemini/settings.json': '{ "tools": { "core": ["ReadFileTool", "run_shell_command", "glob"], "exclude": ["run_shell_command(rm)"], "allowed": ["run_shell_command(git status)"] }, "mcp": { "allowed": ["docs"] }, "mcpServers": { "docs": { "command": "docs", "excludeTools": ["drop"] }, "mail": { "command": "mail" } } }' };
    commandsGet(files, 'gemini', SHELL, ['+git status -s', '-rm x', '?make', '-git status && rm x']);
    tools(files, { 'gemini/read_file': '+', 'gemini/write_file': '-', 'docs/search': '+', 'docs/drop': '-', 'mail/send': '-' });
  });

  it('policies of an extension: their own tier, and nothing that they allow', () => {
    const files = { '.gemini/extensions/x/gemini-extension.json': '{ "name": "x", "version": "1", "excludeTools": ["web_fetch"] }', '.gemini/extensions/x/policies/p.toml': policy(shell('commandPrefix = "git"', 'allow', 900), shell('commandPrefix = "rm"', 'deny', 900)), 'ci/p.toml': policy(shell('commandPrefix = "rm -i"', 'allow', 1)) };
    commandsGet(files, 'gemini', SHELL, ['?git log', '-rm x', '+rm -i x']);
    tools(files, { 'gemini/web_fetch': '-' });
    assert.deepEqual(findings(files), ['.gemini/extensions/x/policies/p.toml format/gemini/extension-allows']);
  });

  it('rules of one agent', () => {
    const files = { '.gemini/agents/a.md': '---\nname: a\ndescription: A.\n---\n', '.gemini/agents/b.md': '---\nname: b\ndescription: B.\n---\n', 'ci/p.toml': policy('toolName = "web_fetch"; subagent = "a"; decision = "deny"; priority = 1') };
    assert.deepEqual(['a', 'b'].map((agent) => signOf(files, agent, 'tool:gemini/web_fetch')), ['-', '?']);
  });

  it('rules are listed in the order in which they are asked', () => {
    const written = readForeign('ci/p.toml', policy(shell('commandPrefix = "a"', 'allow', 1), shell('commandPrefix = "b"', 'deny', 9)))?.permissions?.[0]?.rules.map((rule) => rule.written);
    assert.deepEqual(written, ['deny run_shell_command (b)', 'allow run_shell_command (a)']);
  });

  it('a hook may still stop a call', () => {
    const files = { '.gemini/settings.json': '{ "tools": { "allowed": ["web_fetch"] }, "hooks": { "BeforeTool": [{ "matcher": "web_fetch", "hooks": [{ "type": "command", "command": "./check.sh" }] }] } }' };
    assert.equal(decisionOf(files, 'gemini', 'tool:gemini/web_fetch').warnings.length, 1);
    assert.equal(decisionOf(files, 'gemini', 'tool:gemini/glob').warnings.length, 0);
  });
});
