// Manifests with what they extend: what they decide as a whole, and what makes them fail; policies in Cedar.
import assert from 'node:assert/strict';
import { parseRequest } from '../../../../server/src/core/model';
import { ENGINE } from '../../../../server/src/core/policy';
import { AGENTS } from '../../../../server/src/core/workspace';
import { NOW, lintAll, workspaceOf } from '../../../harness/workspace';

const V = 'agent_control_specification_version: "0.4.0-alpha.1"\n';
const POINT = 'intervention_points:\n  pre_tool_call: { policy_target: $.tool_call.args, tool_name_from: $.tool_call.name, policy: { id: gate } }\n';
const TOOLS = 'tools: { pay: { type: Tool }, search: { type: Tool } }\n';
const cedar = (policy: string, more = ''): string => `${V}metadata: { name: bank }\npolicies:\n  gate:\n    type: cedar\n    policy_set: |\n${policy.split('\n').map((line) => `      ${line}`).join('\n')}\n${more}${POINT}${TOOLS}`;

function decide(files: { readonly [path: string]: string }, resource: string, args: object): string {
  const engine = workspaceOf(new Map(Object.entries(files))).shared(ENGINE);
  const parsed = parseRequest({ agent: 'bank', action: 'call', resource, args } as never);
  assert.ok('request' in parsed);
  const prepared = engine.prepare(parsed.request, { at: NOW });
  const { effect } = engine.decidePrepared(prepared);
  assert.equal(engine.effect(prepared), effect, 'the fast path says the same');
  return effect;
}

const found = (files: { readonly [path: string]: string }): string[] => lintAll(workspaceOf(new Map(Object.entries(files)))).filter(({ code }) => code.startsWith('format/')).map(({ path, code, span }) => `${path} ${code} ${(files[path] ?? '').slice(span.start, span.end).slice(0, 40)}`);

