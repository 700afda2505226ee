// Several policy sets over one agent: orders, defaults, and the strictest over all.
import assert from 'node:assert/strict';
import { parseRequest, type Decision } from '../../../server/src/core/model';
import { ENGINE, Engine, nativeSet, type CompiledPolicy, type PolicySet } from '../../../server/src/core/policy';
import { workspaceOf } from '../../harness/workspace';

const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, owner: { team: t }, lifecycle: production, tools: ["*"] }\n';
const rule = (id: string, effect: string, tool: string, more = ''): string => `    - { id: ${id}, effect: ${effect}, actions: [call], resources: ["tool:${tool}"]${effect === 'require_approval' ? ', approval: { from: [user] }' : ''}${more} }\n`;

function decide(tool: string, make: (policies: readonly CompiledPolicy[]) => readonly PolicySet[], ...policies: readonly string[]): Decision {
  const files = new Map([['a.agent.yaml', AGENT], ...policies.map((rules, index): [string, string] => [`p${index}.policy.yaml`, `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p${index} }\nspec:\n  rules:\n${rules}`])]);
  const { world } = workspaceOf(files).shared(ENGINE);
  const engine = new Engine({ ...world, sets: make(world.policies) });
  const parsed = parseRequest({ agent: 'a', action: 'call', resource: `tool:${tool}` });
  assert.ok('request' in parsed);
  const prepared = engine.prepare(parsed.request, { at: 0 });
  const decision = engine.decidePrepared(prepared);
  assert.equal(engine.effect(prepared), decision.effect);
  return decision;
}

const all = (effects: readonly ('allow' | 'require_approval' | 'deny')[]) => (policies: readonly CompiledPolicy[]): PolicySet[] => [{ ...nativeSet(policies), order: { kind: 'strictest', effects } }];
const RULES = rule('ok', 'allow', 's/*') + rule('ask', 'require_approval', 's/ask*') + rule('no', 'deny', 's/*no');

describe('policy sets', () => {
  it('deny > ask > allow', () => assert.deepEqual(['s/x', 's/ask', 's/askno', 's/no'].map((tool) => decide(tool, all(['deny', 'require_approval', 'allow']), RULES).effect), ['allow', 'require_approval', 'deny', 'deny']));
  it('deny > allow > ask', () => assert.deepEqual(['s/x', 's/ask', 's/askno'].map((tool) => decide(tool, all(['deny', 'allow', 'require_approval']), RULES).effect), ['allow', 'allow', 'deny']));
  it('the first rule that matches', () => {
    const first = (policies: readonly CompiledPolicy[]): PolicySet[] => [{ ...nativeSet(policies), order: { kind: 'first' } }];
    const rules = rule('ask', 'require_approval', 's/ask*') + rule('ok', 'allow', 's/*', ', when: "true"') + rule('no', 'deny', 's/*no');
    assert.deepEqual(['s/ask', 's/no', 't/no'].map((tool) => decide(tool, first, rules)).map(({ effect, rules: [one] }) => [effect, one?.id]), [['require_approval', 'p0/ask'], ['allow', 'p0/ok'], ['deny', undefined]]);
  });
  it('what holds where nothing matches, with the approval that it asks for', () => {
    const asks = (policies: readonly CompiledPolicy[]): PolicySet[] => [{ ...nativeSet(policies), id: 'settings', default: { effect: 'require_approval', approval: { from: ['user'], count: 1, within: null, distinct: false } } }];
    const decision = decide('t/x', asks, RULES);
    assert.deepEqual([decision.effect, decision.cause, decision.rules, decision.approvals.map(({ rule: id, from }) => [id, from])], ['require_approval', 'default', [], [['settings', ['user']]]]);
    assert.equal(decide('s/x', asks, RULES).effect, 'allow');
  });
  it('the strictest of several, those of equal strictness united, obligations always', () => {
    const each = (policies: readonly CompiledPolicy[]): PolicySet[] => policies.map((policy) => nativeSet([policy]));
    const log = (what: string): string => `    - { id: log, effect: oblige, obligations: [{ log: ${what} }] }\n`;
    const united = decide('s/ask', each, RULES, rule('too', 'require_approval', '*') + log('full'), rule('ok', 'allow', '*') + log('summary'));
    assert.deepEqual([united.effect, united.rules.map((one) => one.id), united.obligations], ['require_approval', ['p0/ask', 'p1/too'], [{ name: 'log', value: 'full' }]]);
    assert.equal(decide('s/x', each, RULES, rule('ok', 'allow', 't/*')).effect, 'deny');
  });
  it('what cannot be evaluated here is unknown, unless it is denied anyway', () => {
    const opaque = (policies: readonly CompiledPolicy[]): PolicySet[] => [nativeSet(policies), { ...nativeSet([]), default: { effect: 'allow', approval: null }, unknown: ['a policy in Rego'] }];
    const decision = decide('s/ask', opaque, RULES);
    assert.deepEqual([decision.effect, decision.cause, decision.rules, decision.approvals, decision.unknown], ['unknown', 'unknown', [], [], ['a policy in Rego']]);
    assert.equal(decide('s/no', opaque, RULES).effect, 'deny');
  });
  it('a set that does not govern the agent says nothing', () => assert.equal(decide('s/no', (policies) => [{ ...nativeSet(policies), governs: () => false }], RULES).cause, 'default'));
});
