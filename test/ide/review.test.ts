// A difference as it is reviewed: accepted changes, whose agents and rules they are, where they stand, in words.
import assert from 'node:assert/strict';
import type { Difference, Outcome, Region } from '../../server/src/core/analysis';
import { POLICIES } from '../../server/src/core/policy';
import { ACCEPTED_FILE } from '../../server/src/core/workspace';
import { acceptEdit, agentChangeWords, agentChanges, beforeWords, exampleWords, incompleteParts, nowWords, outcomeWords, readAccepted, reviewOf } from '../../server/src/ide';
import { parseYaml, plainValue } from '../../server/src/core/yaml';
import { filesOf, workspaceOf } from '../harness/workspace';

const BASE = `#- c.catalog.yaml
apiVersion: countersign/v1
kind: Catalog
spec: { teams: { payments: { members: [ann] }, finance: { members: [bob] }, risk: { members: [eve] } } }
#- a.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: refund }
spec: { purpose: refunds, owner: { team: payments }, lifecycle: pilot, roles: [clerk], tools: ["pay/*"] }
#- p.policy.yaml
apiVersion: countersign/v1
kind: Policy
metadata: { name: p, owner: risk }
spec:
  rules:
    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/*"] }
    - id: large
      effect: require_approval
      actions: [call]
      resources: ["tool:pay/*"]
      when: has(args.amount) && args.amount > 500
      approval: { from: [finance], within: 4h }
      owner: finance
`;
const HEAD = BASE.replace(/ {4}- id: large[\s\S]*/, '');
const at = (text: string, more: Record<string, string> = {}) => workspaceOf(new Map([...filesOf(text), ...Object.entries(more)]));

const ALLOW: Outcome = { effect: 'allow', approvals: [], obligations: [] };
const ASK: Outcome = { effect: 'require_approval', approvals: [{ from: ['finance'], count: 1, within: '4h', distinct: false }], obligations: [] };

function widened(before = at(BASE), after = at(HEAD), more: Partial<Region> = {}): Difference {
  const ref = (workspace: ReturnType<typeof at>, id: string) => workspace.shared(POLICIES).all.flatMap(({ rules }) => rules.filter((rule) => rule.id === id).map(({ file, span }) => ({ id, file, span })));
  const region: Region = {
    change: 'widened', where: 'refund · call · tool:pay/refund · args.amount > 500',
    region: { 'agent.id': { in: ['refund'] }, 'action.name': { in: ['call'] }, resource: { in: ['tool:pay/refund'] }, 'args.amount': { gt: 500 } },
    before: ASK, after: ALLOW, witness: { agent: 'refund', action: 'call', resource: 'tool:pay/refund', args: { amount: 501 } },
    rules: { before: ref(before, 'p/large'), after: ref(after, 'p/small') }, agents: ['refund'], owners: ['finance', 'payments', 'risk'], opaque: [], ...more,
  };
  return { verdict: 'changed', proved: true, world: 'closed', assumptions: [], reasons: [], gaveUp: false, regions: [region] };
}

const ACCEPTED = `- region: { resource: { in: ["tool:pay/refund"] }, args.amount: { gt: 500 }, action.name: { in: [call] }, agent.id: { in: [refund] } }
  rules: { before: [p/large], after: [p/small] }
  change: widened
  before: { effect: require_approval, approvals: [{ from: [finance], count: 1, within: 4h }], obligations: [] }
  after: { effect: allow }
  reason: Agreed in CHG-1
  by: eve
  on: 2026-11-20
`;

