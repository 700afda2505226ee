// Policies in Cedar, all requests at once: numbers, texts and sets of their conditions are seen, and what is said holds for every request tried.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conditionOf, clausesOf, outcomesOfPolicy, TRUE, valueOfArgument, type CedarRequest } from '../../../../server/src/core/formats/cedar';
import type { ArgumentCondition } from '../../../../server/src/core/formats';
import { cedarOf } from '../../../harness/cedar';

/** What a question that is taken apart says; null for an error. */
function holds(condition: ArgumentCondition, args: unknown): boolean | null {
  switch (condition.kind) {
    case 'constant':
      return condition.value;
    case 'not': {
      const value = holds(condition.part, args);
      return value === null ? null : !value;
    }
    case 'if': {
      const value = holds(condition.condition, args);
      return value === null ? null : holds(value ? condition.then : condition.otherwise, args);
    }
    case 'any':
      return condition.parts.some((part) => holds(part, args) === true);
    default: {
      const value = condition.path.reduce<unknown>((here, name) => (typeof here === 'object' && here !== null && Object.hasOwn(here, name) ? (here as Record<string, unknown>)[name] : undefined), args);
      if (condition.kind === 'present') return value !== undefined;
      if (value === undefined) return null;
      if (condition.kind === 'truth') return typeof value === 'boolean' ? value : null;
      if (condition.kind === 'among') return condition.values.includes(value as string);
      if (condition.kind === 'compare') return typeof value === 'number' ? (condition.op === '<' ? value < condition.value : condition.op === '<=' ? value <= condition.value : condition.op === '>' ? value > condition.value : value >= condition.value) : null;
      if (typeof value !== 'string') return null;
      const [first = '', ...rest] = condition.pieces;
      const last = rest.pop();
      return last === undefined ? value === first : new RegExp(`^${[first, ...rest, last].map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*')}$`).test(value);
    }
  }
}

describe('conditions of Cedar taken apart', () => {
  const atom = fc.constantFrom('context.input.n < 5', 'context.input.n >= 3', '7 > context.input.n', 'context.input.n == 4', 'context.input.n != 4', 'context.input.s == "x"', '"x" == context.input.s', 'context.input.s like "a*"', 'context.input.s like "*b"', 'context.input.s like "a*b*c"', '["x", "y"].contains(context.input.s)', '[1, 4].contains(context.input.n)', 'context.input has n', 'context.input has s', 'context.input.flag', 'context.input.deep.x == 1', 'true', 'false');
  const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof({ maxDepth: 4 }, atom, atom, fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition')).map(([a, op, b]) => `(${a} ${op} ${b})`), tie('condition').map((a) => `!(${a})`), fc.tuple(tie('condition'), tie('condition'), tie('condition')).map(([a, b, c]) => `(if ${a} then ${b} else ${c})`)),
  }));
  const args = fc.record({ n: fc.constantFrom<unknown>(1, 3, 4, 5, 7, 'x', true), s: fc.constantFrom<unknown>('x', 'y', 'ab', 'a.b c', 'abc', 'b', '', 3), flag: fc.constantFrom<unknown>(true, false, 1), deep: fc.constantFrom<unknown>({ x: 1 }, { x: 2 }, {}, 1) }, { requiredKeys: [] });

  it('say what Cedar says', () => {
    fc.assert(fc.property(condition, condition, args, (when, unless, given) => {
      const [policy] = cedarOf().parse(`permit(principal, action, resource) when { ${when} } unless { ${unless} };`).policies;
      assert.ok(policy);
      const apart = conditionOf(clausesOf(policy.json), ['context', 'input']);
      assert.ok(apart, 'these can all be taken apart');
      const entity = { kind: 'entity', type: 'A', id: '' } as const;
      const request: CedarRequest = {
        principal: entity, action: entity, resource: entity, entities: { attributes: () => null, tags: () => null, within: () => false },
        context: { kind: 'record', open: false, fields: new Map([['input', valueOfArgument(given, new Set()) ?? assert.fail()]]) },
      };
      assert.equal(holds(apart, given) === true, outcomesOfPolicy(policy, request, cedarOf()) === TRUE, `${when} unless ${unless} with ${JSON.stringify(given)}`);
    }), { numRuns: Number(process.env['RUNS'] ?? 2_000) });
  });

  it('are left whole where they ask about more', () => {
    for (const text of ['principal.getTag("x") == "y"', 'context.session == 1', 'context.input.a == context.input.b', 'context.input.tags.contains("a")', 'ip(context.input.from).isLoopback()', 'context.input.deep has x', 'context.input == {}', 'context.input.n + 1 < 5', 'context.input.n == 1 && action == Action::"x"']) {
      const [policy] = cedarOf().parse(`permit(principal, action, resource) when { ${text} };`).policies;
      assert.ok(policy, text);
      assert.equal(conditionOf(clausesOf(policy.json), ['context', 'input']), null, text);
    }
  });
});
