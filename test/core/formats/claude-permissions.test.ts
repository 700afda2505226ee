// What Claude Code's permissions decide: the rules of its documentation, one call a line.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitCommands } from '../../../server/src/core/formats/shell';
import { pathPattern, requestPath } from '../../../server/src/core/formats/claude-settings/path-pattern';
import { parseRequest, type Decision } from '../../../server/src/core/model';
import { ENGINE, engineOfSource } from '../../../server/src/core/policy';
import type { Workspace } from '../../../server/src/core/workspace';
import { NOW, lintAll, workspaceOf } from '../../harness/workspace';

interface Rules {
  readonly allow?: readonly string[];
  readonly ask?: readonly string[];
  readonly deny?: readonly string[];
  readonly [key: string]: unknown;
}

const settings = (permissions: Rules, more: object = {}): string => JSON.stringify({ permissions, ...more });
const open = (files: { readonly [path: string]: string }): Workspace => workspaceOf(new Map(Object.entries(files)));

function decideIn(workspace: Workspace, agent: string, resource: string, args: object = {}): Decision {
  const engine = workspace.shared(ENGINE);
  const parsed = parseRequest({ agent, action: resource.startsWith('agent:') ? 'delegate' : 'call', resource, ...(Object.keys(args).length > 0 ? { args } : {}) } as never);
  assert.ok('request' in parsed);
  const prepared = engine.prepare(parsed.request, { at: NOW });
  const decision = engine.decidePrepared(prepared);
  assert.equal(engine.effect(prepared), decision.effect, 'the fast path says the same');
  return decision;
}

const decide = (rules: Rules, resource: string, args: object = {}): Decision => decideIn(open({ '.claude/settings.json': settings(rules) }), 'claude', resource, args);
const run = (rules: Rules, command: string): string => decide(rules, 'tool:claude/Bash', { command }).effect;

/** `+` allow, `?` ask, `-` deny */
const SIGNS: { readonly [effect: string]: string } = { allow: '+', require_approval: '?', deny: '-', unknown: 'u' };

