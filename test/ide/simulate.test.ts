// The simulator's choices, decisions in words, copies, and cases saved as tests.
import assert from 'node:assert/strict';
import { parseRequest, shortForm, type Request } from '../../server/src/core/model';
import { ENGINE, ENGINES, runTests } from '../../server/src/core/policy';
import { applyEdits } from '../../server/src/core/text';
import { Workspace } from '../../server/src/core/workspace';
import type { PlainValue } from '../../server/src/core/yaml';
import { agentsOf, choicesOf, copyOf, hasAgent, saveTest, simulate, testFiles } from '../../server/src/ide';
import type { SimulatorDecision } from '../../server/src/protocol';
import { acmeFiles, given, NOW } from './workspace';

const acme = (): Workspace => {
  const workspace = new Workspace();
  workspace.applyChange({ files: acmeFiles(), now: NOW });
  return workspace;
};
const locate = ({ path, span }: { path: string; span: { start: number } }) => ({ uri: path, range: { start: { line: span.start, character: 0 }, end: { line: 0, character: 0 } } });
const decided = (workspace: Workspace, request: unknown): SimulatorDecision => {
  const answer = simulate(workspace, request, { now: NOW, locate });
  assert.ok('decision' in answer, JSON.stringify(answer));
  return answer.decision;
};
const parsed = (value: unknown): Request => {
  const found = parseRequest(value as PlainValue);
  assert.ok('request' in found, JSON.stringify(found));
  return found.request;
};
const REFUND = { agent: 'refund-assistant', action: 'call', resource: 'tool:payments/refund', environment: 'production' };

describe('ide: the choices of the simulator', () => {
  const workspace = acme();

  it('offer the agents of the file in the editor first, also from the file that runs', () => {
    for (const path of ['agents/refund-assistant.agent.yaml', '.github/agents/refund-assistant.agent.md']) {
      assert.equal(agentsOf(workspace, path)[0]?.id, 'refund-assistant');
      assert.ok(hasAgent(workspace, path));
    }
    assert.ok(!hasAgent(workspace, 'policies/payments.policy.yaml'));
  });

  it('propose what the manifest names first, and production', () => {
    const { chosen, resources, actions } = choicesOf(workspace, { agent: 'refund-assistant' });
    assert.deepEqual(chosen, { agent: 'refund-assistant', action: 'call', resource: 'payments/refund', environment: 'production' });
    assert.deepEqual(resources.filter((one) => one.declared).map((one) => one.name), ['payments/refund', 'payments/get-transaction', 'crm/find-contact', 'kb/search']);
    assert.ok(resources.some((one) => !one.declared && one.name === 'payments/payout'));
    assert.deepEqual(actions.filter((one) => one.declared).map((one) => one.name), ['call', 'read', 'delegate', 'invoke', 'respond', 'deploy']);
  });

  it('keep what is chosen, and an action that another agent lacks gives way', () => {
    assert.equal(choicesOf(workspace, { agent: 'refund-assistant', action: 'read' }).chosen.resource, 'orders-db');
    assert.equal(choicesOf(workspace, { agent: 'refund-assistant', action: 'write' }).chosen.action, 'call');
    assert.deepEqual(choicesOf(workspace, { agent: 'refund-assistant', action: 'write', resource: 'orders-db', environment: '' }).chosen, { agent: 'refund-assistant', action: 'write', resource: 'orders-db', environment: '' });
  });

  it('make a form of what the tool takes', () => {
    const { fields, description } = choicesOf(workspace, { agent: 'refund-assistant', action: 'call', resource: 'payments/refund' });
    assert.equal(description, 'Pays an order back to the customer, in full or in part.');
    assert.deepEqual(fields?.map(({ name, kind, required, words, choices }) => [name, kind, required, words, choices]), [
      ['orderId', 'text', true, 'text, at least 6 characters', []],
      ['amount', 'number', true, 'number, 0.01 to 10000', []],
      ['currency', 'choice', true, '', ['EUR', 'GBP', 'USD']],
      ['reason', 'choice', true, '', ['damaged', 'not-delivered', 'wrong-item', 'goodwill']],
      ['note', 'text', false, 'text, at most 500 characters', []],
    ]);
    assert.equal(choicesOf(workspace, { agent: 'refund-assistant', resource: 'no/such' }).fields, null);
  });

  it('are the Catalog for an agent that is not there, and nothing where there is nothing', () => {
    assert.ok(choicesOf(workspace, { agent: 'nobody' }).resources.length > 10);
    const { chosen, actions, resources } = choicesOf(new Workspace(), {});
    assert.deepEqual([chosen, actions.length, resources], [{ agent: null, action: 'call', resource: null, environment: '' }, 8, []]);
  });
});

