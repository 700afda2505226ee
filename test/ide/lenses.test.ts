// Code lenses over cases, rules and agents, and the requests that "Simulate" begins with.
import assert from 'node:assert/strict';
import { Workspace } from '../../server/src/core/workspace';
import { POLICIES, ENGINE } from '../../server/src/core/policy';
import { parseRequest } from '../../server/src/core/model';
import { exampleOfAgent, exampleOfRule, ide } from '../../server/src/ide';
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
      '6 Simulate countersign.simulateHere file [0,0]', '8 Simulate countersign.simulateHere file [0,1]',
    ]);
    assert.deepEqual(drawn(`#- a.agent.yaml\n# who\n${AGENT}`), ['2 Simulate countersign.simulateHere file [0]']);
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