/** Rules, and the commands with the sign that each must get. */
const COMMANDS: readonly (readonly [string, Rules, readonly string[]])[] = [
  ['an exact command', { allow: ['Bash(npm run build)'] }, ['+npm run build', '?npm run build --watch']],
  ['a wildcard behind a blank stands for nothing too, and keeps the word', { allow: ['Bash(make *)'] }, ['+make', '+make all -j 4', '?makefile']],
  ['a wildcard without a blank does not', { allow: ['Bash(mak*)'] }, ['+make', '+makefile x', '?ma']],
  ['`:*` is the same at the end', { allow: ['Bash(npm run test:*)'] }, ['+npm run test', '+npm run test --watch', '?npm run tests']],
  ['and text elsewhere', { deny: ['Bash(git:* push)'] }, ['?git push', '?git x push']],
  ['a wildcard anywhere', { allow: ['Bash(npm * --dry-run)', 'Bash(* --version)'] }, ['+npm publish --dry-run', '+node --version', '?npm --dry-run', '?node -v']],
  ['the only wildcard alone stands for nothing', { allow: ['Bash(* --help *)'] }, ['+npm --help x', '?npm --help']],
  ['the whole tool, in two spellings', { allow: ['Bash'] }, ['+anything at all', '+a && b']],
  ['the same', { allow: ['Bash(*)'] }, ['+anything at all']],
  ['each part of a line must be allowed', { allow: ['Bash(npm test:*)', 'Bash(git add:*)'] }, ['+npm test && git add .', '?npm test && curl x', '?npm test; rm x', '?npm test | tee x', '?npm test |& tee x', '?npm test & tee x', '?npm test\ncurl x', '+npm test || git add .']],
  ['reading parts need no rule', { allow: ['Bash(npm test)'] }, ['+npm test && ls -la', '+git status && npm test']],
  ['a line that ends in an operator is not taken apart', { allow: ['Bash(npm *)'] }, ['?npm test &&', '?npm test ||']],
  ['wrappers are taken off', { allow: ['Bash(npm test:*)'] }, ['+timeout 30 npm test', '+timeout -k 5 30 npm test', '+time npm test', '+nice -n 5 npm test', '+nohup npm test', '+stdbuf -oL npm test', '+command npm test', '+builtin npm test', '+noglob npm test', '?npx npm test', '?docker exec c npm test', '?devbox run npm test', '?nocorrect npm test', '?command -v npm test']],
  ['xargs without flags too', { allow: ['Bash(prettier:*)'] }, ['+ls | xargs prettier -w', '?ls | xargs -n1 prettier -w']],
  ['assignments that change nothing', { allow: ['Bash(npm test:*)'] }, ['+NODE_ENV=test npm test', '?FOO=bar npm test', '?LD_PRELOAD=x npm test']],
  ['a restriction looks past every assignment', { ask: ['Bash(npm publish:*)'], deny: ['Bash(rm:*)'] }, ['-FOO=bar rm -rf tmp/', '-FOO=1 BAR=2 timeout 3 rm x', '?X=1 npm publish', '-ls && rm x', '-echo $(rm x)', '-echo `rm x`', '-(cd a; rm x)', '-diff <(rm x) y', '-if true; then rm x; fi']],
  ['what runs other programs needs its exact rule', { allow: ['Bash(watch:*)', 'Bash(find:*)', 'Bash(setsid *)', 'Bash(flock *)', 'Bash(ionice *)'] }, ['?watch ls', '?find . -exec rm {} ;', '?find . -delete', '?setsid x', '?flock a b', '?ionice x', '+find . -name x']],
  ['and has it', { allow: ['Bash(watch ls)', 'Bash(find . -delete)'] }, ['+watch ls', '+find . -delete']],
  ['what is written to is an edit', { allow: ['Bash(npm test:*)', 'Edit(out/**)'], deny: ['Edit(secret/**)'] }, ['+npm test > out/log.txt', '+npm test >> out/log.txt 2>&1', '?npm test > log.txt', '+npm test > /dev/null', '?npm test > ~/log', '?npm test > out/*.txt', '-npm test > secret/x', '-npm test 2> secret/x', '+npm test 2>&1']],
  ['commands that only read run', {}, ['+ls', '+cat a.txt', '+git status', '+git log --oneline', '+git diff HEAD', '+grep -r x src', '+find . -name x', '+head -5 a | wc -l', '+pwd', '+cd src && ls', '?find . -delete', '?find *.ts', '?git push', '?git branch x', '+git branch', '?git commit -m x', '?ls > out.txt', '?cd .. && ls', '?cd src && git status', '?sort -o a b', '?curl x', '?npm test', '?echo $(curl x)']],
  ['vital removals are asked about whatever the rules', { allow: ['Bash', 'Bash(rm:*)'] }, ['?rm -rf /', '?rm -rf ~', '?rm -rf /usr', '?rm -rf "$DIR"/*', '?rm -rf $DIR/', '?echo $(rm -rf ~)', '?(rm -rf /)', '?rmdir /etc', '+rm -rf "${DIR:?}"/*', '+rm -rf node_modules', '+rm -rf /tmp/x', '?rm -rf ..', '?rm -rf .', '?rm -rf $HOME']],
];

