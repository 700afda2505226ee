// `countersign diff` as a whole: states, formats, what fails, what is accepted.
import assert from 'node:assert/strict';
import { memoryHost, run, type Ran } from '../memory-host';

const CATALOG = 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { payments: { members: [ann] }, finance: { members: [bob, cid] }, risk: { members: [eve] } }\n  environments: { production: { stage: production }, test: { stage: test } }\n  tools:\n    pay/refund: { owner: payments, input: { type: object, properties: { amount: { type: number, minimum: 0 } }, required: [amount] } }\n    pay/find: { owner: payments }\n';
const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec: { purpose: x, owner: { team: payments }, lifecycle: production, roles: [clerk], tools: ["pay/*"] }\n';
const POLICY = `apiVersion: countersign/v1
kind: Policy
metadata: { name: p, owner: risk }
spec:
  rules:
    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: args.amount <= 500 }
    - id: large
      effect: require_approval
      actions: [call]
      resources: ["tool:pay/refund"]
      when: args.amount > 500
      approval: { from: [finance], within: 4h }
`;
const WIDER = POLICY.replace('<= 500', '<= 900').replace('> 500', '> 900');
const NARROWER = POLICY.replace('<= 500', '<= 100').replace('> 500', '> 100');

interface Files { readonly [file: string]: string }
const state = (policy: string, more: Files = {}): Files => ({ 'c.catalog.yaml': CATALOG, 'a.agent.yaml': AGENT, 'p.policy.yaml': policy, ...more });
const under = (folder: string, files: Files): Files => Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

/** Compares two folders. */
const diff = (before: Files, after: Files, options = ''): Promise<Ran> =>
  run(`--workspace /head diff --base /base --head /head${options === '' ? '' : ` ${options}`}`, memoryHost({ ...under('/base', before), ...under('/head', after) }));

interface RegionJson { change: string; where: string; region: Record<string, unknown>; before: { effect: string }; after: { effect: string }; witness: Record<string, unknown> | null; rules: { before: string[]; after: string[] }; agents: string[]; owners: string[]; opaque: string[]; teams: string[]; approvers: string[]; accepted?: object }
interface Json { verdict: string; proved: boolean; world: string; assumptions: string[]; regions: RegionJson[]; agents: { agent: string; change: string }[]; accepted: { matches: number; added: boolean }[]; findings: { file: string; code: string; severity: string }[]; incomplete: string[] }
const json = async (before: Files, after: Files, options = ''): Promise<Json> => JSON.parse((await diff(before, after, `--format json${options === '' ? '' : ` ${options}`}`)).out) as Json;

