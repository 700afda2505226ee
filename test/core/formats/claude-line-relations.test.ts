// What two questions of Claude Code about one call exclude: never what a call shows, and what a reader of the rules expects.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArgumentTest } from '../../../server/src/core/formats';
import { ENGINE, neverAlone, neverBoth } from '../../../server/src/core/policy';
import { workspaceOf } from '../../harness/workspace';

interface Rules {
  readonly allow: readonly string[];
  readonly ask: readonly string[];
  readonly deny: readonly string[];
  readonly defaultMode?: string;
}

interface Asked {
  readonly rule: string;
  readonly test: ArgumentTest;
}

/** The questions of all rules that can be for the tool, those that are asked together as well. */
function questionsOf(permissions: Rules, tool: string): readonly Asked[] {
  const { sets } = workspaceOf(new Map([['.claude/settings.json', JSON.stringify({ permissions })]])).shared(ENGINE).world;
  return sets.flatMap(({ rules, otherwise }) => [...rules, ...otherwise]).filter(({ resources }) => resources?.matches(`tool:claude/${tool}`) ?? true)
    .flatMap(({ id, where }) => [...(where ? [{ rule: id, test: where }] : []), ...(where?.together ? [{ rule: `${id} and others`, test: where.together }] : [])]);
}

const PATTERNS = [
  'git:*', 'git push:*', 'git push', 'git *', 'git status', 'git log:*', 'git*', 'git * --force', 'npm:*', 'npm run test:*', 'npm run*', 'npm run build', 'rm:*', 'rm -rf x', 'rm', 'make', 'make *', 'cat:*', 'cat .env', 'ls:*', 'sed:*', 'sed -n:*',
  'find:*', 'find . -delete', 'timeout 5 rm:*', 'timeout:*', 'xargs:*', 'xargs rm:*', 'env:*', 'NODE_ENV=test npm:*', 'FOO=1 rm:*', '*', '* x', '"rm" x', 'sudo:*', 'nohup make:*', 'mkdir:*', 'touch x', 'cd:*', 'echo:*', 'git push && rm x', 'git config:*', 'git config --get x', 'git remote:*', 'watch ls', './x:*', '/bin/rm:*',
];
const rule = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...PATTERNS).map((one) => `Bash(${one})`) }, { weight: 1, arbitrary: fc.constantFrom('Bash', 'Edit(./src/**)', 'Edit', 'Read(./.env)', 'Edit(./out.txt)') });
const rules: fc.Arbitrary<Rules> = fc.record({
  allow: fc.array(rule, { maxLength: 4 }), ask: fc.array(rule, { maxLength: 2 }), deny: fc.array(rule, { maxLength: 2 }),
  defaultMode: fc.constantFrom('default', 'default', 'acceptEdits', 'plan', 'dontAsk', 'bypassPermissions'),
});

