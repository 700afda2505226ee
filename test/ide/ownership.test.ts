// Ownership in place: hints behind names, the lens over documents, hover, what the status bar and the Explorer are told.
import assert from 'node:assert/strict';
import { ENGINE } from '../../server/src/core/policy';
import { AGENTS } from '../../server/src/core/workspace';
import { fileOwners, ide, type Hint } from '../../server/src/ide';
import { acmeFiles, given, NOW, type Given } from './workspace';

const CATALOG = `#- c.catalog.yaml
apiVersion: countersign/v1
kind: Catalog
spec:
  teams:
    payments: { title: Payments, members: [ann, bob], contact: pay@example.com, oncall: pay-duty, github: "@acme/pay" }
    risk: { members: [cid, dan, eve], github: "@acme/risk" }
  servers: { pay: { owner: payments } }
  tools: { pay/refund: { owner: risk, capabilities: [changes-state] }, pay/list: {} }
  data: { orders: { owner: risk, classification: confidential } }
`;
const AGENT = `#- a.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: a }
spec:
  purpose: p$0
  owner: { team: payments, accountable: ann, outputs: risk }
  tools: [pay/refund, pay/list, "pay/*"]
  data: [ { source: orders, access: [read] } ]
  approvals:
    - { gate: deploy, from: [risk, payments] }
`;

/** The text with the hints in their places. */
function drawn({ workspace, path, text }: Given): string {
  const all = [...(ide.hints?.(workspace, path, { start: 0, end: text.length }) ?? [])].sort((a: Hint, b: Hint) => b.offset - a.offset);
  return all.reduce((shown, { offset, text: words }) => `${shown.slice(0, offset)}«${words}»${shown.slice(offset)}`, text);
}
const lensOf = ({ workspace, path }: Given): string[] => (ide.lenses?.(workspace, path) ?? []).filter(({ command }) => command === 'countersign.showOwner').map(({ title }) => title);

describe('ide: hints', () => {
  it('say whose tools and data are, and who can approve', () => {
    const shown = drawn(given(CATALOG + AGENT));
    assert.ok(shown.includes('tools: [pay/refund«risk», pay/list«payments», "pay/*"]'), shown);
    assert.ok(shown.includes('source: orders«risk»'), shown);
    assert.ok(shown.includes('gate: deploy«not approved yet», from: [risk«cid, dan, 1 more», payments«nobody»]'), shown);
    assert.ok(shown.includes('name: a }'), shown);
  });

  it('count the days that are left', () => {
    const rule = (expires: string): string => drawn(given(`#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec: { rules: [ { id: r, effect: deny, expires: ${expires} } ] }\n`));
    for (const [day, words] of [['2027-01-05', '44 days left'], ['2026-11-23', '1 day left'], ['2026-11-22', 'last day'], ['2026-11-21', 'expired 1 day ago'], ['2026-11-12', 'expired 10 days ago']] as const) assert.ok(rule(day).includes(`${day}«${words}»`), day);
    assert.ok(!rule('soon').includes('«'));
  });

  it('say where it was learned whose something is, where it does not say so itself', () => {
    const rest = '#- CODEOWNERS\n/x/ @acme/pay\n#- x/p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p$0 }\nspec: { rules: [] }\n';
    assert.ok(drawn(given(CATALOG + rest)).includes('name: p«payments (CODEOWNERS)» }'));
    assert.ok(drawn(given(`${CATALOG}#- CODEOWNERS\n/x/ @acme/pay\n#- x/a.agent.md\n---\nname: Helper\ndescription: d$0\ntools: [pay/list]\n---\n`)).includes('name: Helper«payments (CODEOWNERS)»\ndescription: d\ntools: [pay/list«payments»]'));
    assert.ok(drawn(given(`${CATALOG}${AGENT.replace('  purpose: p', '  purpose: p\n  definition: x/a.agent.md')}#- x/a.agent.md\n---\nname: Helper\ndescription: d$0\n---\n`)).includes('name: Helper«payments (manifest)»'));
  });

  it('tell the owner of the file itself, which its lens says too, apart from those of what it uses', () => {
    const file = '#- x/a.agent.md\n---\nname: Helper\ndescription: d$0\ntools: [pay/list]\n---\n';
    const owned = given(`${CATALOG}#- CODEOWNERS\n/x/ @acme/pay\n${file}`);
    assert.deepEqual(ide.hints?.(owned.workspace, owned.path, { start: 0, end: owned.text.length }).map(({ kind }) => kind), ['owner', 'owners']);
    assert.deepEqual(lensOf(owned), ['Owned by payments (CODEOWNERS) · on call: pay-duty · no policy applies']);
    const governed = given(`${CATALOG}${AGENT.replace('  purpose: p', '  purpose: p\n  definition: x/a.agent.md')}${file}`);
    assert.match(lensOf(governed)[0] ?? '', /^Owned by payments \(manifest\) · /);
  });

  it('are drawn only where they are asked for', () => {
    const { workspace, path, text } = given(CATALOG + AGENT);
    const start = text.indexOf('  data:');
    assert.deepEqual(ide.hints?.(workspace, path, { start, end: text.indexOf('  approvals:') }).map((hint) => hint.text), ['risk']);
  });

  it('say who has approved, and whether it holds', () => {
    const source = CATALOG + AGENT.replace('from: [risk, payments] }', 'from: [risk], count: 2, records: RECORDS }');
    const empty = given(source.replace('RECORDS', '[]'));
    const agent = empty.workspace.shared(AGENTS).all[0];
    assert.ok(agent);
    const digest = empty.workspace.shared(ENGINE).digest(agent);
    const record = (by: string, rest = ''): string => `{ by: ${by}, on: 2026-11-01, digest: "${digest}"${rest} }`;
    const state = (...records: string[]): string => /gate: deploy«([^»]*)»/.exec(drawn(given(source.replace('RECORDS', `[${records.join(', ')}]`))))?.[1] ?? '';
    assert.equal(state(record('cid')), '1 of 2 approved');
    assert.equal(state(record('cid'), record('dan')), 'approved by cid, dan');
    assert.equal(state(record('cid', ', expires: 2027-03-01'), record('dan', ', expires: 2027-01-01')), 'approved by cid, dan, until 2027-01-01');
    assert.equal(state(record('cid', ', expires: 2026-11-10')), 'approval has expired');
    assert.equal(state(record('cid').replace(digest, `sha256:${'0'.repeat(64)}`)), 'approval is stale');
    assert.equal(state(record('ann')), 'approval does not count');
    const told = given(source.replace('RECORDS', `[${record('cid', ', ticket: CHG-1')}, ${record('ann')}]`));
    const markdown = ide.hover?.(told.workspace, told.path, told.text.indexOf('gate: deploy') + 7)?.markdown ?? '';
    for (const words of ['The gate is closed: 1 more person of `risk` must approve.', '`cid` approved on 2026-11-01 (`CHG-1`): holds', '`ann` approved on 2026-11-01, but may not approve this: it does not count', 'Can approve: `dan`, `eve`']) assert.ok(markdown.includes(words), `${words}\nis not in\n${markdown}`);
  });
});

