// Codex: what an administrator requires, servers and their tools, agents with files of their own, and what is known to be safe.
import assert from 'node:assert/strict';
import { readForeign } from '../../../server/src/core/formats';
import { AGENTS } from '../../../server/src/core/workspace';
import { commandsGet, signOf } from '../../harness/decide';
import { lintAll, workspaceOf } from '../../harness/workspace';

const rule = (pattern: string, decision?: string): string => `prefix_rule(pattern = ${pattern}${decision ? `, decision = "${decision}"` : ''})\n`;
const SHELL = 'tool:codex/shell';
const findings = (files: { readonly [path: string]: string }): string[] => lintAll(workspaceOf(new Map(Object.entries(files)))).filter(({ code }) => code.startsWith('format/')).map(({ code, path }) => `${path} ${code}`);

describe('Codex', () => {
  it('a rule without a decision allows', () => commandsGet({ '.codex/rules/a.rules': rule('["make"]') }, 'codex', SHELL, ['+make all', 'umake | tee x']));

  it('the strictest of all files', () => commandsGet({ '.codex/rules/a.rules': rule('["git"]', 'allow'), '.codex/rules/b.rules': rule('["git", "push"]', 'prompt') + rule('["git", "push", "--force"]', 'forbidden') }, 'codex', SHELL,
    ['+git log', '?git push', '-git push --force', '?git push origin --force', '+git log && git diff']));

  it('rules of several files allow a line together', () => commandsGet({ '.codex/rules/a.rules': rule('["npm", "test"]', 'allow'), '.codex/rules/b.rules': rule('["node"]', 'allow') }, 'codex', SHELL, ['+npm test && node x.js', 'unpm test && curl x']));

  it('where nobody is asked, what would be asked for is refused', () => commandsGet({ '.codex/config.toml': 'approval_policy = "never"\n', '.codex/rules/a.rules': rule('["git", "push"]', 'prompt') }, 'codex', SHELL, ['-git push', '+ls -la', 'umake']));

  it('commands that are known to be safe run', () => commandsGet({ '.codex/config.toml': 'approval_policy = "untrusted"\n' }, 'codex', SHELL, ['+ls -la', '+cat a | grep b', '?ls > x', '?make', 'ufind . -name x', '?ls $(make)']));

  it('requirements forbid whatever the project allows', () => commandsGet({
    'managed/requirements.toml': '[rules]\nprefix_rules = [{ pattern = [{ token = "git" }, { any_of = ["push", "fetch"] }], decision = "forbidden" }, { pattern = [{ token = "rm" }], decision = "prompt" }]\n',
    '.codex/rules/a.rules': rule('["git"]', 'allow') + rule('["rm"]', 'allow'),
  }, 'codex', SHELL, ['-git push', '-git fetch', '+git log', '?rm x']));

  it('requirements choose where the project may not', () => {
    const files = { 'managed/requirements.toml': 'allowed_approval_policies = ["untrusted", "on-request"]\nallowed_sandbox_modes = ["read-only"]\n', '.codex/config.toml': 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n' };
    commandsGet(files, 'codex', SHELL, ['?make', '+ls']);
  });

  it('what the requirements do not allow is found in the project', () => {
    const config = 'approval_policy = "never"\nsandbox_mode = "workspace-write"\n';
    assert.deepEqual(findings({ 'requirements.toml': 'allowed_approval_policies = ["on-request"]\n', '.codex/config.toml': config }), ['.codex/config.toml format/codex/not-allowed-here']);
    assert.deepEqual(findings({ 'ops/codex/requirements.toml': 'allowed_sandbox_modes = ["read-only"]\n', 'a/.codex/config.toml': config }), ['a/.codex/config.toml format/codex/not-allowed-here']);
    assert.deepEqual(findings({ 'requirements.toml': 'allowed_approval_policies = ["never"]\n', '.codex/config.toml': config }), []);
    assert.deepEqual(findings({ '.codex/config.toml': config }), []);
  });

  it('requirements in a project are not read', () => {
    const files = { '.codex/requirements.toml': '[rules]\nprefix_rules = [{ pattern = [{ token = "rm" }], decision = "forbidden" }]\n', '.codex/config.toml': 'approval_policy = "untrusted"\n' };
    assert.deepEqual(findings(files), ['.codex/requirements.toml format/codex/requirements-not-read']);
    commandsGet(files, 'codex', SHELL, ['?rm x']);
  });

  it('a file that only shares the name is left alone', () => {
    assert.equal(readForeign('requirements.toml', '[project]\nname = "x"\ndependencies = ["a"]\n'), null);
    assert.equal(readForeign('.codex/agents/notes.toml', 'title = "x"\n'), null);
  });

  it('tools of servers: off, only some, without some, by their mode', () => {
    const files = { '.codex/config.toml': `[mcp_servers.docs]
command = "docs"
enabled_tools = ["search", "read"]

[mcp_servers.mail]
command = "mail"
disabled_tools = ["send"]
default_tools_approval_mode = "prompt"

[mcp_servers.mail.tools.list]
approval_mode = "approve"

[mcp_servers.old]
command = "old"
enabled = false
` };
    const tools = { 'docs/search': 'u', 'docs/write': '-', 'mail/send': '-', 'mail/list': '+', 'mail/read': '?', 'old/x': '-' };
    for (const [tool, sign] of Object.entries(tools)) assert.equal(signOf(files, 'codex', `tool:${tool}`), sign, tool);
  });

  it('an allow-list of servers compares what they run', () => {
    const files = {
      'managed/requirements.toml': '[mcp_servers.docs]\nidentity = { command = "docs-server" }\n[mcp_servers.mail]\nidentity = { url = "https://mail.example.com/mcp" }\n',
      '.codex/config.toml': '[mcp_servers.docs]\ncommand = "evil"\n[mcp_servers.mail]\nurl = "https://mail.example.com/mcp"\n[mcp_servers.other]\ncommand = "x"\n',
    };
    for (const [tool, sign] of Object.entries({ 'docs/a': '-', 'mail/a': 'u', 'other/a': '-', 'codex/view_image': 'u' })) assert.equal(signOf(files, 'codex', `tool:${tool}`), sign, tool);
  });

  it('agents of the configuration and of files of their own', () => {
    const agents = workspaceOf(new Map([
      ['.codex/config.toml', 'model = "gpt-5"\nsandbox_mode = "read-only"\n[agents.review]\ndescription = "Reviews."\nconfig_file = "./agents/review.toml"\n[agents.fix]\ndescription = "Fixes."\nconfig_file = "fix.toml"\n'],
      ['.codex/agents/review.toml', 'name = "review"\ndescription = "Looks."\ndeveloper_instructions = "Look."\nmodel = "gpt-5-mini"\n'],
      ['.codex/fix.toml', 'model = "gpt-5-codex"\nsandbox_mode = "workspace-write"\n'],
    ])).shared(AGENTS).all;
    assert.deepEqual(agents.map(({ id, path, models }) => [id, path, models[0]?.id]), [['review', '.codex/agents/review.toml', 'gpt-5-mini'], ['fix', '.codex/config.toml', 'gpt-5-codex']]);
  });
});
