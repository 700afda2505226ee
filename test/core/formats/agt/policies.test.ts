// Policies of the Agent Governance Toolkit: the condition languages of three engines, the four strategies, stages, limits, and what a policy takes from those that it extends.
import assert from 'node:assert/strict';
import { readForeign } from '../../../../server/src/core/formats';
import { dotnetHolds, namesInText, typescriptHolds } from '../../../../server/src/core/formats/agt/other-conditions';
import { pythonHolds } from '../../../../server/src/core/formats/agt/python-condition';
import { parseRequest } from '../../../../server/src/core/model';
import { ENGINE } from '../../../../server/src/core/policy';
import { NOW, lintAll, workspaceOf } from '../../../harness/workspace';

const within = (args: object) => (path: string): unknown => path.split('.').reduce<unknown>((here, step) => (typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[step] : undefined), args);

/** condition, context, and whether the engines of Python, .NET and TypeScript find it true */
const CONDITIONS: readonly (readonly [condition: string, context: object, python: boolean, dotnet: boolean, typescript: boolean])[] = [
  ["a == 'x'", { a: 'x' }, true, true, true],
  ["a == 'x'", { a: 'y' }, false, false, false],
  ["a.b == 'x'", { a: { b: 'x' } }, true, true, true],
  ["a != 'x'", {}, true, true, true],
  ["a == 'x", { a: 'x' }, false, false, false],
  ['a == x', { a: 'x' }, false, false, false],
  ["a == ''", { a: '' }, false, false, true],
  ['true', {}, false, false, false],
  ['n == 5', { n: 5 }, false, false, true],
  ['n == 5', { n: '5' }, false, false, true],
  ['n != 5', { n: 6 }, false, false, true],
  ['n == true', { n: true }, false, false, true],
  ["n == 'True'", { n: true }, false, true, false],
  ["not a == 'x'", { a: 'y' }, false, false, false],
  ["a not in ['x']", { a: 'y' }, false, false, true],
  ["a not in ['x']", { a: 'x' }, false, false, false],
  ["a in ['x', \"y\"]", { a: 'y' }, true, false, true],
  ['a in [x, y]', { a: 'y' }, true, false, true],
  ['a in list', { a: 'y', list: ['x', 'y'] }, false, true, false],
  ['a in list', { a: 'y', list: 'x, y' }, false, true, false],
  ["(a == 'x')", { a: 'x' }, false, false, false],
  ["a == 'x' && b == 'y'", { a: 'x', b: 'z' }, true, false, false],
  ["a == 'x' # why", { a: 'x' }, true, false, false],
  ['n > 5 + 1', { n: 6 }, true, false, false],
  ["a == 'x or y'", { a: 'x or y' }, false, true, true],
  ["a == 'x and y'", { a: 'x and y' }, false, true, true],
  ["a == 'x' or b == 'y'", { b: 'y' }, true, true, true],
  ["a == 'x' OR b == 'y'", { b: 'y' }, false, true, false],
  ["a == 'x' and b == 'y'", { a: 'x', b: 'y' }, true, true, true],
  ['n > 5', { n: 6 }, true, true, true],
  ['n > 5', { n: '6' }, true, true, true],
  ['n > 5', { n: 'many' }, false, false, false],
  ['n >= 0', {}, true, false, false],
  ['n < 1', {}, true, false, false],
  ['n > 999', { n: '1_000' }, true, false, false],
  ['n > 0', { n: true }, true, false, true],
  ['n > -1', { n: 0 }, false, false, false],
  ['a', { a: 1 }, true, true, true],
  ['a', { a: [] }, false, true, true],
  ['a', { a: 'false' }, true, false, true],
  ['a.b', { a: 1 }, false, false, false],
  ['größe > 5', { größe: 6 }, true, true, true],
  [' a', { a: 1 }, false, true, true],
  ['', {}, false, false, false],
];