const WORDS = ['git', 'push', 'status', 'log', 'npm', 'run', 'test', 'build', 'rm', '-rf', 'x', '/', 'make', 'cat', '.env', 'ls', 'sed', '-n', '1p', 'find', '.', '-delete', 'timeout', '5', 'xargs', 'env', 'FOO=1', 'NODE_ENV=test', 'sudo', 'nohup', 'mkdir', 'touch', 'cd', 'src', 'echo', '--force', 'config', '--get', 'remote', '-v', 'watch', '"rm"', "'git' push", '$HOME', '$(rm x)', '`ls`', '*', '{a,b}', '> out.txt', '> src/x', '2>&1', '< .env', './x', '/bin/rm', '\\rm', 'time', 'command', 'noglob', 'bash', '-c', '--no-pager', 'branch', '-D', ''];
const JOINTS = [' && ', ' || ', '; ', ' | ', '\n', ' & ', '  '];
const command = fc.oneof(fc.constantFrom(...PATTERNS.map((one) => one.replace(/:?\*/g, ' x').trim())), fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')));
const line = fc.array(fc.tuple(command, fc.constantFrom(...JOINTS)), { minLength: 1, maxLength: 3 }).map((parts) => parts.map(([text, joint], index) => (index === 0 ? text : `${joint}${text}`)).join(''))
  .chain((text) => fc.constantFrom(text, text, text, ` ${text} `, `(${text})`, `{ ${text}; }`, `${text} #x`, `if true; then ${text}; fi`));

/** How many pairs of rules; more by the environment. */
const RUNS = Number(process.env['RUNS'] ?? 250);
/** `RUNS=20000 node .scripts/unit.mjs claude-line-relations` looks longer. */
const PATIENCE = 60_000 + RUNS * 400;

/** Of any two questions, the answers to one call are never excluded. */
function holds(tool: string, asked: readonly Asked[], args: { readonly [name: string]: string }): void {
  const answered = asked.map(({ rule: id, test }) => ({ id, test, said: test.test(args, `tool:claude/${tool}`) }));
  answered.forEach((a, index) => {
    for (const b of answered.slice(index + 1)) {
      if (typeof a.said !== 'boolean' || typeof b.said !== 'boolean') continue;
      assert.ok(!neverBoth(a.test, a.said, b.test, b.said), `${a.id} says ${a.said}, ${b.id} says ${b.said}, of ${JSON.stringify(args)}`);
    }
  });
  const yes = answered.filter(({ said }) => said === true);
  const no = answered.filter(({ said, test }) => said === false && /bash (?:allow|restrict|all)|^any /.test(test.key));
  for (const a of yes) for (const b of no) for (const c of no) assert.ok(!neverAlone(a.test, b.test, c.test), `${a.id} says true, ${b.id} and ${c.id} say false, of ${JSON.stringify(args)}`);
}

describe('Claude Code: questions that exclude one another', function () {
  this.timeout(PATIENCE);

  it('no line of a shell shows both answers', () => {
    fc.assert(fc.property(rules, rules, fc.array(line, { minLength: 8, maxLength: 8 }), (before, after, lines) => {
      const asked = [...questionsOf(before, 'Bash'), ...questionsOf(after, 'Bash')];
      for (const text of lines) holds('Bash', asked, { command: text });
    }), { numRuns: RUNS });
  });

  it('no path shows both answers', () => {
    const path = fc.array(fc.constantFrom('src', 'x', '..', '.', '.env', 'a.ts', '~', '', '/', '.git', 'config', 'home', 'me'), { maxLength: 4 }).map((parts) => parts.join('/'));
    const about = fc.array(fc.constantFrom('Read(./src/**)', 'Read(.env)', 'Read(//etc/**)', 'Read(~/x)', 'Read(/src)', 'Read', 'Edit(./src/**)', 'Edit(.git/**)', 'Read(**)'), { maxLength: 3 });
    fc.assert(fc.property(fc.record({ allow: about, ask: about, deny: about }), fc.record({ allow: about, ask: about, deny: about }), fc.constantFrom('Read', 'Grep', 'Edit', 'Write'), fc.option(path), (before, after, tool, given) => {
      holds(tool, [...questionsOf(before, tool), ...questionsOf(after, tool)], given === null ? {} : { [tool === 'Grep' ? 'path' : 'file_path']: given });
    }), { numRuns: RUNS });
  });

  const only = (list: 'allow' | 'ask' | 'deny', ...more: readonly string[]): ArgumentTest => {
    const asked = questionsOf({ allow: [], ask: [], deny: [], [list]: more.map((one) => `Bash(${one})`) }, 'Bash');
    const found = asked.find(({ rule: id }) => id.endsWith('and others')) ?? asked[0];
    assert.ok(found);
    return found.test;
  };
  const reads = (): ArgumentTest => {
    const found = questionsOf({ allow: [], ask: [], deny: [] }, 'Bash').find(({ test }) => test.words.includes('only reads')) ?? questionsOf({ allow: ['Bash(x)'], ask: [], deny: [] }, 'Bash').find(({ test }) => test.words.includes('only reads'));
    assert.ok(found);
    return found.test;
  };

  it('what a reader of the rules expects is excluded', () => {
    assert.ok(neverBoth(only('deny', 'git push:*'), true, only('deny', 'git:*'), false), '`git push` is under `git`');
    assert.ok(neverBoth(only('allow', 'git:*'), true, only('allow', 'git:*', 'npm:*'), false), 'with one more rule all is allowed that was');
    assert.ok(neverBoth(only('allow', 'git:*', 'npm run test:*'), true, only('deny', 'rm:*'), true), 'where every part is allowed none is `rm`');
    assert.ok(neverBoth(only('allow', 'git push:*'), true, only('ask', 'git:*'), false), 'what is allowed as `git push` is asked about as `git`');
    assert.ok(neverBoth(reads(), true, only('ask', 'git push:*'), true), '`git push` does not only read');
    assert.ok(neverAlone(only('allow', 'git push:*', 'make:*'), only('allow', 'make:*'), only('deny', 'git push:*')), 'without `git push` the rest allows as much');
    assert.ok(!neverAlone(only('allow', 'git:*', 'make:*'), only('allow', 'make:*'), only('deny', 'git push:*')));
  });

  it('what may be is left open', () => {
    assert.ok(!neverBoth(only('allow', 'git:*'), true, only('deny', 'git push:*'), true));
    assert.ok(!neverBoth(only('allow', 'git:*', 'npm:*'), true, only('allow', 'git:*'), false));
    assert.ok(!neverBoth(only('allow', '*'), true, only('deny', 'rm:*'), true));
    assert.ok(!neverBoth(only('allow', 'timeout:*'), true, only('deny', 'rm:*'), true), '`timeout 5 rm x`');
    assert.ok(!neverBoth(reads(), true, only('deny', 'cat:*'), true));
    assert.ok(!neverBoth(reads(), true, only('deny', 'git:*'), true));
    assert.ok(!neverBoth(only('allow', 'git push && rm x'), true, only('deny', 'rm:*'), true), 'a rule for the whole line, word for word');
  });
});