describe('permissions of Claude Code', () => {
  for (const [name, rules, commands] of COMMANDS) {
    it(name, () => assert.deepEqual(commands.map((line) => `${SIGNS[run(rules, line.slice(1))] ?? ''}${line.slice(1)}`), [...commands]));
  }

  it('deny before ask before allow, whatever is more special', () => {
    const rules = { allow: ['Bash(git push origin main)', 'Bash(git:*)'], ask: ['Bash(git push:*)'], deny: ['Bash(git push --force:*)'] };
    assert.deepEqual(['git push origin main', 'git push --force origin main', 'git commit'].map((command) => run(rules, command)), ['require_approval', 'deny', 'allow']);
    const decision = decide(rules, 'tool:claude/Bash', { command: 'git push origin main' });
    assert.deepEqual([decision.cause, decision.rules.map((rule) => rule.id), decision.approvals.map((approval) => approval.from)], ['rule', ['claude-settings/Bash(git push:*)'], [['user']]]);
    assert.deepEqual(decision.rules.map(({ file }) => file), ['.claude/settings.json']);
  });

  it('paths: anchors, depth, and the tools that a rule is for', () => {
    const at = (rules: Rules, tool: string, file: string): string => SIGNS[decide(rules, `tool:claude/${tool}`, { [tool === 'NotebookEdit' ? 'notebook_path' : tool === 'Grep' ? 'path' : 'file_path']: file }).effect] ?? '';
    const each = (rules: Rules, tool: string, files: readonly string[]): string => files.map((file) => at(rules, tool, file)).join('');
    // reads of the working directory run, edits are asked about
    assert.equal(each({}, 'Read', ['a.ts', 'src/a.ts', '../a.ts', '/etc/passwd', '~/.ssh/id']), '++???');
    assert.equal(each({}, 'Edit', ['a.ts', '/etc/passwd']), '??');
    assert.equal(each({ deny: ['Read(.env)'] }, 'Read', ['.env', 'packages/a/.env', '.env.local']), '--+');
    assert.equal(each({ deny: ['Read(./.env)'] }, 'Edit', ['.env']), '-');
    assert.equal(each({ deny: ['Read(./.env)'] }, 'Write', ['.env']), '-');
    assert.equal(each({ deny: ['Read(./.env)'] }, 'NotebookEdit', ['.env']), '?');
    assert.equal(each({ deny: ['Read(./.env)'] }, 'Grep', ['.env']), '-');
    assert.equal(each({ allow: ['Edit(src/**)'] }, 'Edit', ['src/a.ts', 'vendor/pkg/src/lib.js']), '+?');
    assert.equal(each({ allow: ['Edit(src/**)'] }, 'Write', ['src/a.ts']), '+');
    assert.equal(each({ deny: ['Edit(src/**)'] }, 'Edit', ['src/a.ts', 'vendor/pkg/src/lib.js']), '--');
    assert.equal(each({ deny: ['Edit(/src/**)'] }, 'Edit', ['src/a.ts', 'vendor/pkg/src/lib.js']), '-?');
    assert.equal(each({ allow: ['Edit(**/src/**)'] }, 'Edit', ['src/a.ts', 'vendor/pkg/src/lib.js']), '++');
    assert.equal(each({ allow: ['Edit(/docs/*.md)'] }, 'Edit', ['docs/a.md', 'docs/b/a.md', 'a/docs/a.md']), '+??');
    assert.equal(each({ deny: ['Read(//etc/**)'] }, 'Read', ['/etc/passwd', '/etc/ssl/x', 'etc/passwd']), '--+');
    assert.equal(each({ deny: ['Read(/etc/passwd)'] }, 'Read', ['/etc/passwd', 'etc/passwd']), '?-');
    assert.equal(each({ deny: ['Read(~/.ssh/**)'] }, 'Read', ['~/.ssh/id_rsa', '/home/kim/.ssh/id_rsa', '.ssh/x']), '--+');
    assert.equal(each({ deny: ['Read(//**/.env)'] }, 'Read', ['/srv/x/.env', 'a/.env']), '--');
    // an edit that is allowed may be read, but files that decide what runs later are never approved by a rule
    assert.equal(each({ allow: ['Edit(~/notes/**)'] }, 'Read', ['~/notes/a.md']), '+');
    assert.equal(each({ allow: ['Edit(**)'] }, 'Edit', ['a.ts', '.git/config', '.vscode/settings.json', '.claude/settings.json', '.bashrc', '.claude/worktrees/a/b.ts']), '+????+');
    // path rules for these tools are never looked at
    assert.equal(each({ allow: ['Write(src/**)', 'MultiEdit(src/**)', 'NotebookEdit(src/**)'] }, 'Write', ['src/a.ts']), '?');
    assert.equal(each({ deny: ['Glob(src/**)'] }, 'Read', ['src/a.ts']), '+');
    // where the working directory is, is not known: a path from the root may lie in it
    assert.equal(each({ deny: ['Read(./secrets/**)'] }, 'Read', ['/home/kim/repo/secrets/key']), 'u');
  });

  it('hosts', () => {
    const at = (rules: Rules, url: string): string => SIGNS[decide(rules, 'tool:claude/WebFetch', { url }).effect] ?? '';
    const rules = { allow: ['WebFetch(domain:example.com)', 'WebFetch(domain:*.example.org)', 'WebFetch(domain:docs.*)'] };
    assert.deepEqual(['https://example.com/a', 'https://EXAMPLE.com./', 'https://api.example.com', 'https://a.b.example.org', 'https://example.org', 'https://docs.org', 'https://docs.evil.com', 'https://example.com.evil.net', 'https://evil.net/?u=example.com', 'https://user@example.com:8080/x'].map((url) => at(rules, url)), ['+', '+', '?', '+', '?', '+', '?', '?', '?', '+']);
    assert.equal(at({ deny: ['WebFetch'] }, 'https://example.com'), '-');
  });

  it('tools of servers', () => {
    const at = (rules: Rules, tool: string): string => SIGNS[decide(rules, `tool:${tool}`).effect] ?? '';
    assert.deepEqual(['github/get_issue', 'github/create', 'sentry/find'].map((tool) => at({ allow: ['mcp__github__get_*', 'mcp__sentry'] }, tool)), ['+', '?', '+']);
    assert.equal(at({ allow: ['mcp__github__*'] }, 'github/create'), '+');
    // an `allow` with a wildcard before the server is skipped, `deny` and `ask` may have one
    assert.deepEqual([at({ allow: ['mcp__*'] }, 'github/x'), at({ allow: ['*'] }, 'github/x'), at({ allow: ['mcp__git*__x'] }, 'github/x')], ['?', '?', '?']);
    assert.deepEqual([at({ deny: ['mcp__*'] }, 'github/x'), at({ deny: ['mcp__git*__x'] }, 'github/x'), at({ deny: ['*'] }, 'claude/TodoWrite'), at({ deny: ['mcp__*'] }, 'claude/TodoWrite')], ['-', '-', '-', '+']);
    assert.equal(at({ deny: ['mcp__github__delete(x)'] }, 'github/delete'), '?');
  });

  it('servers that are shut out, or not let in', () => {
    const at = (more: object, tool: string): string => SIGNS[decideIn(open({ '.claude/settings.json': settings({ allow: ['mcp__github', 'mcp__crm'] }, more) }), 'claude', `tool:${tool}`).effect] ?? '';
    assert.deepEqual([at({}, 'github/x'), at({ disabledMcpjsonServers: ['github'] }, 'github/x'), at({ deniedMcpServers: [{ serverName: 'github' }] }, 'github/x'), at({ deniedMcpServers: [{ serverName: 'github' }] }, 'crm/x')], ['+', '-', '-', '+']);
    assert.deepEqual([at({ allowedMcpServers: [] }, 'github/x'), at({ allowedMcpServers: [{ serverName: 'crm' }] }, 'github/x'), at({ allowedMcpServers: [{ serverName: 'crm' }] }, 'crm/x'), at({ allowedMcpServers: [] }, 'claude/TodoWrite')], ['-', '-', '+', '+']);
    assert.equal(at({ allowedMcpServers: [{ serverUrl: 'https://*.acme.com/*' }] }, 'github/x'), 'u');
  });

  it('agents, skills and parameters', () => {
    const at = (rules: Rules, tool: string, args: object): string => SIGNS[decide(rules, `tool:claude/${tool}`, args).effect] ?? '';
    assert.equal(at({ deny: ['Agent(Explore)'] }, 'Agent', { subagent_type: 'Explore' }), '-');
    assert.equal(at({ deny: ['Task(Explore)'] }, 'Agent', { subagent_type: 'Plan' }), '+');
    assert.equal(decide({ deny: ['Agent(Explore)'] }, 'agent:Explore').effect, 'deny');
    assert.deepEqual([at({ ask: ['Agent(model:opus)'] }, 'Agent', { model: 'opus' }), at({ ask: ['Agent(model : o*)'] }, 'Agent', { model: 'opus' }), at({ ask: ['Agent(model:*)'] }, 'Agent', { subagent_type: 'x' })], ['?', '?', '+']);
    assert.deepEqual([at({ deny: ['Bash(run_in_background:true)'] }, 'Bash', { command: 'ls', run_in_background: true }), at({ deny: ['Bash(run_in_background:true)'] }, 'Bash', { command: 'ls' })], ['-', '+']);
    assert.equal(at({ deny: ['Bash(command:ls *)'] }, 'Bash', { command: 'ls -la' }), '+');
    assert.deepEqual([at({ allow: ['Skill(review:*)'] }, 'Skill', { skill: 'review' }), at({ allow: ['Skill(commit)'] }, 'Skill', { skill: 'review' })], ['+', '?']);
  });

  it('a missing argument never widens', () => {
    assert.equal(decide({ allow: ['Bash(npm test)'] }, 'tool:claude/Bash').effect, 'require_approval');
    assert.equal(decide({ allow: ['Bash'], deny: ['Bash(rm:*)'] }, 'tool:claude/Bash').effect, 'deny');
    assert.equal(decide({ deny: ['Read(./.env)'] }, 'tool:claude/Read').effect, 'deny');
  });

  it('modes', () => {
    const at = (mode: string, resource: string, args: object, more: Rules = {}): string => SIGNS[decide({ defaultMode: mode, ...more }, resource, args).effect] ?? '';
    const shell = (mode: string, command: string, more: Rules = {}): string => at(mode, 'tool:claude/Bash', { command }, more);
    const edit = (mode: string, file: string): string => at(mode, 'tool:claude/Edit', { file_path: file });
    assert.deepEqual(['default', 'manual', 'plan', 'acceptEdits', 'dontAsk', 'bypassPermissions', 'auto'].map((mode) => shell(mode, 'npm test') + shell(mode, 'ls') + edit(mode, 'a.ts')), ['?+?', '?+?', '?+?', '?++', '-+-', '+++', '?+?']);
    assert.deepEqual(['mkdir a', 'mv a b', 'rm a', 'rm ../a', 'sed -i s/a/b/ c', 'cp a /etc/b', 'touch .git/x', 'npm test'].map((command) => shell('acceptEdits', command)), ['+', '+', '+', '?', '+', '?', '?', '?']);
    assert.deepEqual([edit('acceptEdits', '.git/config'), edit('acceptEdits', '../x'), edit('bypassPermissions', '.git/config')], ['?', '?', '+']);
    // rules hold in every mode, and nobody is asked in `dontAsk`
    assert.deepEqual([shell('bypassPermissions', 'rm x', { deny: ['Bash(rm:*)'] }), shell('bypassPermissions', 'rm x', { ask: ['Bash(rm:*)'] }), shell('dontAsk', 'rm x', { ask: ['Bash(rm:*)'] }), shell('dontAsk', 'rm x', { allow: ['Bash(rm:*)'] })], ['-', '?', '-', '+']);
    assert.deepEqual([shell('bypassPermissions', 'rm -rf ~'), shell('dontAsk', 'rm -rf ~', { allow: ['Bash(rm:*)'] }), shell('default', 'rm -rf ~', { allow: ['Bash(rm:*)'] })], ['?', '-', '?']);
    assert.equal(shell('bypassPermissions', 'npm test', { disableBypassPermissionsMode: 'disable' }), '?');
    // a word that is no mode is none
    assert.equal(shell('allowEdits', 'npm test'), '?');
  });

  it('a sandbox approves commands, and a question about all of them does not count', () => {
    const at = (rules: Rules, command: string): string => SIGNS[decideIn(open({ '.claude/settings.json': settings(rules, { sandbox: { enabled: true } }) }), 'claude', 'tool:claude/Bash', { command }).effect] ?? '';
    assert.deepEqual([at({ ask: ['Bash'] }, 'npm test'), at({ ask: ['Bash(npm:*)'] }, 'npm test'), at({ deny: ['Bash(npm:*)'] }, 'npm test'), at({}, 'rm -rf /')], ['+', '?', '-', '?']);
  });

  it('what runs outside of the sandbox is not approved by it, and the strongest file that speaks of it counts', () => {
    const at = (sandbox: object, command: string, rules: Rules = {}, args: object = {}): string => SIGNS[decideIn(open({ '.claude/settings.json': settings(rules, { sandbox }) }), 'claude', 'tool:claude/Bash', { command, ...args }).effect] ?? '';
    const sandbox = { enabled: true, excludedCommands: ['docker', 'git push:*'] };
    assert.deepEqual(['npm test', 'docker ps', 'docker', 'npm test && docker ps', 'git push', 'git status', 'for i in a; do x; done'].map((command) => at(sandbox, command)), ['+', '?', '?', '?', '?', '+', '?']);
    assert.deepEqual([at({ enabled: true }, 'npm test', {}, { dangerouslyDisableSandbox: true }), at({ enabled: true, autoAllowBashIfSandboxed: false }, 'npm test'), at({ enabled: false }, 'npm test')], ['?', '?', '?']);
    // a question about all commands stays one for those outside
    assert.deepEqual([at(sandbox, 'docker ps', { ask: ['Bash'], allow: ['Bash(docker:*)'] }), at({ enabled: true }, 'npm test', { ask: ['Bash'], allow: ['Bash(npm:*)'] }, { dangerouslyDisableSandbox: true })], ['?', '?']);
    const two = (project: object, local: object): string => SIGNS[decideIn(open({ '.claude/settings.json': settings({}, { sandbox: project }), '.claude/settings.local.json': settings({}, { sandbox: local }) }), 'claude', 'tool:claude/Bash', { command: 'npm test' }).effect] ?? '';
    assert.deepEqual([two({ enabled: true }, { enabled: false }), two({ enabled: false }, { enabled: true }), two({ enabled: true }, { autoAllowBashIfSandboxed: false }), two({ enabled: true }, {})], ['?', '+', '?', '+']);
  });

  it('paths as they are written on other systems, and as they lead elsewhere', () => {
    const at = (rules: Rules, tool: string, file: string): string => SIGNS[decide(rules, `tool:claude/${tool}`, { file_path: file }).effect] ?? '';
    assert.deepEqual(['C:\\Users\\kim\\a.txt', 'c:/Users/kim/a.txt', '/c/Users/kim/a.txt', 'D:\\x'].map((file) => at({ deny: ['Read(//c/Users/**)'] }, 'Read', file)), ['-', '-', '-', '?']);
    assert.deepEqual(['src/../.env', './.env', 'a/.//../.env', '.\\.env', 'src/.env.example'].map((file) => at({ deny: ['Read(./.env)'] }, 'Read', file)), ['-', '-', '-', '-', '+']);
    assert.deepEqual(['src/a.ts', 'src/../../x', '../src/a.ts', 'src/../.git/config'].map((file) => at({ allow: ['Edit(src/**)'] }, 'Edit', file)), ['+', '?', '?', '?']);
    assert.deepEqual([at({ additionalDirectories: ['../lib'] }, 'Read', '../lib/a.ts'), at({ additionalDirectories: ['../lib'] }, 'Read', '../lib2/a.ts'), at({ additionalDirectories: ['../lib'], defaultMode: 'acceptEdits' }, 'Edit', '../lib/a.ts')], ['+', '?', '+']);
  });

  it('files of one folder are one set, and the strictest of all files holds', () => {
    const both = open({ '.claude/settings.json': settings({ allow: ['Bash(npm:*)'], defaultMode: 'default' }), '.claude/settings.local.json': settings({ deny: ['Bash(npm publish:*)'], allow: ['Bash(git add:*)'], defaultMode: 'acceptEdits' }) });
    assert.equal(decideIn(both, 'claude', 'tool:claude/Bash', { command: 'npm publish' }).effect, 'deny');
    assert.equal(decideIn(both, 'claude', 'tool:claude/Bash', { command: 'npm test && git add .' }).effect, 'allow');
    assert.equal(decideIn(both, 'claude', 'tool:claude/Edit', { file_path: 'a.ts' }).effect, 'allow');
    const managed = open({ 'managed-settings.json': settings({ deny: ['Bash(curl:*)'] }, { allowManagedPermissionRulesOnly: true }), '.claude/settings.json': settings({ allow: ['Bash(npm:*)'] }) });
    assert.deepEqual(['curl x', 'npm test'].map((command) => decideIn(managed, 'claude', 'tool:claude/Bash', { command }).effect), ['deny', 'require_approval']);
  });

  it('governs subagents, by their own mode where the session does not approve more', () => {
    const agent = (name: string, more = ''): string => `---\nname: ${name}\ndescription: d\n${more}---\n`;
    const files = { '.claude/settings.json': settings({ deny: ['Bash(rm:*)'] }), '.claude/agents/a.md': agent('a'), '.claude/agents/b.md': agent('b', 'permissionMode: bypassPermissions\n'), '.claude/agents/c.md': agent('c', 'tools: Read\n') };
    const of = (workspace: Workspace, name: string, command: string): string => decideIn(workspace, name, 'tool:claude/Bash', { command }).effect;
    const workspace = open(files);
    assert.deepEqual([of(workspace, 'a', 'npm test'), of(workspace, 'a', 'rm x'), of(workspace, 'b', 'npm test'), of(workspace, 'b', 'rm x')], ['require_approval', 'deny', 'allow', 'deny']);
    assert.deepEqual([decideIn(workspace, 'c', 'tool:claude/Bash', { command: 'ls' }).cause, decideIn(workspace, 'claude', 'tool:claude/Bash', { command: 'ls' }).cause], ['undeclared', 'unknown-agent']);
    const accepting = open({ ...files, '.claude/settings.json': settings({ defaultMode: 'acceptEdits' }), '.claude/agents/d.md': agent('d', 'permissionMode: dontAsk\n') });
    assert.equal(of(accepting, 'd', 'npm test'), 'require_approval');
    // the nearest settings count
    const nested = open({ ...files, 'web/.claude/settings.json': settings({ deny: ['Bash(npm:*)'] }), 'web/.claude/agents/w.md': agent('w') });
    assert.deepEqual([of(nested, 'w', 'npm test'), of(nested, 'w', 'rm x'), of(nested, 'a', 'npm test')], ['deny', 'require_approval', 'require_approval']);
  });

  it('stands beside the policies of the workspace, and the strictest holds', () => {
    const policy = 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: shell, effect: allow, actions: [call], resources: ["tool:claude/Bash"] }\n    - { id: mail, effect: allow, actions: [respond], resources: ["channel:mail"] }\n';
    const manifest = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: m }\nspec: { purpose: x, owner: { team: t }, lifecycle: production, tools: ["*"], outputs: [mail], definition: .claude/agents/a.md }\n';
    const workspace = open({ 'p.policy.yaml': policy, 'm.agent.yaml': manifest, '.claude/agents/a.md': '---\nname: a\ndescription: d\n---\n', '.claude/settings.json': settings({ deny: ['Bash(rm:*)'], allow: ['Bash(npm:*)', 'WebSearch'] }) });
    assert.deepEqual(['npm test', 'rm x', 'curl x'].map((command) => decideIn(workspace, 'm', 'tool:claude/Bash', { command }).effect), ['allow', 'deny', 'require_approval']);
    assert.equal(decideIn(workspace, 'm', 'tool:claude/WebSearch').effect, 'deny');
    const parsed = parseRequest({ agent: 'm', action: 'respond', resource: 'channel:mail' });
    assert.ok('request' in parsed);
    assert.equal(workspace.shared(ENGINE).decide(parsed.request, { at: NOW }).effect, 'allow');
  });

  it('a secret in a rule is found and never shown', () => {
    const text = settings({ allow: ['Bash(PGPASSWORD=k7Hq2vLm9x psql -h db:*)', 'Bash(curl -H "Authorization: x" https://user:Zk81mQpw77@db.acme-internal.net/:*)'] });
    const workspace = open({ '.claude/settings.json': text });
    const findings = lintAll(workspace).filter((finding) => finding.code === 'format/claude-settings/secret-in-clear');
    assert.deepEqual(findings.map(({ span }) => text.slice(span.start, span.end)), ['k7Hq2vLm9x', 'Zk81mQpw77']);
    const decision = decideIn(workspace, 'claude', 'tool:claude/Bash', { command: 'psql' });
    const shown = JSON.stringify([findings.map((finding) => finding.message), decision, workspace.facts('.claude/settings.json')?.foreign?.permissions?.map(({ rules }) => rules.map((rule) => [rule.written, rule.where?.words, rule.where?.examples]))]);
    assert.ok(!/k7Hq2vLm9x|Zk81mQpw77/.test(shown), shown);
  });

  it('one file alone', () => {
    const workspace = open({ '.claude/settings.json': settings({ allow: ['Bash(npm:*)'] }), '.claude/settings.local.json': settings({ deny: ['Bash(npm:*)'] }), '.claude/agents/a.md': '---\nname: a\ndescription: d\n---\n' });
    const facts = workspace.facts('.claude/settings.json');
    assert.ok(facts?.foreign);
    const engine = engineOfSource(workspace, '.claude/settings.json', facts.foreign);
    const parsed = ['a', 'claude'].map((name) => parseRequest({ agent: name, action: 'call', resource: 'tool:claude/Bash', args: { command: 'npm test' } }));
    assert.deepEqual(parsed.map((one) => ('request' in one ? engine?.decide(one.request, { at: NOW }).effect : '')), ['allow', 'allow']);
  });

  it('an edit of the settings decides at once, as a fresh workspace does', () => {
    const files = { '.claude/settings.json': settings({ allow: ['Bash(npm:*)'] }) };
    const workspace = open(files);
    const at = (): string => decideIn(workspace, 'claude', 'tool:claude/Bash', { command: 'npm test' }).effect;
    assert.equal(at(), 'allow');
    workspace.applyChange({ files: [['.claude/settings.json', settings({ deny: ['Bash(npm:*)'] })]] });
    assert.equal(at(), 'deny');
    workspace.applyChange({ files: [['.claude/agents/a.md', '---\nname: a\ndescription: d\n---\n']] });
    assert.equal(decideIn(workspace, 'claude', 'tool:claude/Bash', { command: 'npm test' }).cause, 'unknown-agent');
    workspace.applyChange({ files: [['.claude/agents/a.md', null]] });
    assert.equal(at(), 'deny');
    assert.deepEqual(lintAll(workspace).map((finding) => finding.code), lintAll(open({ '.claude/settings.json': settings({ deny: ['Bash(npm:*)'] }) })).map((finding) => finding.code));
  });

  it('nothing that a request brings makes it throw, and a denial by words holds in every wrapping', () => {
    const rules = { allow: ['Bash(a:*)', 'Edit(**)'], ask: ['Bash(b *)'], deny: ['Bash(rm:*)', 'Read(**/.env)'] };
    const workspace = open({ '.claude/settings.json': settings(rules) });
    const piece = fc.constantFrom('a', 'b', 'rm', 'ls', '&&', '||', ';', '|', '&', '\n', '$(', ')', '`', '"', "'", '(', '{', '}', '<(', '>', '2>&1', '<<E', 'x=1', '\\', '${', '*', '.env', '../', '~', 'if', 'do', 'done', '#');
    fc.assert(fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const command = pieces.join(' ');
      for (const { words, text } of splitCommands(command).commands) for (const word of words) assert.ok(word.at >= 0 && word.at <= text.length);
      decideIn(workspace, 'claude', 'tool:claude/Bash', { command });
      decideIn(workspace, 'claude', 'tool:claude/Read', { file_path: command });
    }), { numRuns: 500 });
    fc.assert(fc.property(fc.constantFrom('timeout 5 ', 'FOO=1 ', 'nice ', '', 'time '), fc.constantFrom('ls && ', 'a; ', '', 'a | '), fc.constantFrom(' && ls', '', ' > x', ' | tee y'), (wrap, before, after) => {
      assert.equal(decideIn(workspace, 'claude', 'tool:claude/Bash', { command: `${before}${wrap}rm -r y${after}` }).effect, 'deny');
    }));
  });

  it('paths match as gitignore has it', () => {
    const matches = (pattern: string, path: string, deep = false): unknown => pathPattern(pattern, deep).matches(requestPath(path) ?? assert.fail());
    assert.deepEqual([matches('a/*/c', 'a/b/c'), matches('a/*/c', 'a/b/d/c'), matches('a/**/c', 'a/b/d/c'), matches('a/**/c', 'a/c'), matches('a/', 'a/b'), matches('a/', 'a'), matches('*.ts', 'x/y.ts'), matches('[ab].ts', 'b.ts'), matches('[!a].ts', 'a.ts'), matches('a?c', 'abc'), matches('src', 'src/deep/x')], [true, false, true, true, true, false, true, true, false, true, true]);
    assert.equal(matches(`${'*a'.repeat(60)}b`, 'a'.repeat(3_000)), false);
  });
});
