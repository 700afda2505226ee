// What two questions of VS Code or of Gemini about one call exclude: never what a call shows, and what a reader of the settings expects.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArgumentTest } from '../../../server/src/core/formats';
import { ENGINE, neverAlone, neverBoth } from '../../../server/src/core/policy';
import { workspaceOf } from '../../harness/workspace';

interface Asked {
  readonly rule: string;
  readonly test: ArgumentTest;
  readonly resource: string;
}

function questionsOf(path: string, text: string, resource: string): readonly Asked[] {
  const { sets } = workspaceOf(new Map([[path, text]])).shared(ENGINE).world;
  return sets.flatMap((set) => [...set.rules, ...set.otherwise]).filter(({ resources }) => resources?.matches(resource) ?? true)
    .flatMap(({ id, where }) => [...(where ? [{ rule: id, test: where, resource }] : []), ...(where?.together ? [{ rule: `${id} and others`, test: where.together, resource }] : [])]);
}

const RUN = 'tool:vscode/execute/runInTerminal';
const EDIT = 'tool:vscode/edit/editFiles';
const SHELL = 'tool:gemini/run_shell_command';

const word = fc.constantFrom('git', 'push', 'npm', 'run', 'test', 'ls', 'rm', 'x', 'status', 'find', 'cat');
const command = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')), { minLength: 1, maxLength: 3 }).chain((parts) => fc.constantFrom(parts.join(' && '), parts.join('; '), parts.join(' | '), `${parts.join(' || ')} > out`, `sudo ${parts[0]}`, `A=1 ${parts[0]}`, `bash -c '${parts[0]}'`, `(${parts.join(' && ')})`));
const prefix = fc.oneof({ weight: 8, arbitrary: fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(' ')) }, { weight: 1, arbitrary: fc.constantFrom('/^git/', '/^(npm|ls)\\b/i', 'git-x', 'g') });

const terminal = fc.dictionary(prefix, fc.oneof<fc.Arbitrary<unknown>[]>({ weight: 4, arbitrary: fc.boolean() } as never, fc.record({ approve: fc.boolean(), matchCommandLine: fc.boolean() })), { maxKeys: 4 })
  .map((entries) => questionsOf('.vscode/settings.json', JSON.stringify({ 'chat.tools.terminal.autoApprove': entries }), RUN));
const glob = fc.constantFrom('**/*.md', '**/*', 'src/**', '**/src/*.ts', 'a.md', '**/{a,b}.ts');
const edits = fc.dictionary(glob, fc.boolean(), { maxKeys: 4 }).map((entries) => questionsOf('.vscode/settings.json', JSON.stringify({ 'chat.tools.edits.autoApprove': entries }), EDIT));
const toml = fc.record({ prefix: fc.oneof({ weight: 6, arbitrary: fc.array(prefix.filter((one) => !one.startsWith('/')), { minLength: 1, maxLength: 2 }) }, { weight: 1, arbitrary: fc.constant(null) }), decision: fc.constantFrom('allow', 'allow', 'allow', 'ask_user', 'deny'), priority: fc.integer({ min: 1, max: 5 }), redirection: fc.boolean() });
const gemini = fc.array(toml, { maxLength: 4 }).map((rules) => questionsOf('ci/gemini-policy.toml', rules.map(({ prefix: starts, decision, priority, redirection }) => `[[rule]]\ntoolName = "run_shell_command"\n${starts ? `commandPrefix = ${JSON.stringify(starts)}\n` : ''}decision = "${decision}"\npriority = ${priority}\n${redirection ? 'allowRedirection = true\n' : ''}`).join('\n'), SHELL));