describe('ide: the lens of the owner', () => {
  it('says whose an agent is, who is on call, what applies, who must approve a change', () => {
    const policy = '#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: risk }\nspec: { rules: [ { id: r, effect: deny, actions: [call], resources: ["*"] } ] }\n';
    assert.deepEqual(lensOf(given(`${CATALOG}${policy}${AGENT}`)), ['Owned by payments · on call: pay-duty · 1 policy applies · changes need risk or payments']);
    assert.deepEqual(lensOf(given(`${CATALOG}${AGENT}${policy.replace('name: p,', 'name: p$0,')}`)), ['Owned by risk']);
  });

  it('over agent files of other tools', () => {
    const file = '#- x/a.agent.md\n---\ndescription: d$0\n---\n';
    assert.deepEqual(lensOf(given(file)), []);
    assert.deepEqual(lensOf(given(CATALOG + file)), ['Owned by nobody · no policy applies']);
    assert.deepEqual(lensOf(given(`${CATALOG}#- CODEOWNERS\n* @acme/risk\n${file}`)), ['Owned by risk (CODEOWNERS) · no policy applies']);
  });

  it('is not drawn over other documents that say nothing of an owner', () => {
    assert.deepEqual(lensOf(given('#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\n')), []);
  });

  it('stands over each agent of the example', () => {
    const { workspace } = given('', acmeFiles());
    const titles = workspace.shared(AGENTS).all.filter((agent) => agent.path.startsWith('agents/')).flatMap((agent) => lensOf({ workspace, path: agent.path, text: '', offset: 0 }));
    assert.ok(titles.length >= 17);
    for (const title of titles) assert.match(title, /^Owned by [a-z-]+ · on call: [a-z-]+ · (\d+ policies apply|1 policy applies)/);
  });
});

describe('ide: hover', () => {
  it('says whose by all that tells it', () => {
    const { workspace, path, text } = given(CATALOG + AGENT);
    const at = (before: string): string => ide.hover?.(workspace, path, text.indexOf(before) + before.length)?.markdown ?? '';
    assert.match(at('pay/lis'), /Owner: `payments`, reached at pay@example.com, on call `pay-duty`/);
    assert.match(at('metadata: { name: '), /Accountable: `ann`[\s\S]*Answers for its outputs: `risk`/);
    const foreign = given(`${CATALOG}#- CODEOWNERS\n* @acme/risk\n#- x/a.agent.md\n---\nname: Hel$0per\ndescription: d\n---\n`);
    assert.match(ide.hover?.(foreign.workspace, foreign.path, foreign.offset)?.markdown ?? '', /Owner: `risk`, by CODEOWNERS/);
  });
});

describe('ide: whose a file is', () => {
  it('with all that the status bar shows', () => {
    const { workspace } = given(CATALOG + AGENT);
    const found = fileOwners(workspace, 'a.agent.yaml');
    assert.deepEqual(found && [found.ownership.team, found.unowned, found.gates, found.subjects], ['payments', false, { open: 0, all: 1 }, [{ kind: 'Agent', name: 'a', team: 'payments' }]]);
    assert.equal(fileOwners(workspace, 'README.md'), null);
    assert.equal(fileOwners(workspace, 'c.catalog.yaml')?.ownership.team, null);
    assert.equal(NOW, workspace.now);
  });
});