describe('conditions of the toolkit', () => {
  for (const [condition, context, python, dotnet, typescript] of CONDITIONS) {
    it(`${condition} with ${JSON.stringify(context)}`, () => assert.deepEqual([pythonHolds(condition, within(context)), dotnetHolds(condition, within(context)), typescriptHolds(condition, within(context))], [python, dotnet, typescript]));
  }
  it('names in a condition', () => assert.deepEqual(namesInText("a.b == 'or x' and c not in ['d'] or n > 5"), ['a.b', 'c', 'n']));
  it('long conditions are false', () => {
    const long = `a == '${'x'.repeat(3_000)}'`;
    assert.deepEqual([pythonHolds, dotnetHolds, typescriptHolds].map((holds) => holds(long, () => 'x'.repeat(3_000))), [false, false, false]);
  });
});

const SIGNS: { readonly [effect: string]: string } = { allow: '+', require_approval: '?', deny: '-', unknown: 'u' };
const BOT = { 'agents/bot.agent.md': '---\nname: bot\ntools: ["pay/*"]\n---\n' };
const policy = (rules: readonly string[], top = 'agents: [bot]\ndefault_action: allow\n'): string => `apiVersion: governance.toolkit/v1\nname: p\n${top}rules:\n${rules.map((rule) => `  - { ${rule} }\n`).join('')}`;

function decide(files: { readonly [path: string]: string }, args: object = {}, resource = 'tool:pay/refund'): string {
  const engine = workspaceOf(new Map(Object.entries({ ...BOT, ...files }))).shared(ENGINE);
  const parsed = parseRequest({ agent: 'bot', action: 'call', resource, args } as never);
  assert.ok('request' in parsed);
  const prepared = engine.prepare(parsed.request, { at: NOW });
  const { effect } = engine.decidePrepared(prepared);
  assert.equal(engine.effect(prepared), effect, 'the fast path says the same');
  return SIGNS[effect] ?? effect;
}

const deny = (more = ''): string => `name: d, condition: "n > 1", action: deny${more}`;
const allow = (more = ''): string => `name: a, condition: "n > 1", action: allow${more}`;
const DENIES = 'agents: [bot]\n';

/** what it shows, rules, the top of the file, arguments, sign */
const CASES: readonly (readonly [name: string, rules: readonly string[], top: string, args: object, sign: string])[] = [
  ['the highest priority', [deny(', priority: 1'), allow(', priority: 2')], DENIES, { n: 2 }, '+'],
  ['of equals the first', [deny(), allow()], DENIES, { n: 2 }, '-'],
  ['a priority in quotes', [deny(', priority: 1'), allow(', priority: "2"')], DENIES, { n: 2 }, '+'],
  ['deny_overrides', [allow(', priority: 9'), deny()], `${DENIES}conflict_strategy: deny_overrides\n`, { n: 2 }, '-'],
  ['deny_overrides without a denial', [allow(), 'name: q, condition: "n > 1", action: require_approval, priority: 5'], `${DENIES}conflict_strategy: deny_overrides\n`, { n: 2 }, '?'],
  ['allow_overrides', [allow(), deny(', priority: 9')], `${DENIES}conflict_strategy: allow_overrides\n`, { n: 2 }, '+'],
  ['allow_overrides without an allowance', ['name: q, condition: "n > 1", action: require_approval, priority: 5', deny(', priority: 9')], `${DENIES}conflict_strategy: allow_overrides\n`, { n: 2 }, '-'],
  ['most_specific_wins, of one scope', [allow(), deny(', priority: 9')], `${DENIES}scope: agent\nconflict_strategy: most_specific_wins\n`, { n: 2 }, '-'],
  ['nothing matches', [allow()], DENIES, {}, '-'],
  ['nothing matches, and the default allows', [deny()], 'agents: [bot]\ndefault_action: allow\n', {}, '+'],
  ['without an action it denies', ['name: d, condition: "n > 1"'], 'agents: [bot]\ndefault_action: allow\n', { n: 2 }, '-'],
  ['a warning that wins denies', ['name: w, condition: "n > 1", action: warn'], 'agents: [bot]\ndefault_action: allow\n', { n: 2 }, '-'],
  ['a log that wins denies', ['name: l, condition: "n > 1", action: log'], 'agents: [bot]\ndefault_action: allow\n', { n: 2 }, '-'],
  ['approval', ['name: q, condition: "n > 1", action: require_approval, approvers: [desk@acme.example]'], DENIES, { n: 2 }, '?'],
  ['another stage', [deny(', stage: pre_output')], 'agents: [bot]\ndefault_action: allow\n', { n: 2 }, '+'],
  ['the stage before tools', [deny(', stage: pre_tool')], 'agents: [bot]\ndefault_action: allow\n', { n: 2 }, '-'],
  ['a rule that is disabled', [deny(', enabled: false')], 'agents: [bot]\ndefault_action: allow\n', { n: 2 }, '+'],
  ['as the older YAML has it', [deny(', enabled: off')], 'agents: [bot]\ndefault_action: allow\n', { n: 2 }, '+'],
  ['past a limit it denies, and whether it is reached is not known', [allow(', limit: "3/minute"')], DENIES, { n: 2 }, 'u'],
  ['a limit of a rule that does not match', [allow(', limit: "3/minute"')], DENIES, {}, '-'],
  ['a limit of a denial', [deny(', limit: "3/minute"')], 'agents: [bot]\ndefault_action: allow\n', { n: 2 }, '-'],
  ['the tool by its name', ["name: t, condition: \"tool_name == 'refund'\", action: allow"], DENIES, {}, '+'],
  ['what the engine reads out of SQL is not known', ["name: t, condition: \"sql.verb == 'DROP'\", action: deny"], 'agents: [bot]\ndefault_action: allow\n', {}, 'u'],
  ['one agent', [allow()], 'agent: bot\n', { n: 2 }, '+'],
  ['every agent', [allow()], 'agents: ["*"]\n', { n: 2 }, '+'],
];