describe('accepted changes', () => {
  const review = (file: string, before?: string) => {
    const [base, head] = [at(BASE, before === undefined ? {} : { [ACCEPTED_FILE]: before }), at(HEAD, { [ACCEPTED_FILE]: file })];
    return reviewOf(base, head, widened(base, head));
  };

  it('match on region, rules, before and after, in any order of keys and sets', () => {
    const found = review(ACCEPTED);
    assert.deepEqual([found.items[0]?.accepted?.reason, found.items[0]?.accepted?.by, found.items[0]?.accepted?.on], ['Agreed in CHG-1', 'eve', '2026-11-20']);
    assert.deepEqual(found.accepted.map(({ matches, added }) => [matches, added]), [[1, true]]);
    assert.deepEqual(review(ACCEPTED, ACCEPTED).accepted.map(({ matches, added }) => [matches, added]), [[1, false]]);
    assert.ok(review(`accepted:\n${ACCEPTED.replace(/^/gm, '  ')}`).items[0]?.accepted);
  });

  const others: readonly (readonly [what: string, from: string, to: string])[] = [
    ['region', 'gt: 500', 'gt: 501'], ['rules', 'after: [p/small]', 'after: []'], ['before', 'within: 4h', 'within: 5h'], ['after', 'after: { effect: allow }', 'after: { effect: deny }'], ['change', 'change: widened', 'change: narrowed'],
    ['an approval less', 'approvals: [{ from: [finance], count: 1, within: 4h }]', 'approvals: []'], ['an obligation more', 'after: { effect: allow }', 'after: { effect: allow, obligations: [{ log: full }] }'],
  ];
  for (const [what, from, to] of others) {
    it(`another ${what} does not match, and that is said`, () => {
      assert.ok(ACCEPTED.includes(from));
      const found = review(ACCEPTED.replace(from, to));
      assert.equal(found.items[0]?.accepted, null);
      assert.deepEqual(found.accepted.map(({ matches }) => matches), [0]);
    });
  }

  const faulty: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['without a reason', ACCEPTED.replace(/ {2}reason.*\n/, ''), /it lacks `reason`/], ['with an empty reason', ACCEPTED.replace('Agreed in CHG-1', '""'), /it lacks `reason`/],
    ['without a person', ACCEPTED.replace(/ {2}by.*\n/, ''), /it lacks `by`/], ['that is a text', '- nothing\n', /it lacks `region`, `rules`/],
  ];
  for (const [what, text, says] of faulty) {
    it(`an entry ${what} accepts nothing`, () => {
      const found = review(text);
      assert.equal(found.items[0]?.accepted, null);
      assert.match(found.accepted[0]?.entry.fault ?? '', says);
    });
  }

  it('a file that is no list accepts nothing, and says so', () => {
    for (const text of ['a: 1\n', '"x"\n', '- [\n', `${ACCEPTED}---\n${ACCEPTED}`]) assert.ok(review(text).acceptedFault, text);
    for (const text of ['', '# nothing yet\n', '[]\n', 'accepted: []\n']) assert.equal(review(text).acceptedFault, null, text);
  });

  it('are written so that they match, into an empty file, behind others, into flow and under a key', () => {
    const region = widened().regions[0];
    assert.ok(region);
    const said = { reason: 'a: "b" # c', by: 'eve', on: '2026-11-22' };
    for (const text of [null, '', '# note\n', '[]\n', ACCEPTED.replace('gt: 500', 'gt: 1'), ACCEPTED.replace('gt: 500', 'gt: 1').trimEnd(), `accepted:\n${ACCEPTED.replace('gt: 500', 'gt: 1').replace(/^/gm, '  ').trimEnd()}\n`, `${JSON.stringify(plainValue(parseYaml(ACCEPTED.replace('gt: 500', 'gt: 1')).documents[0]?.root ?? null))}\n`, ACCEPTED.replace('gt: 500', 'gt: 1').replaceAll('\n', '\r\n')]) {
      const edit = acceptEdit(text, [region], said);
      assert.ok(edit, String(text));
      const written = `${(text ?? '').slice(0, edit.span.start)}${edit.newText}${(text ?? '').slice(edit.span.end)}`;
      const found = review(written);
      assert.equal(found.items[0]?.accepted?.reason, said.reason, written);
      assert.equal(readAccepted(written).entries.length, readAccepted(text).entries.length + 1);
    }
    assert.equal(acceptEdit('a: 1\n', [region], said), null);
  });
});

describe('a change under review', () => {
  it('names the teams touched, who must approve, and stands where the change is', () => {
    const [before, after] = [at(BASE), at(HEAD)];
    const item = reviewOf(before, after, widened(before, after)).items[0];
    assert.deepEqual([item?.teams, item?.approvers], [['payments'], ['finance', 'risk']]);
    // the rule is gone: its policy stands for it
    const { path, span } = item?.place ?? { path: '', span: { start: 0, end: 0 } };
    assert.equal(after.text(path)?.slice(span.start, span.end), 'p');
    const edited = at(BASE.replace('> 500', '> 900'));
    const there = reviewOf(before, edited, widened(before, edited)).items[0]?.place;
    assert.equal(there && edited.text(there.path)?.slice(there.span.start, there.span.end), 'large');
  });

  it('says it in words', () => {
    const region = widened().regions[0];
    assert.ok(region);
    assert.equal(nowWords(region), 'refund may now call pay/refund when amount > 500, without approval.');
    assert.equal(beforeWords(region), 'needs approval of finance within 4h (p/large)');
    assert.equal(exampleWords(region), 'refund, call pay/refund, amount 501');
    assert.equal(outcomeWords({ ...ASK, obligations: [{ name: 'log', value: 'full' }] }), 'approval of finance within 4h (logs everything)');
    const denied: Outcome = { effect: 'deny', approvals: [], obligations: [] };
    assert.equal(nowWords({ ...region, change: 'narrowed', before: ALLOW, after: denied }), 'refund may no longer call pay/refund when amount > 500.');
    assert.equal(nowWords({ ...region, change: 'narrowed', before: ALLOW, after: ASK }), 'refund now needs approval of finance within 4h to call pay/refund when amount > 500.');
    const two = { ...region.region, 'agent.id': { in: ['payout', 'refund'] } };
    assert.equal(nowWords({ ...region, region: two, change: 'narrowed', before: ALLOW, after: ASK }), 'payout and refund now need approval of finance within 4h to call pay/refund when amount > 500.');
    assert.equal(nowWords({ ...region, change: 'obligations-changed', before: { ...ALLOW, obligations: [{ name: 'log', value: 'full' }] }, after: { ...ALLOW, obligations: [{ name: 'log', value: 'summary' }] } }), 'refund may still call pay/refund when amount > 500. No longer: logs everything. New: logs a summary.');
    const many = { ...region, region: { 'agent.id': { in: ['a', 'b', 'c', 'd'] }, 'context.environment': { in: ['production'] }, 'args.x': { missing: true }, 'principal.id': { notIn: ['eve'] } } } as const;
    assert.equal(nowWords(many), 'a, b and 2 more may now do anything with anything in production when x is missing and principal.id is given and not eve, without approval.');
  });

  it('finds what is incomplete', () => {
    assert.deepEqual(incompleteParts(at(BASE)), []);
    assert.deepEqual(incompleteParts(at(BASE.replace('effect: allow', 'efect: allow'))), ['`p/small` in `p.policy.yaml` is malformed']);
  });
});