const PERMIT = 'permit(principal, action, resource);';
/** what it shows, the files, the tool, arguments, effect */
const CASES: readonly (readonly [name: string, files: { readonly [path: string]: string }, tool: string, args: object, effect: string])[] = [
  ['a permit', { 'manifest.yaml': cedar(PERMIT) }, 'pay', {}, 'allow'],
  ['nothing permits', { 'manifest.yaml': cedar('permit(principal, action, resource == Tool::"search");') }, 'pay', {}, 'deny'],
  ['the tool by its name', { 'manifest.yaml': cedar('permit(principal, action, resource == Tool::"search");') }, 'search', {}, 'allow'],
  ['the point is the action', { 'manifest.yaml': cedar('permit(principal, action == Action::"pre_tool_call", resource);') }, 'pay', {}, 'allow'],
  ['another point', { 'manifest.yaml': cedar('permit(principal, action == Action::"output", resource);') }, 'pay', {}, 'deny'],
  ['arguments', { 'manifest.yaml': cedar(`${PERMIT}\nforbid(principal, action, resource) when { context.tool_call.args.amount > 100 };`) }, 'pay', { amount: 101 }, 'deny'],
  ['arguments within', { 'manifest.yaml': cedar(`${PERMIT}\nforbid(principal, action, resource) when { context.tool_call.args.amount > 100 };`) }, 'pay', { amount: 100 }, 'allow'],
  ['a policy that fails denies', { 'manifest.yaml': cedar(`${PERMIT}\nforbid(principal, action, resource) when { context.tool_call.args.amount > 100 };`) }, 'pay', {}, 'deny'],
  ['a permit that fails denies, whatever another permits', { 'manifest.yaml': cedar(`${PERMIT}\npermit(principal, action, resource) when { context.tool_call.args.amount > 100 };`) }, 'pay', {}, 'deny'],
  ['a guard', { 'manifest.yaml': cedar(`${PERMIT}\nforbid(principal, action, resource) when { context.tool_call.args has amount && context.tool_call.args.amount > 100 };`) }, 'pay', {}, 'allow'],
  ['what the host tells beside', { 'manifest.yaml': cedar(`${PERMIT}\nforbid(principal, action, resource) when { context has budgets && context.budgets has spent && context.budgets.spent > 5 };`) }, 'pay', {}, 'unknown'],
  ['and where that makes no difference', { 'manifest.yaml': cedar(`${PERMIT}\nforbid(principal, action, resource) when { context has budgets && context.budgets has spent && resource has limit && context.budgets.spent > resource.limit };`) }, 'pay', {}, 'allow'],
  ['annotators that are not asked say nothing', { 'manifest.yaml': cedar(`${PERMIT}\nforbid(principal, action, resource) when { context.annotations has risk };`) }, 'pay', {}, 'allow'],
  ['the agent is told by the host', { 'manifest.yaml': cedar('permit(principal == Agent::"x", action, resource);') }, 'pay', {}, 'unknown'],
  ['advice asks, where somebody can be asked', { 'manifest.yaml': cedar(`@advice("{\\"verdict\\":\\"escalate\\"}")\n${PERMIT}`, 'approval: { default_resolver: desk, on_timeout: deny, resolvers: { desk: {} } }\n') }, 'pay', {}, 'require_approval'],
  ['and denies where nobody can', { 'manifest.yaml': cedar(`@advice("{\\"verdict\\":\\"escalate\\"}")\n${PERMIT}`) }, 'pay', {}, 'deny'],
  ['advice that warns lets through', { 'manifest.yaml': cedar(`@advice("{\\"verdict\\":\\"warn\\"}")\n${PERMIT}`) }, 'pay', {}, 'allow'],
  ['advice that is none denies', { 'manifest.yaml': cedar(`@advice("warn")\n${PERMIT}`) }, 'pay', {}, 'deny'],
  ['Cedar that cannot be read denies', { 'manifest.yaml': cedar('permit(principal, action);') }, 'pay', {}, 'deny'],
  ['a file of its own', { 'a/manifest.yaml': `${V}metadata: { name: bank }\npolicies: { gate: { type: cedar, policy_path: ./gate.cedar } }\n${POINT}${TOOLS}`, 'a/gate.cedar': PERMIT }, 'pay', {}, 'allow'],
  ['a file that is not there', { 'a/manifest.yaml': `${V}metadata: { name: bank }\npolicies: { gate: { type: cedar, policy_path: ./gate.cedar } }\n${POINT}${TOOLS}` }, 'pay', {}, 'unknown'],
  ['entities', { 'manifest.yaml': `${V}metadata: { name: bank }\npolicies: { gate: { type: cedar, policy_path: gate.cedar, entities_path: entities.json } }\n${POINT}${TOOLS}`, 'gate.cedar': 'permit(principal, action, resource in Group::"safe");', 'entities.json': '[{"uid":{"type":"Tool","id":"pay"},"attrs":{},"parents":[{"type":"Group","id":"safe"}]}]' }, 'pay', {}, 'allow'],
  ['entities without the tool', { 'manifest.yaml': `${V}metadata: { name: bank }\npolicies: { gate: { type: cedar, policy_path: gate.cedar, entities_path: entities.json } }\n${POINT}${TOOLS}`, 'gate.cedar': 'permit(principal, action, resource in Group::"safe");', 'entities.json': '[{"uid":{"type":"Tool","id":"pay"},"attrs":{},"parents":[{"type":"Group","id":"safe"}]}]' }, 'search', {}, 'deny'],
  ['Rego is not evaluated', { 'manifest.yaml': `${V}metadata: { name: bank }\npolicies: { gate: { type: rego, bundle: ./p, query: data.x } }\n${POINT}${TOOLS}` }, 'pay', {}, 'unknown'],
  ['a policy that is nowhere', { 'manifest.yaml': `${V}metadata: { name: bank }\npolicies: { other: { type: test } }\n${POINT}${TOOLS}` }, 'pay', {}, 'deny'],
  ['the policy of a base', { 'manifest.yaml': `${V}extends: [ base/gate.yaml ]\nmetadata: { name: bank }\n${POINT}${TOOLS}`, 'base/gate.yaml': `${V}policies: { gate: { type: cedar, policy_set: '${PERMIT}' } }\n` }, 'pay', {}, 'allow'],
  ['the point and the tools of a base of a base', { 'manifest.yaml': `${V}extends: [ base/a.yaml ]\nmetadata: { name: bank }\n`, 'base/a.yaml': `${V}extends: b.yaml\n${TOOLS}`, 'base/b.yaml': `${V}policies: { gate: { type: cedar, policy_set: '${PERMIT}' } }\n${POINT}` }, 'pay', {}, 'allow'],
  ['the same twice', { 'manifest.yaml': `${V}extends: [ a.yaml, b.yaml ]\nmetadata: { name: bank }\n${TOOLS}`, 'a.yaml': `${V}policies: { gate: { type: cedar, policy_set: '${PERMIT}' } }\n${POINT}`, 'b.yaml': `${V}policies: { gate: { policy_set: '${PERMIT}', type: cedar } }\n` }, 'pay', {}, 'allow'],
  ['a conflict denies', { 'manifest.yaml': `${V}extends: [ a.yaml ]\nmetadata: { name: bank }\npolicies: { gate: { type: cedar, policy_set: '${PERMIT}' } }\n${TOOLS}`, 'a.yaml': `${V}policies: { gate: { type: rego, query: data.x } }\n${POINT}` }, 'pay', {}, 'deny'],
  ['a base that is missing denies', { 'manifest.yaml': `${V}extends: [ gone.yaml ]\n${cedar(PERMIT).slice(V.length)}` }, 'pay', {}, 'deny'],
  ['an address is not fetched', { 'manifest.yaml': `${V}extends: [ { url: "https://policies.example.com/a.yaml", sha256: abc } ]\nmetadata: { name: bank }\n${POINT}${TOOLS}` }, 'pay', {}, 'unknown'],
  ['an address beside a policy of its own', { 'manifest.yaml': `${V}extends: [ "https://policies.example.com/a.yaml" ]\n${cedar(PERMIT).slice(V.length)}` }, 'pay', {}, 'allow'],
];