describe('ide: what the simulator shows', () => {
  const workspace = acme();

  it('an approval, with the people left, the place and the reason of the rule', () => {
    const decision = decided(workspace, { ...REFUND, args: { amount: 900 } });
    assert.deepEqual([decision.effect, decision.sentence], ['require_approval', null]);
    assert.deepEqual(decision.approvals, [{ rule: 'payments-guardrails/refund-large', from: ['finance-operations'], people: ['clara.bauer', 'kofi.mensah', 'yuki.sato'], morePeople: 0, notes: ['within 4 hours'] }]);
    const [rule] = decision.rules;
    assert.equal(rule?.name, 'refund-large');
    assert.equal(rule.label, 'payments.policy.yaml:37');
    const text = workspace.text('policies/payments.policy.yaml') ?? '';
    assert.equal(rule.place?.range.start.line, text.indexOf('refund-large'));
    assert.equal(rule.reason, 'Finance decides on refunds over 500.');
    assert.deepEqual(decision.obligations, ['logs everything', 'redacts card-number, iban, secrets', 'at most 60 each hour']);
    assert.equal(decision.words, 'refund-assistant · call payments/refund · production · amount 900');
  });

  it('why: what decided first, then the policies that had a say, the closest rules first', () => {
    const { matched, others } = decided(workspace, { ...REFUND, args: { amount: 900 } });
    assert.deepEqual([matched[0]?.name, matched[0]?.decided], ['refund-large', true]);
    assert.ok(matched.slice(1).every((rule) => !rule.decided));
    assert.equal(others[0]?.policy, 'payments-guardrails');
    assert.deepEqual(others[0].rules.slice(0, 3).map((rule) => [rule.name, rule.because]), [['refund-small', 'when'], ['refund-goodwill', 'when'], ['year-end-freeze', 'when']]);
  });

  const sentences: readonly (readonly [string, unknown, string, string])[] = [
    ['nobody of that name', { ...REFUND, agent: 'refund-asistant' }, 'deny', 'No agent of this workspace is called `refund-asistant`.'],
    ['a retired agent', { agent: 'invoice-matcher', action: 'read', resource: 'data:orders-db', environment: 'production' }, 'deny', 'The agent is retired, so it may do nothing.'],
    ['what the manifest does not name', { ...REFUND, resource: 'tool:payments/payout' }, 'deny', 'The manifest does not name this tool.'],
    ['an environment that it is not for', { ...REFUND, environment: 'development' }, 'deny', 'The manifest does not name `development` under `hosting`.'],
    ['what no policy speaks of', { ...REFUND, environment: undefined, args: { amount: 1 } }, 'deny', 'Nothing is allowed: no policy speaks of this.'],
  ];
  for (const [name, request, effect, sentence] of sentences) {
    it(`${name}, in a sentence`, () => {
      const decision = decided(workspace, JSON.parse(JSON.stringify(request)));
      assert.deepEqual([decision.effect, decision.sentence], [effect, sentence]);
    });
  }

  it('the field of what is no request', () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ ...REFUND, action: 'cal' }, 'action'], [{ ...REFUND, resource: 'payments/refund' }, 'resource'], [{ ...REFUND, args: { amount: 2 ** 60 } }, 'args.amount'],
      [{ ...REFUND, context: { time: 'tomorrow' } }, 'context.time'], [{ ...REFUND, principal: { roles: 'clerk' } }, 'principal.roles'], [null, 'request'], [[], 'request'], ['x', 'request'],
    ];
    for (const [request, field] of wrong) {
      const answer = simulate(workspace, request, { now: NOW, locate });
      assert.ok('error' in answer && answer.error.field === field && answer.error.message.endsWith('.'), JSON.stringify(answer));
    }
  });

  it('nobody left to approve', () => {
    const { workspace: small } = given(`#- c.catalog.yaml
apiVersion: countersign/v1
kind: Catalog
spec: { teams: { pay: { members: [ada] } } }
#- a.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: a }
spec: { purpose: Test., lifecycle: production, owner: { team: pay }, tools: [s/t] }
#- p.policy.yaml
apiVersion: countersign/v1
kind: Policy
metadata: { name: p }
spec: { rules: [{ id: r, effect: require_approval, actions: [call], resources: ["tool:*"], approval: { from: [pay], count: 2 } }] }
`);
    const decision = decided(small, { agent: 'a', action: 'call', resource: 'tool:s/t' });
    assert.deepEqual(decision.approvals[0]?.notes, ['2 different people', 'nobody is left who may approve']);
    assert.equal(decision.effect, 'require_approval');
  });

  it('the newest text', () => {
    const own = acme();
    const path = 'policies/payments.policy.yaml';
    own.applyChange({ files: [[path, (own.text(path) ?? '').replace('args.amount > 500"', 'args.amount > 1000"')]] });
    assert.equal(decided(own, { ...REFUND, args: { amount: 900 } }).effect, 'allow');
  });
});

