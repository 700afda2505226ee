// Code lenses over cases, rules and agents, and the requests that "Simulate" begins with.
import assert from 'node:assert/strict';
import { Workspace } from '../../server/src/core/workspace';
import { POLICIES, ENGINE } from '../../server/src/core/policy';
import { parseRequest } from '../../server/src/core/model';
import { exampleOfAgent, exampleOfRule, ide, placesOfRule } from '../../server/src/ide';
import { acmeFiles, given, NOW } from './workspace';

const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: Test., lifecycle: production, owner: { team: t }, tools: [s/t] }\n';
const drawn = (source: string): string[] => {
  const { workspace, path, text } = given(source);
  return (ide.lenses?.(workspace, path) ?? []).filter(({ command }) => command !== 'countersign.showOwner').map(({ title, command, arguments: of, with: file, span }) => `${text.slice(0, span.start).split('\n').length} ${title} ${command} ${file} ${JSON.stringify(of)}`);
};

describe('ide: lenses', () => {
  it('stand over cases', () => {
    assert.deepEqual(drawn('#- t.policytest.yaml\napiVersion: countersign/v1\nkind: PolicyTest\nmetadata: { name: t }\nspec:\n  cases:\n    - name: one\n      request: {}\n    - request: {}\n'), [
      '1 Run all 2 countersign.runTest file [["one","case 2"]]', '6 Run countersign.runTest file [["one"]]', '8 Run countersign.runTest file [["case 2"]]',
    ]);
  });

  it('stand over rules and agents', () => {
    assert.deepEqual(drawn('#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - id: r\n      effect: deny\n    - { id: s, effect: allow }\n'), [
      '6 No agent countersign.showAgentsOfRule file [0,0]', '6 No test countersign.showTestsOfRule file [0,0]', '6 Simulate countersign.simulateHere file [0,0]',
      '8 No agent countersign.showAgentsOfRule file [0,1]', '8 No test countersign.showTestsOfRule file [0,1]', '8 Simulate countersign.simulateHere file [0,1]',
    ]);
    assert.deepEqual(drawn(`#- a.agent.yaml\n# who\n${AGENT}`), ['2 Simulate countersign.simulateHere file [0]']);
  });

  it('count the agents that a rule can be for, and the cases that name it or that it decides', () => {
    const cases = (...lines: readonly string[]): string => `apiVersion: countersign/v1\nkind: PolicyTest\nspec:\n  cases:\n${lines.map((line) => `    - { ${line} }`).join('\n')}\n`;
    const call = 'request: { agent: a, action: call, resource: "tool:s/t" }';
    const source = `#- a.agent.yaml
${AGENT}#- b.agent.yaml
${AGENT.replace('name: a', 'name: b').replace('s/t', 's/u')}#- gone.agent.yaml
${AGENT.replace('name: a', 'name: gone').replace('production', 'retired')}#- t.policytest.yaml
${cases(`name: one, ${call}, expect: allow`, `name: two, ${call}, expect: { rules: [p/named] }`, `name: three, ${call}, expect: { obligations: [ { log: full } ] }`, `name: four, ${call.replace('agent: a', 'agent: b').replace('s/t', 's/u')}, expect: deny`)}#- p.policy.yaml
$0apiVersion: countersign/v1
kind: Policy
metadata: { name: p }
spec:
  rules:
    - { id: all, effect: allow, actions: [call], resources: ["tool:s/*"] }
    - { id: named, effect: deny, agents: [b], actions: [call], resources: ["tool:s/t"] }
    - { id: log, effect: oblige, obligations: [ { log: full } ] }
    - { id: other, effect: deny, actions: [read], resources: ["data:*"] }
    - { id: own, effect: deny, actions: [call], resources: ["tool:*"], when: 'agent.id == "b"' }
`;
    assert.deepEqual(drawn(source).filter((line) => !line.includes('Simulate')).map((line) => line.replace(/ countersign.*/, '')), [
      '6 2 agents', '6 3 tests', '7 No agent', '7 1 test', '8 2 agents', '8 1 test', '9 No agent', '9 No test', '10 1 agent', '10 1 test',
    ]);
    const { workspace } = given(source);
    const at = (rule: number, what: 'agents' | 'tests') => placesOfRule(workspace, { path: 'p.policy.yaml', document: 0, rule }, what)?.places.map(({ path, span }) => `${path} ${workspace.text(path)?.slice(span.start, span.end)}`);
    assert.deepEqual(at(0, 'agents'), ['a.agent.yaml a', 'b.agent.yaml b']);
    assert.deepEqual(at(4, 'tests'), ['t.policytest.yaml four']);
    assert.equal(at(9, 'tests'), undefined);
    // an edit of a test is seen, and one of an agent
    workspace.applyChange({ files: [['t.policytest.yaml', null]] });
    assert.deepEqual(at(0, 'tests'), []);
    workspace.applyChange({ files: [['b.agent.yaml', null]] });
    assert.deepEqual(at(0, 'agents'), ['a.agent.yaml a']);
  });

  for (const [name, source] of [['a standard', '#- s.standard.yaml\napiVersion: countersign/v1\nkind: Standard\n'], ['broken text', '#- p.policy.yaml\nspec: [\n'], ['no file of ours', '#- README.md\n# Title\n']] as const) {
    it(`are not drawn over ${name}`, () => assert.deepEqual(drawn(source), []));
  }

  it('begin with a request that the rule speaks of', () => {
    const rule = (text: string) => given(`#- a.agent.yaml\n${AGENT}#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: r, effect: deny, ${text} }\n`).workspace;
    const example = (text: string) => exampleOfRule(rule(text), 'p.policy.yaml', 0, 0, NOW);
    assert.deepEqual(example('actions: [call], resources: ["tool:s/*"]'), { agent: 'a', action: 'call', resource: 'tool:s/t' });
    assert.equal(example('agents: [nobody]'), null);
    assert.equal(example('actions: [call], resources: ["tool:else/*"]'), null);
    assert.equal(exampleOfRule(rule(''), 'p.policy.yaml', 0, 7, NOW), undefined);
    assert.deepEqual(exampleOfAgent(rule(''), 'a.agent.yaml', 0), { agent: 'a', action: 'call', resource: 'tool:s/t' });
    assert.equal(exampleOfAgent(rule(''), 'p.policy.yaml', 0), null);
  });

  it('begin with a request that reaches the rule, for nearly all rules of the example', () => {
    const workspace = new Workspace();
    workspace.applyChange({ files: acmeFiles(), now: NOW });
    const engine = workspace.shared(ENGINE);
    const missed: string[] = [];
    for (const policy of workspace.shared(POLICIES).all.filter((one) => one.path.startsWith('policies/'))) {
      for (const rule of policy.rules) {
        const request = exampleOfRule(workspace, policy.path, policy.document, rule.index, NOW);
        const parsed = request ? parseRequest(request) : null;
        if (!parsed || !('request' in parsed)) {
          missed.push(rule.id);
          continue;
        }
        const traced = engine.decide(parsed.request, { at: NOW }).trace.find((entry) => entry.id === rule.id);
        assert.ok(!traced || ['matched', 'when', 'error', 'expired', 'malformed'].includes(traced.because), `${rule.id}: ${traced?.because}`);
      }
    }
    assert.deepEqual(missed, []);
  });
});
