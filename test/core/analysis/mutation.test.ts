// One thing of each rule of the example is changed, as somebody would change it in the file: the difference names the rule, and its witnesses are decided as it says.
// An ordinary run takes a third of the changes, of each kind and of each rule some; PAIRS=... takes all.
import assert from 'node:assert/strict';
import { createAnalysisMemo, differenceOf, type Difference } from '../../../server/src/core/analysis';
import { ENGINE } from '../../../server/src/core/policy';
import { Workspace } from '../../../server/src/core/workspace';
import { parseYaml, plainValue } from '../../../server/src/core/yaml';
import { inRegion, testsOf } from './in-region';
import { NOW, acmeFiles } from './sides';
import { ask, outcomeKey, seenOn, type Plain } from './small-requests';

type Spec = { readonly [key: string]: unknown };
const without = (rule: Spec, ...names: readonly string[]): Spec => Object.fromEntries(Object.entries(rule).filter(([name]) => !names.includes(name)));

/**
 * `gone`: the rule then applies to nothing, so that what differs is what differs without it. `seen`: it differs wherever it does without the rule.
 * `always`: every rule of the example that it can be done to applies somewhere, so that it differs. null: it cannot be done to the rule.
 */
const CHANGES: readonly (readonly [what: string, kind: 'gone' | 'seen' | 'always', change: (rule: Spec) => Spec | null])[] = [
  ['is for agents that are not there', 'gone', (rule) => ({ ...rule, agents: ['nobody'] })],
  ['is for resources that are not there', 'gone', (rule) => ({ ...rule, resources: ['tool:nothing/there'] })],
  ['has run out', 'gone', (rule) => ({ ...rule, expires: '2026-11-01' })],
  ['has another effect', 'seen', (rule) => (rule['effect'] === 'oblige' ? null : without({ ...rule, effect: rule['effect'] === 'allow' ? 'deny' : 'allow', actions: rule['actions'] ?? ['*'], resources: rule['resources'] ?? ['*'] }, 'approval'))],
  ['is for people only', 'seen', (rule) => (JSON.stringify(rule).includes('principal') ? null : { ...rule, when: typeof rule['when'] === 'string' ? `(${rule['when']}) && has(principal.id)` : 'has(principal.id)' })],
  ['has no condition', 'seen', (rule) => (rule['when'] || rule['unless'] ? without(rule, 'when', 'unless') : null)],
  ['runs out next month', 'seen', (rule) => (rule['expires'] ? null : { ...rule, expires: '2026-12-01' })],
  ['asks for one more person', 'seen', (rule) => (rule['approval'] ? { ...rule, approval: { ...(rule['approval'] as Spec), count: Number((rule['approval'] as Spec)['count'] ?? 1) + 1 } } : null)],
  ['is for fewer agents', 'seen', (rule) => ({ ...rule, agents: ['!nobody', '!refund-assistant', '!mail-triage', ...((rule['agents'] as string[] | undefined) ?? [])] })],
  ['tells somebody', 'always', (rule) => ({ ...rule, obligations: [...((rule['obligations'] as Spec[] | undefined) ?? []), { notify: ['somebody-new'] }] })],
  ['owes less', 'seen', (rule) => (Array.isArray(rule['obligations']) && rule['obligations'].length > (rule['effect'] === 'oblige' ? 1 : 0) ? { ...rule, obligations: rule['obligations'].slice(1) } : null)],
];

interface Place {
  readonly path: string;
  readonly policy: Spec;
  readonly at: number;
  readonly id: string;
}

describe('one change of each rule of the example', () => {
  const files = acmeFiles();
  const workspace = new Workspace();
  workspace.applyChange({ files, now: NOW });
  const before = workspace.shared(ENGINE);
  const memo = createAnalysisMemo();
  const places = [...files].flatMap(([path, text]): Place[] => {
    if (!path.endsWith('.policy.yaml')) return [];
    const policy = plainValue(parseYaml(text).documents[0]?.root ?? null) as unknown as { metadata: { name: string }; spec: { rules: Spec[] } };
    return policy.spec.rules.map((rule, at) => ({ path, policy: policy as unknown as Spec, at, id: `${policy.metadata.name}/${String(rule['id'])}` }));
  });

  /** The difference when a rule is another, or gone. */
  function changed({ path, policy, at }: Place, change: (rule: Spec) => Spec | null): Difference {
    const spec = policy['spec'] as { rules: Spec[] };
    const rules = spec.rules.flatMap((rule, index) => (index === at ? (change(rule) ?? []) : [rule]));
    workspace.applyChange({ files: new Map([[path, JSON.stringify({ ...policy, spec: { ...spec, rules } })]]), now: NOW });
    const after = workspace.shared(ENGINE);
    const difference = differenceOf(before, after, { now: NOW }, memo);
    const tests = testsOf([before, after]);
    for (const { witness, region, before: was, after: is, where } of difference.regions) {
      assert.ok(witness, where);
      const [x, y] = [ask(before, witness as Plain), ask(after, witness as Plain)];
      assert.deepEqual([x.key, y.key], [outcomeKey(was), outcomeKey(is)], where);
      assert.ok(inRegion(region, { request: witness as Plain, now: NOW, tests, input: () => seenOn(x, y) }), where);
    }
    workspace.applyChange({ files: new Map([[path, files.get(path) ?? '']]), now: NOW });
    return difference;
  }
  const named = ({ id }: Place, { regions }: Difference): boolean => regions.some(({ rules }) => [...rules.before, ...rules.after].some((one) => one.id === id));
  const said = ({ regions }: Difference): string[] => regions.map(({ change, region }) => `${change} ${JSON.stringify(region)}`).sort();

  let gone: Map<Place, Difference> | null = null;
  const withoutIt = (place: Place): Difference => {
    gone ??= new Map(places.map((one) => [one, changed(one, () => null)]));
    return gone.get(place) as Difference;
  };

  it('it is gone', function () {
    this.timeout(0);
    for (const place of places) {
      const difference = withoutIt(place);
      // nothing is lost where what it denies is not allowed anyway
      if (difference.verdict === 'equal') assert.equal(((place.policy['spec'] as { rules: Spec[] }).rules[place.at] as Spec)['effect'], 'deny', place.id);
      else assert.ok(difference.verdict === 'changed' && difference.proved && named(place, difference), `${place.id} is not named`);
    }
  });

  CHANGES.forEach(([what, kind, change], number) => it(`it ${what}`, function () {
    this.timeout(0);
    let seen = 0;
    for (const [index, place] of places.entries()) {
      if ((index + number) % 3 !== 0 && process.env['PAIRS'] === undefined) continue;
      const rule = (place.policy['spec'] as { rules: Spec[] }).rules[place.at] as Spec;
      if (change(rule) === null) continue;
      const difference = changed(place, change);
      assert.ok(difference.proved, place.id);
      if (kind === 'gone') assert.deepEqual(said(difference), said(withoutIt(place)), place.id);
      else if (difference.verdict === 'equal') assert.ok(kind === 'seen' && (withoutIt(place).verdict === 'equal' || MAY_BE_EQUAL.has(what)), `${place.id} makes no difference`);
      if (difference.verdict === 'equal') continue;
      assert.ok(named(place, difference), `${place.id} is not named: ${difference.regions.map(({ where }) => where).join('\n')}`);
      seen++;
    }
    assert.ok(seen > 0);
  }));
});

/** The agents that are left out need not be those that the rule is for; what is owed less may be owed by another rule; a condition may have let everything through. */
const MAY_BE_EQUAL: ReadonlySet<string> = new Set(['is for fewer agents', 'owes less', 'has no condition', 'is for people only']);