describe('diff', () => {
  it('has exactly the keys of the contract, in order', async () => {
    const found = await json(state(POLICY), state(WIDER));
    assert.deepEqual(Object.keys(found).slice(0, 5), ['verdict', 'proved', 'world', 'assumptions', 'regions']);
    assert.deepEqual([found.verdict, found.proved, found.world], ['changed', true, 'closed']);
    const [region, ...more] = found.regions;
    assert.ok(region);
    assert.deepEqual(more, []);
    assert.deepEqual(Object.keys(region).slice(0, 10), ['change', 'where', 'region', 'before', 'after', 'witness', 'rules', 'agents', 'owners', 'opaque']);
    assert.equal(region.change, 'widened');
    assert.deepEqual(region.region['args.amount'], { gt: 500, lte: 900 });
    assert.deepEqual(region.before, { effect: 'require_approval', approvals: [{ from: ['finance'], count: 1, within: '4h' }], obligations: [] });
    assert.deepEqual(region.after, { effect: 'allow', approvals: [], obligations: [] });
    assert.deepEqual(region.rules, { before: ['p/large'], after: ['p/small'] });
    assert.deepEqual([region.agents, region.teams, region.approvers], [['refund'], ['payments'], ['risk']]);
    const { amount } = (region.witness as { args: { amount: number } }).args;
    assert.ok(amount > 500 && amount <= 900);
  });

  it('is equal only where it was proved, and then nothing fails', async () => {
    const found = await json(state(POLICY), state(POLICY.replace('id: small', 'id: little')));
    assert.deepEqual([found.verdict, found.proved, found.regions], ['equal', true, []]);
    assert.equal((await diff(state(POLICY), state(POLICY))).code, 0);
  });

  it('fails where not everything was looked at, whatever else is known to change', async () => {
    const pairs = Array.from({ length: 24 }, (_, i) => String(i).padStart(2, '0'));
    const names = ['a', 'b'].flatMap((side) => pairs.map((pair) => side + pair));
    const catalog = CATALOG.replace('pay/find: { owner: payments }', `pay/sort: { owner: payments, input: { type: object, properties: { ${names.map((name) => `${name}: { type: boolean }`).join(', ')} }, required: [${names.join(', ')}] } }`);
    const many = pairs.map((pair) => `(args.a${pair} && args.b${pair})`).join(' || ');
    const with_ = (policy: string, when: string): Files => state(`${policy}    - { id: many, effect: allow, actions: [call], resources: ["tool:pay/sort"], when: "${when}" }\n`, { 'c.catalog.yaml': catalog });
    const [before, after] = [with_(POLICY, many), with_(NARROWER, `${many} || (args.a00 && args.b01)`)];
    const found = await json(before, after);
    assert.deepEqual([found.verdict, found.proved, found.regions.map(({ change }) => change)], ['changed', false, ['narrowed']]);
    assert.deepEqual([(await diff(before, after)).code, (await diff(before, after, '--allow-unknown')).code], [1, 0]);
    assert.match((await diff(before, after, '--format github')).out, /^::warning .*diff\/unknown::.*`tool:pay\/sort`/m);
  }).timeout(60_000);

  const exits: readonly (readonly [what: string, before: string, after: string, options: string, code: number])[] = [
    ['a widening', POLICY, WIDER, '', 1], ['a widening that need not fail', POLICY, WIDER, '--fail-on never', 0], ['a narrowing', POLICY, NARROWER, '', 0], ['any change', POLICY, NARROWER, '--fail-on changed', 1],
    ['nothing', POLICY, POLICY, '--fail-on changed', 0], ['a malformed rule', POLICY, POLICY.replace('id: small, effect', 'id: small, efect'), '', 2],
    ['a malformed rule that may be', POLICY, POLICY.replace('id: small, effect', 'id: small, efect'), '--allow-incomplete', 0], ['a malformed rule before', POLICY.replace('id: small, effect', 'id: small, efect'), POLICY, '', 2],
  ];
  for (const [what, before, after, options, code] of exits) it(`${what} ${options}: exit ${code}`, async () => assert.equal((await diff(state(before), state(after), options)).code, code));

  it('says on one line what is incomplete, behind the report', async () => {
    const { out, err } = await diff(state(POLICY), state(POLICY.replace('id: small, effect', 'id: small, efect')), '--format json');
    assert.match(err, /^countersign: the policies are incomplete: `p\/small` in `p.policy.yaml` is malformed; mend it, or use `--allow-incomplete`\n$/);
    assert.equal((JSON.parse(out) as Json).incomplete.length, 1);
  });

  const wrong: readonly (readonly [command: string, says: RegExp])[] = [
    ['diff', /--base/], ['diff --base nowhere', /`--base nowhere` is neither a folder nor a revision/], ['diff --base main --head nowhere', /`--head nowhere` is neither/], ['diff --base main --world round', /Allowed choices/],
    ['diff --base main --fail-on narrowed', /Allowed choices/], ['diff --base main --format junit', /Allowed choices/], ['diff --base main --at soon', /`--at soon` is no time/], ['diff main --base main', /too many arguments/],
  ];
  for (const [command, says] of wrong) {
    it(`\`${command}\` is exit 2 with one line`, async () => {
      const { code, out, err } = await run(command, memoryHost(under('/w', state(POLICY)), '', { main: state(POLICY) }));
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, says);
      assert.match(err, /^countersign: [^\n]+\n$/);
    });
  }

  it('compares revisions, folders and the working files', async () => {
    const host = memoryHost({ ...under('/w', state(WIDER)), ...under('/elsewhere', state(NARROWER)) }, '', { main: state(POLICY), wide: state(WIDER) });
    const changes = async (options: string): Promise<string[]> => (JSON.parse((await run(`diff ${options} --format json`, host)).out) as Json).regions.map(({ change }) => change);
    assert.deepEqual(await changes('--base main'), ['widened']);
    assert.deepEqual(await changes('--base wide'), []);
    assert.deepEqual(await changes('--base wide --head main'), ['narrowed']);
    assert.deepEqual(await changes('--base main --head ../elsewhere'), ['narrowed']);
    assert.deepEqual(await changes('--base ../elsewhere'), ['widened']);
  });

  it('reads each side with its own settings', async () => {
    const found = await json(state(POLICY, { '.countersign.yaml': 'exclude: [p.policy.yaml]\n' }), state(POLICY));
    assert.ok(found.regions.length > 0 && found.regions.every(({ change }) => change === 'widened'));
  });

  it('names agents that came, went, were renamed, moved on, or were given something, and what they may do then', async () => {
    const more = AGENT.replace('name: refund', 'name: other').replace('purpose: x', 'purpose: y');
    const added = await json(state(POLICY), state(POLICY, { 'b.agent.yaml': more }));
    assert.deepEqual(added.agents.map(({ agent, change }) => [agent, change]), [['other', 'added']]);
    assert.ok(added.regions.length > 0 && added.regions.every(({ change, agents }) => change === 'widened' && agents.join() === 'other'));
    const removed = await json(state(POLICY, { 'b.agent.yaml': more }), state(POLICY));
    assert.deepEqual(removed.agents.map(({ agent, change }) => [agent, change]), [['other', 'removed']]);
    assert.ok(removed.regions.length > 0 && removed.regions.every(({ change }) => change === 'narrowed'));
    const renamed = await json(state(POLICY), state(POLICY, { 'a.agent.yaml': AGENT.replace('name: refund', 'name: refunds') }));
    assert.deepEqual(renamed.agents.map(({ agent, change }) => [agent, change]), [['refunds', 'renamed']]);
    assert.deepEqual([...new Set(renamed.regions.map(({ change }) => change))].sort(), ['narrowed', 'widened']);
    const retired = await json(state(POLICY), state(POLICY, { 'a.agent.yaml': AGENT.replace('lifecycle: production', 'lifecycle: retired') }));
    assert.deepEqual(retired.agents.map(({ agent, change }) => [agent, change]), [['refund', 'changed']]);
    assert.ok(retired.regions.length > 0 && retired.regions.every(({ change }) => change === 'narrowed'));
    const tool = await json(state(POLICY, { 'a.agent.yaml': AGENT.replace('"pay/*"', 'pay/find') }), state(POLICY));
    assert.ok(tool.regions.length > 0 && tool.regions.every(({ change }) => change === 'widened'));
    const role = await json(state(POLICY.replace('id: small,', 'id: small, roles: [manager],')), state(POLICY.replace('id: small,', 'id: small, roles: [manager],'), { 'a.agent.yaml': AGENT.replace('[clerk]', '[clerk, manager]') }));
    assert.ok(role.regions.length > 0 && role.regions.every(({ change }) => change === 'widened'));
  });

  it('accepts what `.countersign/accepted.yaml` of the head accepts, and lists it', async () => {
    const [region] = (await json(state(POLICY), state(WIDER))).regions;
    assert.ok(region);
    const entry = { region: region.region, rules: region.rules, change: region.change, before: region.before, after: region.after, reason: 'Agreed', by: 'eve', on: '2026-11-20' };
    const accepted = { '.countersign/accepted.yaml': JSON.stringify([entry]) };
    assert.equal((await diff(state(POLICY), state(WIDER, accepted))).code, 0);
    assert.equal((await diff(state(POLICY), state(WIDER, accepted), '--fail-on changed')).code, 0);
    assert.equal((await diff(state(POLICY, accepted), state(WIDER))).code, 1);
    const found = await json(state(POLICY), state(WIDER, accepted));
    assert.deepEqual(found.regions.map((one) => one.accepted), [{ reason: 'Agreed', by: 'eve', on: '2026-11-20' }]);
    assert.deepEqual(found.accepted.map(({ matches, added }) => [matches, added]), [[1, true]]);
    const stale = await json(state(POLICY), state(POLICY, accepted));
    assert.deepEqual(stale.findings.map(({ file, code, severity }) => [file, code, severity]), [['.countersign/accepted.yaml', 'waiver/unneeded', 'warning']]);
    const text = (await diff(state(POLICY), state(WIDER, accepted))).out;
    assert.match(text, /Accepted in this range\n {2}eve, 2026-11-20: Agreed\n/);
  });

  it('says it to people', async () => {
    const { out } = await diff(state(POLICY), state(WIDER));
    assert.match(out, /^▲ 1 widened {2}\/base → \/head\n\n▲ Allows more than before\n {4}.* · call · tool:pay\/refund/);
    assert.match(out, /witness {3}\{"agent":"refund"/);
    assert.match(out, /must approve: risk/);
    assert.match(out, /Proved for all requests of what the workspace declares: nothing else changes\./);
    assert.match((await diff(state(POLICY), state(POLICY))).out, /^No decision changes/);
  });

  it('fits the comment of a pull request', async () => {
    const { out } = await diff(state(POLICY), state(WIDER), '--format markdown');
    assert.match(out, /^### Countersign: ▲ 1 widened\n/);
    assert.match(out, /#### ▲ Allows more than before\n\n- \*\*refund may now call pay\/refund when amount/);
    assert.match(out, /Witness: `\{"agent":"refund","action":"call"/);
    const many = Array.from({ length: 400 }, (_, i) => [`x${i}.agent.yaml`, AGENT.replace('name: refund', `name: agent-${i}-with-a-rather-long-name`).replace('clerk', `role-${i}`)] as const);
    const rules = many.map((_, i) => `    - { id: r${i}, effect: allow, roles: [role-${i}], actions: [call], resources: ["tool:pay/refund"], when: args.amount == ${i + 1000} }\n`).join('');
    const long = await diff(state(POLICY, Object.fromEntries(many)), state(POLICY + rules, Object.fromEntries(many)), '--format markdown');
    assert.ok(new TextEncoder().encode(long.out).length < 65_536);
  });

  it('says what must be done beside what is allowed, not as if more or less were', async () => {
    const log = '    - { id: log, effect: oblige, actions: [call], resources: ["tool:pay/refund"], obligations: [ { log: summary } ] }\n';
    for (const [before, after, mark, words] of [[POLICY, NARROWER + log, '▼', 'Asks for more to be done than before'], [WIDER + log, POLICY, '▲', 'Asks for less to be done than before']] as const) {
      for (const [format, heading] of [['text', `${mark} ${words}\n`], ['markdown', `#### ${mark} ${words}\n\n- `]] as const) {
        const { out } = await diff(state(before), state(after), `--format ${format}`);
        assert.ok(out.includes(heading), out);
      }
    }
  });

  it('annotates files for GitHub and for code scanning', async () => {
    const github = await diff(state(POLICY), state(WIDER), '--format github');
    assert.match(github.out, /^::error file=p\.policy\.yaml,line=6,endLine=6,col=13,endColumn=17,title=Countersign diff\/widened::Allows more than before: refund may now call/);
    const { out } = await diff(state(POLICY), state(WIDER), '--format sarif');
    const log = JSON.parse(out) as { runs: { results: { ruleId: string; level: string; locations: { physicalLocation: { region: { startLine: number } } }[] }[] }[] };
    assert.deepEqual(log.runs[0]?.results.map(({ ruleId, level, locations }) => [ruleId, level, locations[0]?.physicalLocation.region.startLine]), [['diff/widened', 'error', 6]]);
  });
});