describe('manifests of agents decide', () => {
  for (const [name, files, tool, args, effect] of CASES) it(`${name}: ${effect}`, () => assert.equal(decide(files, `tool:acs/${tool}`, args), effect));
});

describe('manifests that extend others', () => {
  const own = `${V}metadata: { name: bank }\npolicies: { gate: { type: rego, query: data.x } }\n${POINT}`;
  it('what makes them fail is told where they say it', () => {
    const cases: readonly (readonly [files: { readonly [path: string]: string }, found: readonly string[]])[] = [
      [{ 'a/m.yaml': `${own}extends: [ gone.yaml ]\n` }, ['a/m.yaml format/acs/base-unusable gone.yaml']],
      [{ 'a/m.yaml': `${own}extends: [ ../base.yaml ]\n`, 'base.yaml': V }, ['a/m.yaml format/acs/base-outside ../base.yaml']],
      [{ 'a/m.yaml': `${own}extends: [ "http://x.example.com/b.yaml" ]\n` }, ['a/m.yaml format/acs/base-unusable "http://x.example.com/b.yaml"']],
      [{ 'a/m.yaml': `${own}extends: [ m.yaml ]\n` }, ['a/m.yaml format/acs/base-unusable m.yaml']],
      [{ 'a/m.yaml': `${own}extends: [ n.yaml ]\n`, 'a/n.yaml': `${V}extends: [ m.yaml ]\n` }, ['a/m.yaml format/acs/base-unusable n.yaml', 'a/n.yaml format/acs/base-unusable m.yaml']],
      [{ 'a/m.yaml': `${own}extends: [ n.yaml ]\n`, 'a/n.yaml': 'agent_control_specification_version: 0.3.1-beta\n' }, ['a/m.yaml format/acs/base-unusable n.yaml']],
      [{ 'a/m.yaml': `${own}extends: [ n.yaml ]\n`, 'a/n.yaml': `${V}metadata: { name: other }\n` }, ['a/m.yaml format/acs/base-conflict name']],
      [{ 'a/m.yaml': `${own}extends: [ n.yaml ]\n`, 'a/n.yaml': `${V}metadata: { team: other }\nintervention_points:\n  pre_tool_call: { annotations: { risk: { from: $target } } }\n` }, []],
      [{ 'a/m.yaml': `${own}extends: [ n.yaml ]\n`, 'a/n.yaml': `${V}intervention_points:\n  pre_tool_call: { policy_target: $.other }\n` }, ['a/m.yaml format/acs/base-conflict pre_tool_call']],
    ];
    for (const [files, wanted] of cases) assert.deepEqual(found(files).filter((line) => !line.includes('no-tool-control')), wanted);
  });

  it('where a base lies is judged from the manifest that is loaded', () => {
    const files = { 'a/m.yaml': `${own}extends: [ parts/n.yaml ]\n`, 'a/parts/n.yaml': `${V}extends: [ ../common.yaml ]\n${TOOLS}`, 'a/common.yaml': `${V}metadata: { team: x }\n` };
    assert.deepEqual(found(files).filter((line) => line.includes('base-')), []);
    assert.deepEqual(found({ 'a/parts/n.yaml': files['a/parts/n.yaml'], 'a/common.yaml': files['a/common.yaml'] }).filter((line) => line.includes('base-')), ['a/parts/n.yaml format/acs/base-outside ../common.yaml']);
    assert.equal(decide({ ...files, 'a/parts/n.yaml': files['a/parts/n.yaml'].replace('../common.yaml', '../../common.yaml'), 'common.yaml': V }, 'tool:acs/pay', {}), 'deny');
  });

  it('a fault of a base is told there, and denies all the same', () => {
    const files = { 'm.yaml': `${own}extends: [ n.yaml ]\n`, 'n.yaml': `${V}extends: [ gone.yaml ]\n${TOOLS}` };
    assert.deepEqual(found(files).filter((line) => line.includes('base-')), ['n.yaml format/acs/base-unusable gone.yaml']);
    assert.equal(decide(files, 'tool:acs/pay', {}), 'deny');
  });

  it('the agent has the tools of all', () => {
    const workspace = workspaceOf(new Map([['m.yaml', `${own}extends: [ n.yaml ]\n`], ['n.yaml', `${V}${TOOLS}`]]));
    assert.deepEqual(workspace.shared(AGENTS).all.find(({ name }) => name === 'bank')?.tools.map(({ pattern }) => pattern), ['acs/pay', 'acs/search']);
  });

  it('an edit of a base is an edit of what extends it', () => {
    const files = new Map([['m.yaml', `${V}extends: [ n.yaml ]\nmetadata: { name: bank }\n${POINT}${TOOLS}`], ['n.yaml', `${V}policies: { gate: { type: cedar, policy_path: gate.cedar } }\n`], ['gate.cedar', PERMIT]]);
    const workspace = workspaceOf(files);
    const effect = (): string => {
      const parsed = parseRequest({ agent: 'bank', action: 'call', resource: 'tool:acs/pay' } as never);
      assert.ok('request' in parsed);
      return workspace.shared(ENGINE).decide(parsed.request, { at: NOW }).effect;
    };
    assert.equal(effect(), 'allow');
    workspace.applyChange({ files: [['gate.cedar', 'forbid(principal, action, resource);']] });
    assert.equal(effect(), 'deny');
    workspace.applyChange({ files: [['gate.cedar', PERMIT], ['n.yaml', `${V}policies: { gate: { type: rego, query: data.x } }\n`]] });
    assert.equal(effect(), 'unknown');
  });

  it('a fault in Cedar stands at its characters', () => {
    const text = cedar('permit(principal, action, resource)\n  when { context.é == 1 };');
    assert.deepEqual(found({ 'manifest.yaml': text }), ['manifest.yaml format/acs/cedar-syntax é']);
  });
});