describe('agents between two states', () => {
  const second = '#- b.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: other }\nspec: { purpose: something else, owner: { team: risk }, tools: [x/y] }\n';
  const changes = (before: string, after: string): string[] => agentChanges(at(before), at(after)).map((change) => `${change.agent} ${change.change}: ${agentChangeWords(change)}`);
  const cases: readonly (readonly [what: string, before: string, after: string, found: readonly string[]])[] = [
    ['nothing', BASE, BASE, []],
    ['words that decide nothing', BASE, BASE.replace('purpose: refunds', 'purpose: all refunds'), []],
    ['added', BASE, BASE + second, ['other added: is new: lifecycle +draft; owner +risk; tools +x/y']],
    ['removed', BASE + second, BASE, ['other removed: is gone']],
    ['lifecycle', BASE, BASE.replace('pilot', 'production'), ['refund changed: lifecycle pilot → production']],
    ['a tool and a role', BASE, BASE.replace('["pay/*"]', '["pay/*", crm/find]').replace('[clerk]', '[clerk, manager]'), ['refund changed: roles +manager; tools +crm/find']],
    ['renamed in its place', BASE, BASE.replace('name: refund', 'name: refunds'), ['refunds renamed: was called refund']],
    ['renamed and moved', BASE, BASE.replace('#- a.agent.yaml', '#- agents/b.agent.yaml').replace('name: refund', 'name: refunds'), ['refunds renamed: was called refund']],
    ['renamed and given a tool', BASE, BASE.replace('name: refund', 'name: refunds').replace('"pay/*"', '"*"'), ['refunds renamed: was called refund: tools pay/* → *']],
  ];
  for (const [what, before, after, found] of cases) it(what, () => assert.deepEqual(changes(before, after), found));
});

describe('who must approve a change', () => {
  const approvers = (more: Record<string, string>) => {
    const [before, after] = [at(BASE, more), at(HEAD, more)];
    return reviewOf(before, after, widened(before, after)).items.map((item) => [item.teams, item.approvers]);
  };

  it('are the owners of the rules, and whom CODEOWNERS asks for the file', () => {
    assert.deepEqual(approvers({}), [[['payments'], ['finance', 'risk']]]);
    assert.deepEqual(approvers({ '.github/CODEOWNERS': '* @acme/everybody\n*.policy.yaml @acme/security @acme/legal\n' }), [[['payments'], ['finance', '@acme/security or @acme/legal', 'risk']]]);
    // a line without owners asks nobody
    assert.deepEqual(approvers({ '.github/CODEOWNERS': '* @acme/everybody\n*.policy.yaml\n' }), [[['payments'], ['finance', 'risk']]]);
  });

  it('are first the owners of what changed: a rule, what it uses of its policy, an agent, an entry of the Catalog', () => {
    const text = BASE.replace('spec:\n  rules:', 'spec:\n  variables: { large: has(args.amount) && args.amount > 500, other: "true" }\n  rules:').replace('when: has(args.amount) && args.amount > 500', 'when: variables.large')
      .replace('risk: { members: [eve] } }', 'risk: { members: [eve] }, tools: { members: [tom] } }, tools: { pay/refund: { owner: tools } }');
    const ofChange = (changed: string): readonly string[] => {
      const [before, after] = [at(text), at(changed)];
      return reviewOf(before, after, widened(before, after)).items[0]?.approvers ?? [];
    };
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [text.replace('from: [finance]', 'from: [risk]'), ['finance', 'risk']],
      [text.replace('> 500', '> 900'), ['risk', 'finance']],
      [text.replace('other: "true"', 'other: "false"'), ['finance', 'risk']],
      [text.replace('roles: [clerk]', 'roles: [clerk, manager]'), ['payments', 'finance', 'risk']],
      [text.replace('{ owner: tools }', '{ owner: tools, capabilities: [reads-private-data] }'), ['tools', 'finance', 'risk']],
    ];
    for (const [changed, owners] of cases) {
      assert.notEqual(changed, text);
      assert.deepEqual(ofChange(changed), owners);
    }
  });
});