describe('ide: what one takes away from the simulator', () => {
  const request = { ...REFUND, args: { amount: 900, note: "it's late" }, principal: { id: 'maria' }, context: { labels: ['x'], time: '2026-12-01T00:00:00Z' } };

  it('the request in other forms', () => {
    const read = parsed(request);
    assert.deepEqual(JSON.parse(copyOf(read, 'short')), request);
    assert.deepEqual(parsed(JSON.parse(copyOf(read, 'authzen'))), { ...read, attributes: null });
    assert.equal(
      copyOf(read, 'command'),
      `countersign simulate --agent refund-assistant --action call --resource tool:payments/refund --environment production --args '{"amount":900,"note":"it'\\''s late"}' --principal '{"id":"maria"}' --context '{"labels":["x"]}' --at 2026-12-01T00:00:00Z`,
    );
  });

  const files: readonly (readonly [string, string, string])[] = [
    ['a block', 't.policytest.yaml', 'apiVersion: countersign/v1\nkind: PolicyTest\nspec:\n  cases:\n    - name: one\n      request: { agent: a, action: call, resource: "tool:s/t" }\n      expect: deny # no\n\n# the end\n'],
    ['a block with Windows line ends', 't.policytest.yaml', 'apiVersion: countersign/v1\r\nkind: PolicyTest\r\nspec:\r\n  cases:\r\n  - name: one\r\n    request: { agent: a, action: call, resource: "tool:s/t" }\r\n    expect: deny'],
    ['a flow list', 't.policytest.yaml', 'apiVersion: countersign/v1\nkind: PolicyTest\nspec: { cases: [ { name: one, request: { agent: a, action: call, resource: "tool:s/t" }, expect: deny } ] }\n'],
    ['JSON', 't.policytest.json', '{\n  "apiVersion": "countersign/v1",\n  "kind": "PolicyTest",\n  "spec": {\n    "cases": [\n      { "name": "one", "request": { "agent": "a", "action": "call", "resource": "tool:s/t" }, "expect": "deny" }\n    ]\n  }\n}\n'],
    ['an empty list of JSON', 't.policytest.json', '{ "apiVersion": "countersign/v1", "kind": "PolicyTest", "spec": { "cases": [] } }\n'],
  ];
  for (const [name, path, text] of files) {
    it(`a case in ${name}, that passes`, () => {
      const workspace = acme();
      workspace.applyChange({ files: [[path, text]] });
      const before = workspace.facts(path)?.documents[0];
      const count = before ? runTests(path, before, workspace.shared(ENGINES), { now: NOW }).length : 0;
      const saved = saveTest(workspace, parsed(request), path, 'a "new" case: mine', NOW);
      assert.ok(saved && !saved.create);
      workspace.applyChange({ files: [[path, applyEdits(text, [saved.edit])]] });
      const facts = workspace.facts(path)?.documents[0];
      assert.ok(facts);
      assert.deepEqual([facts.syntax, facts.problems], [[], []], workspace.text(path) ?? '');
      const results = runTests(path, facts, workspace.shared(ENGINES), { now: 0 });
      assert.equal(results.length, count + 1);
      assert.deepEqual([results.at(-1)?.name, results.at(-1)?.passed], ['a "new" case: mine', true], workspace.text(path) ?? '');
    });
  }

  for (const path of ['policies/new.policytest.yaml', 'policies/new.policytest.json']) {
    it(`a new file: ${path}`, () => {
      const workspace = acme();
      const saved = saveTest(workspace, parsed({ ...REFUND, args: { amount: 20 } }), path, 'small', NOW);
      assert.ok(saved?.create);
      workspace.applyChange({ files: [[path, saved.edit.newText]] });
      const facts = workspace.facts(path)?.documents[0];
      assert.ok(facts);
      assert.deepEqual([facts.syntax, facts.problems], [[], []], saved.edit.newText);
      // the clock is kept, so that it stays what it is
      assert.deepEqual(runTests(path, facts, workspace.shared(ENGINES), { now: Date.UTC(2026, 11, 25) }).map((result) => [result.name, result.passed]), [['small', true]], saved.edit.newText);
    });
  }

  it('only files that hold cases are offered, and a name that tells', () => {
    const workspace = acme();
    const { paths, newPath, name } = testFiles(workspace, parsed(request));
    assert.ok(paths.includes('policies/payments.policytest.yaml') && paths.every((path) => path.includes('policytest')));
    assert.equal(newPath, 'policies/refund-assistant.policytest.yaml');
    assert.equal(name, "refund-assistant, call payments/refund, production, for maria, amount 900, note it's late");
    assert.equal(saveTest(workspace, parsed(request), 'policies/payments.policy.yaml', 'x', NOW), null);
  });

  it('every request of the example comes back from its short form', () => {
    const workspace = acme();
    const engine = workspace.shared(ENGINE);
    for (const path of workspace.paths().filter((each) => each.endsWith('.policytest.yaml'))) {
      for (const document of workspace.facts(path)?.documents ?? []) {
        for (const { request: one } of runTests(path, document, workspace.shared(ENGINES), { now: NOW })) {
          if (one) assert.deepEqual(engine.decide(parsed(JSON.parse(JSON.stringify(shortForm(one)))), { at: NOW }), engine.decide(one, { at: NOW }));
        }
      }
    }
  });
});
