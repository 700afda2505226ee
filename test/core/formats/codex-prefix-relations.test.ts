// What two questions of Codex about one command exclude: never what a command shows, and what a reader of the rules expects.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArgumentTest } from '../../../server/src/core/formats';
import { ENGINE, neverBoth } from '../../../server/src/core/policy';
import { workspaceOf } from '../../harness/workspace';

interface Asked {
  readonly rule: string;
  readonly test: ArgumentTest;
}

type Rule = readonly [pattern: readonly (string | readonly string[])[], decision: string];

function questionsOf(rules: readonly Rule[], config = 'approval_policy = "untrusted"\n'): readonly Asked[] {
  const text = rules.map(([pattern, decision]) => `prefix_rule(pattern = ${JSON.stringify(pattern)}, decision = "${decision}")`).join('\n');
  const { sets } = workspaceOf(new Map([['.codex/config.toml', config], ['.codex/rules/p.rules', text]])).shared(ENGINE).world;
  return sets.flatMap((set) => [...set.rules, ...set.otherwise]).flatMap(({ id, where }) => [...(where ? [{ rule: id, test: where }] : []), ...(where?.together ? [{ rule: `${id} and others`, test: where.together }] : [])]);
}

const word = fc.constantFrom('git', 'push', 'npm', 'run', 'test', 'ls', 'cat', 'rm', 'x', 'find');
const rule: fc.Arbitrary<Rule> = fc.tuple(fc.array(fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 3 }), fc.constantFrom('allow', 'allow', 'prompt', 'forbidden'));
const line = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')), { minLength: 1, maxLength: 3 }).chain((parts) => fc.constantFrom(parts.join(' && '), parts.join('; '), parts.join(' | '), `${parts.join(' || ')} > out`, `(${parts.join(' && ')})`));
const command = fc.oneof({ weight: 6, arbitrary: line as fc.Arbitrary<unknown> }, { weight: 2, arbitrary: fc.array(word, { minLength: 1, maxLength: 4 }) }, { weight: 1, arbitrary: line.map((text) => ['bash', '-lc', text]) });

describe('Codex: questions that exclude one another', () => {
  it('no command shows both answers', () => {
    fc.assert(fc.property(fc.array(rule, { maxLength: 4 }), fc.array(rule, { maxLength: 4 }), fc.array(command, { minLength: 12, maxLength: 12 }), (before, after, commands) => {
      const asked = [...questionsOf(before), ...questionsOf(after)];
      for (const one of commands) {
        const answered = asked.map(({ rule: id, test }) => ({ id, test, said: test.test({ command: one }, 'tool:codex/shell') }));
        answered.forEach((a, index) => {
          for (const b of answered.slice(index + 1)) {
            if (typeof a.said !== 'boolean' || typeof b.said !== 'boolean') continue;
            assert.ok(!neverBoth(a.test, a.said, b.test, b.said), `${a.id} says ${a.said}, ${b.id} says ${b.said}, of ${JSON.stringify(one)}`);
          }
        });
      }
    }), { numRuns: Number(process.env['RUNS'] ?? 300) });
  }).timeout(600_000);

  const only = (...rules: readonly Rule[]): ArgumentTest => {
    const asked = questionsOf(rules).filter(({ rule: id }) => id.startsWith(`codex/${rules[0]?.[1]} `) && !id.includes('command by command'));
    const found = asked.find(({ rule: id }) => id.endsWith('and others')) ?? asked[0];
    assert.ok(found);
    return found.test;
  };

  it('what a reader of the rules expects is excluded, and what may be is left open', () => {
    assert.ok(neverBoth(only([['git', 'push'], 'forbidden']), true, only([['git'], 'prompt']), false), '`git push` is under `git`');
    assert.ok(neverBoth(only([['npm'], 'allow']), true, only([['git'], 'forbidden']), true), 'where every command is `npm` none is `git`');
    assert.ok(neverBoth(only([[['npm', 'git'], 'run'], 'forbidden']), true, only([[['git', 'npm', 'x']], 'prompt']), false));
    assert.ok(!neverBoth(only([['git'], 'allow']), true, only([['git', 'push'], 'forbidden']), true));
    assert.ok(!neverBoth(only([['git'], 'prompt']), true, only([['npm'], 'forbidden']), true), 'a line may hold both');
  });
});