/** How often two answers that a call shows were looked at, and how often some two were excluded. */
function holds(lists: fc.Arbitrary<readonly Asked[]>, calls: fc.Arbitrary<{ readonly [name: string]: unknown }>): void {
  let excluded = 0;
  fc.assert(fc.property(lists, lists, fc.array(calls, { minLength: 12, maxLength: 12 }), (before, after, all) => {
    const asked = [...before, ...after];
    for (const [index, a] of asked.entries()) for (const b of asked.slice(index + 1)) for (const its of [true, false]) for (const others of [true, false]) if (neverBoth(a.test, its, b.test, others)) excluded++;
    for (const args of all) {
      const answered = asked.map(({ rule, test, resource }) => ({ rule, test, said: test.test(args, resource) }));
      for (const [index, a] of answered.entries()) for (const b of answered.slice(index + 1)) {
        if (typeof a.said !== 'boolean' || typeof b.said !== 'boolean') continue;
        assert.ok(!neverBoth(a.test, a.said, b.test, b.said), `${a.rule} says ${a.said}, ${b.rule} says ${b.said}, of ${JSON.stringify(args)}`);
      }
      const [yes, no] = [answered.filter(({ said }) => said === true), answered.filter(({ said }) => said === false)];
      for (const a of yes) for (const b of no) for (const c of no) assert.ok(!neverAlone(a.test, b.test, c.test), `${a.rule} says yes, ${b.rule} and ${c.rule} no, of ${JSON.stringify(args)}`);
    }
  }), { numRuns: Number(process.env['RUNS'] ?? 300) });
  assert.ok(excluded > 100, `only ${excluded} pairs of answers were excluded`);
}

describe('approvals: questions that exclude one another', () => {
  it('no call of VS Code shows both answers', () => {
    holds(terminal, command.map((text) => ({ command: text })));
    holds(edits, fc.constantFrom('a.md', 'src/a.ts', 'src/x/b.ts', '../a.md', '/home/x/a.md', '.git/config', 'package.json').map((file) => ({ file_path: file })));
  }).timeout(600_000);

  it('no call of Gemini shows both answers', () => {
    holds(gemini, command.map((text) => ({ command: text })));
  }).timeout(600_000);

  const one = (asked: readonly Asked[], rule: string): ArgumentTest => asked.find(({ rule: id }) => id.endsWith(`/${rule}`))?.test ?? assert.fail(`no ${rule} among ${asked.map(({ rule: id }) => id).join()}`);
  const entries = (of: { readonly [key: string]: unknown }): readonly Asked[] => questionsOf('.vscode/settings.json', JSON.stringify({ 'chat.tools.terminal.autoApprove': of }), RUN);
  const allowed = (...names: readonly string[]): readonly Asked[] => questionsOf('.gemini/settings.json', JSON.stringify({ tools: { allowed: names.map((name) => `run_shell_command(${name})`) } }), SHELL);

  it('what a reader of the settings expects is excluded, and what may be is left open', () => {
    assert.ok(neverBoth(one(entries({ 'git push': false }), 'git push'), true, one(entries({ git: false }), 'git'), false), '`git push` is under `git`');
    assert.ok(neverBoth(one(entries({ 'git status': true }), 'git status'), true, one(entries({ git: true, npm: true }), 'git'), false), 'more is approved');
    assert.ok(!neverBoth(one(entries({ 'git status': true, ls: true }), 'git status'), true, one(entries({ git: true }), 'git'), false), '`git status && ls` is approved no longer');
    assert.ok(!neverBoth(one(entries({ gitk: true }), 'gitk'), true, one(entries({ git: true }), 'git'), false), 'another word');
    const [before, after] = [entries({ npm: true, 'git push': false }), entries({ npm: true, 'git push': true })];
    const both = after.find(({ rule }) => rule.endsWith('and others'))?.test ?? assert.fail();
    assert.ok(neverAlone(both, one(before, 'npm'), one(before, 'git push')), 'what is none of `git push` needs no leave for it');
    assert.ok(neverBoth(one(entries({ 'git push': false }), 'git push'), true, one(before, 'commands that only read'), true));
    assert.ok(!neverBoth(one(entries({ git: false }), 'git'), true, one(before, 'commands that only read'), true));
    assert.ok(neverBoth(one(allowed('git status'), 'run_shell_command(git status)'), true, one(allowed('git'), 'run_shell_command(git)'), false));
    assert.ok(!neverBoth(one(allowed('git'), 'run_shell_command(git)'), true, one(allowed('git status'), 'run_shell_command(git status)'), false));
    assert.ok(!neverBoth(one(allowed('git status', 'ls'), 'run_shell_command(git status)'), true, one(allowed('git'), 'run_shell_command(git)'), false));
  });
});