describe('policies of the toolkit decide', () => {
  for (const [name, rules, top, args, sign] of CASES) it(`${name}: ${sign}`, () => assert.equal(decide({ 'policies/p.yaml': policy(rules, top) }, args), sign));

  it('for the agents that they name, in Python for nobody without any', () => {
    const governs = (path: string, top: string) => readForeign(path, policy([deny()], top))?.permissions?.[0]?.governs;
    assert.deepEqual([governs('p.yaml', 'agents: [other]\n'), governs('p.yaml', ''), governs('p.yaml', 'agents: ["*"]\n')], [{ kind: 'agents', names: ['other'] }, { kind: 'agents', names: [] }, { kind: 'any' }]);
    assert.equal(decide({ 'dotnet/p.yaml': policy([deny()], '') }, { n: 2 }), '-');
  });

  it('in .NET a warning lets through, and a rate is not known', () => {
    assert.equal(decide({ 'dotnet/p.yaml': policy(['name: w, condition: "n > 1", action: warn'], '') }, { n: 2 }), '+');
    assert.equal(decide({ 'dotnet/p.yaml': policy(['name: w, condition: "n > 1", action: rate_limit, limit: "3/minute"'], '') }, { n: 2 }), 'u');
    assert.equal(decide({ 'dotnet/p.yaml': policy(['name: w, condition: "n > 1", action: allow'], 'default_action: deny\n') }, {}), '-', 'a missing field is no number');
  });

  it('in TypeScript `action` is no effect', () => {
    const typescript = (rule: string): string => policy([rule, 'name: z, condition: "zz", ruleAction: deny'], 'agents: [bot]\n');
    assert.equal(decide({ 'p.yaml': typescript('name: a, condition: "n == 2", ruleAction: allow') }, { n: 2 }), '+');
    assert.equal(decide({ 'p.yaml': typescript('name: a, condition: "n == 2", action: allow') }, { n: 2 }), '-');
  });

  it('approvers are those that the rule names', () => {
    const engine = workspaceOf(new Map(Object.entries({ ...BOT, 'p.yaml': policy(['name: q, condition: "n > 1", action: require_approval, approvers: [desk@acme.example, "team:risk"]'], DENIES) }))).shared(ENGINE);
    const parsed = parseRequest({ agent: 'bot', action: 'call', resource: 'tool:pay/refund', args: { n: 2 } } as never);
    assert.ok('request' in parsed);
    assert.deepEqual(engine.decide(parsed.request, { at: NOW }).approvals.map(({ from }) => from), [['desk@acme.example', 'team:risk']]);
  });

  it('what a rule is left out for is said', () => {
    const rules = readForeign('p.yaml', policy([deny(', enabled: false'), deny(', stage: post_tool')]))?.permissions?.[0]?.rules;
    assert.deepEqual(rules?.map(({ ignored }) => ignored), ['It is disabled.', 'It is asked at the stage `post_tool`, not before a tool is called.']);
  });
});

