// A policy under edit keeps what was compiled of its rules: decisions and places must be those of a first reading.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRequest } from '../../../server/src/core/model';
import { ENGINE, POLICIES } from '../../../server/src/core/policy';
import { Workspace } from '../../../server/src/core/workspace';
import { NOW } from '../../harness/workspace';

const rule = (n: number): string => `    - id: rule-${n}
      effect: ${['allow', 'deny', 'require_approval', 'oblige'][n % 4]}
      ${n % 3 ? `roles: [clerk-${n % 2}]` : 'agents: ["help*"]'}
      actions: [call]
      resources: ["tool:s/t${n % 4}"]
      ${n % 2 ? `when: args.amount > ${n}` : `unless: variables.large || args.amount > ${n}`}
      ${n % 4 === 2 ? 'approval: { from: [risk] }' : n % 4 === 3 ? 'obligations: [{ log: full }]' : 'reason: so'}
`;
const POLICY = `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: guardrails }\nspec:\n  scope: { agents: ["*"] }\n  variables:\n    large: args.amount > limit\n    limit: "5"\n  rules:\n${Array.from({ length: 12 }, (_, n) => rule(n)).join('')}`
  .replace('args.amount > limit', 'args.amount > variables.limit');
const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: helper }\nspec: { purpose: x, owner: { team: t }, lifecycle: production, roles: [clerk-1], tools: ["s/*"] }\n';
/** Pieces of the text that are replaced by others, and texts that are put somewhere. */
const SWAPS: readonly (readonly [string, string])[] = [
  ['limit: "5"', 'limit: "9"'], ['limit: "5"', 'limit: "5 >"'], ['agents: ["*"]', 'agents: ["other*"]'], ['agents: ["*"]', 'agents: 5'], ['name: guardrails', 'name: others'],
  ['id: rule-3', 'id: rule-x'], ['effect: deny', 'effect: allow'], ['    - id: rule-4', '    - id: new\n      effect: deny\n      actions: [call]\n    - id: rule-4'], ['when: args.amount > 7', 'when: args.amount >'],
  [rule(5), ''], [rule(6), rule(7)], ['roles: [clerk-1]', 'roles: [clerk-0]'], ['  rules:', '  # rules\n  rules:'], ['reason: so', 'reason: [so'],
];

const decisions = (workspace: Workspace): string => {
  const engine = workspace.shared(ENGINE);
  return JSON.stringify([0, 1, 2, 3].flatMap((tool) => [1, 6, 20, 'x'].map((amount) => {
    const parsed = parseRequest({ agent: 'helper', action: 'call', resource: `tool:s/t${tool}`, args: { amount } });
    assert.ok('request' in parsed);
    return engine.decide(parsed.request, { at: NOW });
  })));
};
const compiled = (workspace: Workspace): string =>
  JSON.stringify(workspace.shared(POLICIES).all, (key, value: unknown) => (key === 'policy' || key === 'same' || value instanceof Map ? undefined : value));

describe('a policy under edit', () => {
  it('decides as at its first reading', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ swap: fc.constantFrom(...SWAPS), back: fc.boolean() }), { minLength: 1, maxLength: 8 }), (steps) => {
        const workspace = new Workspace();
        let text = POLICY;
        workspace.applyChange({ files: [['a.policy.yaml', text], ['a.agent.yaml', AGENT]], now: NOW });
        decisions(workspace);
        for (const { swap: [from, to], back } of steps) {
          text = back && text.includes(to) && to !== '' ? text.replace(to, () => from) : text.replace(from, () => to);
          workspace.applyChange({ files: [['a.policy.yaml', text]] });
          const fresh = new Workspace();
          fresh.applyChange({ files: [['a.policy.yaml', text], ['a.agent.yaml', AGENT]], now: NOW });
          assert.equal(compiled(workspace), compiled(fresh));
          assert.equal(decisions(workspace), decisions(fresh));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('compiles only the rule that changed', () => {
    const workspace = new Workspace();
    const put = (text: string): readonly object[] => {
      workspace.applyChange({ files: [['a.policy.yaml', text]], now: NOW });
      return workspace.shared(POLICIES).all[0]?.rules.map(({ same }) => same) ?? [];
    };
    put(POLICY);
    const before = put(`${POLICY}\n`);
    const after = put(`${POLICY.replace('id: rule-3', 'id: rule-three')}\n`);
    assert.deepEqual(after.flatMap((same, index) => (same === before[index] ? [] : [index])), [3]);
    // with another variable every rule may mean something else
    assert.deepEqual(put(`${POLICY.replace('limit: "5"', 'limit: "6"')}\n`).filter((same) => before.includes(same)), []);
  });
});