describe('policies of the toolkit that extend others', () => {
  const base = policy(['name: large, condition: "n > 100", action: deny, priority: 1', 'name: small, condition: "n < 5", action: allow, priority: 1'], 'agents: ["*"]\n');
  const child = (rules: readonly string[], extending = 'base.yaml'): string => policy(rules, `agents: [bot]\nextends: ${extending}\n`);
  const found = (files: { readonly [path: string]: string }): string[] => lintAll(workspaceOf(new Map(Object.entries(files)))).filter(({ code }) => /base-unusable|weakens/.test(code)).map(({ path, code, span }) => `${path} ${code} ${(files[path] ?? '').slice(span.start, span.end)}`);

  it('have their rules', () => {
    assert.equal(decide({ 'p/base.yaml': base.replace('["*"]', '[nobody]'), 'p/child.yaml': child(['name: mid, condition: "n < 50", action: allow']) }, { n: 3 }), '+');
    assert.equal(decide({ 'p/base.yaml': base.replace('["*"]', '[nobody]'), 'p/child.yaml': child(['name: mid, condition: "n > 50", action: allow']) }, { n: 101 }), '-');
    assert.equal(decide({ 'p/base.yaml': base.replace('["*"]', '[nobody]'), 'p/child.yaml': child(['name: mid, condition: "n > 50", action: allow, priority: 9']) }, { n: 101 }), '+');
  });

  it('cannot weaken a denial under its name', () => {
    const files = { 'p/base.yaml': base.replace('["*"]', '[nobody]'), 'p/child.yaml': child(['name: large, condition: "n > 50", action: allow, priority: 9']) };
    assert.equal(decide(files, { n: 101 }), '-');
    assert.equal(decide(files, { n: 60 }), '-', 'nothing matches');
    assert.deepEqual(found(files), ['p/child.yaml format/agt/weakens-parent large']);
  });

  it('are not loaded where a parent cannot be', () => {
    for (const [extending, more] of [['gone.yaml', {}], ['../base.yaml', { 'base.yaml': base.replace('["*"]', '[nobody]') }], ['child.yaml', {}]] as const) {
      const files = { 'p/child.yaml': child(['name: a, condition: "n > 1", action: allow'], extending), ...more };
      assert.equal(decide(files, { n: 2 }), '-', extending);
      assert.deepEqual(found(files), [`p/child.yaml format/agt/base-unusable ${extending}`]);
    }
  });

  it('a parent for nobody is there for its children', () => {
    const codes = (files: { readonly [path: string]: string }): string[] => lintAll(workspaceOf(new Map(Object.entries(files)))).filter(({ code }) => code === 'format/agt/applies-to-nobody').map(({ path }) => path);
    const parent = policy([deny()], '');
    assert.deepEqual(codes({ 'p/base.yaml': parent }), ['p/base.yaml']);
    assert.deepEqual(codes({ 'p/base.yaml': parent, 'p/child.yaml': child([allow()]) }), []);
  });

  it('follow an edit of a parent', () => {
    const workspace = workspaceOf(new Map(Object.entries({ ...BOT, 'p/base.yaml': base.replace('["*"]', '[nobody]'), 'p/child.yaml': child(['name: a, condition: "n > 1", action: allow']) })));
    const effect = (): string => {
      const parsed = parseRequest({ agent: 'bot', action: 'call', resource: 'tool:pay/refund', args: { n: 101 } } as never);
      assert.ok('request' in parsed);
      return workspace.shared(ENGINE).decide(parsed.request, { at: NOW }).effect;
    };
    assert.equal(effect(), 'deny');
    workspace.applyChange({ files: [['p/base.yaml', base.replace('["*"]', '[nobody]').replace('n > 100', 'n > 1000')]] });
    assert.equal(effect(), 'allow');
  });
});
