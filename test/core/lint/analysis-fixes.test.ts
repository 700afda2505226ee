// Fixes of what the analysis finds, applied and looked at again: what only tidies up leaves every decision as it is.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf } from '../../../server/src/core/analysis';
import { analyse, createLinter, type Finding } from '../../../server/src/core/lint';
import { ENGINE } from '../../../server/src/core/policy';
import type { Fix } from '../../../server/src/core/text';
import { Workspace } from '../../../server/src/core/workspace';
import { NOW } from '../analysis/sides';
import { crowded, filesOf, world } from '../analysis/small-worlds';

const workspaceOf = (files: ReadonlyMap<string, string>): Workspace => {
  const workspace = new Workspace();
  workspace.applyChange({ files, now: NOW });
  return workspace;
};

const findingsOf = (workspace: Workspace): readonly Finding[] => [...analyse(workspace).values()].flat();

function applied(files: ReadonlyMap<string, string>, finding: Finding, fix: Fix): ReadonlyMap<string, string> {
  const changed = new Map(files);
  for (const { span, newText, path = finding.path } of [...fix.edits].sort((a, b) => b.span.start - a.span.start)) {
    const text = changed.get(path) ?? '';
    changed.set(path, text.slice(0, span.start) + newText + text.slice(span.end));
  }
  return changed;
}

/** The findings that make a document unsound. */
const faultsOf = (workspace: Workspace): readonly string[] => {
  const linter = createLinter(workspace);
  return workspace.paths().flatMap((path) => linter.get(path).filter(({ code }) => /^(syntax|schema)\/|^condition\/syntax|^policy\/malformed/.test(code)).map(({ code, message }) => `${code} ${message}`));
};

const verdictOf = (before: Workspace, after: Workspace) => differenceOf(before.shared(ENGINE), after.shared(ENGINE), { now: NOW });

const CATALOG = `apiVersion: countersign/v1
kind: Catalog
spec:
  environments: { prod: { stage: production }, dev: { stage: development } }
  tools: { pay/refund: { input: { type: object, properties: { amount: { type: number } } } }, pay/list: {}, crm/find: {} }
  data: { orders: {} }
`;
const AGENTS = `apiVersion: countersign/v1
kind: Agent
metadata: { name: one }
spec: { purpose: x, lifecycle: production, owner: { team: t }, roles: [clerk], tools: [pay/refund, pay/list, crm/find], data: [{ source: orders, access: [read] }] }
---
apiVersion: countersign/v1
kind: Agent
metadata: { name: two }
spec: { purpose: x, lifecycle: production, owner: { team: t }, roles: [boss], tools: [pay/refund, crm/find], delegates: [one, three] }
---
apiVersion: countersign/v1
kind: Agent
metadata: { name: three }
spec:
  purpose: x
  lifecycle: production
  owner: { team: t }
  tools: [crm/find]
`;
const policy = (rules: string): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  variables: { large: args.amount > 500 }\n  rules:\n${rules}`;

/** By name: the rules, the code that is found, the rules after its first fix. */
const CASES: readonly (readonly [name: string, code: string, before: string, after: string])[] = [
  ['a bound that meets another', 'policy/conflict',
    '    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: args.amount < 500 }\n    - { id: medium, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 100 }\n',
    '    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: args.amount < 500, unless: "args.amount > 100" }\n    - { id: medium, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 100 }\n'],
  ['a condition and its exception', 'policy/conflict',
    '    - id: small\n      effect: allow\n      actions: [call]\n      resources: ["tool:pay/*"]\n      when: agent.id == "one"\n      unless: args.amount > 900 # far too much\n    - { id: medium, effect: deny, when: variables.large, unless: has(principal.id) }\n',
    '    - id: small\n      effect: allow\n      actions: [call]\n      resources: ["tool:pay/*"]\n      when: agent.id == "one"\n      unless: "(args.amount > 900) || ((variables.large) && !(has(principal.id)))" # far too much\n    - { id: medium, effect: deny, when: variables.large, unless: has(principal.id) }\n'],
  ['a tool among others', 'policy/conflict',
    '    - { id: pay, effect: allow, roles: [clerk], actions: [call], resources: ["tool:pay/*"] }\n    - { id: no-refunds, effect: deny, actions: [call], resources: ["tool:pay/refund"] }\n',
    '    - { id: pay, effect: allow, roles: [clerk], actions: [call], resources: ["tool:pay/*", "!tool:pay/refund"] }\n    - { id: no-refunds, effect: deny, actions: [call], resources: ["tool:pay/refund"] }\n'],
  ['a list in lines', 'policy/conflict',
    '    - id: pay\n      effect: allow\n      roles: [clerk]\n      actions: [call]\n      resources:\n        - "tool:pay/*"\n        - "tool:crm/*" # all of it\n    - { id: no-refunds, effect: deny, actions: [call], resources: ["tool:pay/refund"] }\n',
    '    - id: pay\n      effect: allow\n      roles: [clerk]\n      actions: [call]\n      resources:\n        - "tool:pay/*"\n        - "tool:crm/*" # all of it\n        - "!tool:pay/refund"\n    - { id: no-refunds, effect: deny, actions: [call], resources: ["tool:pay/refund"] }\n'],
  ['an agent', 'policy/conflict',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:pay/*"] }\n    - { id: not-two, effect: deny, agents: [two] }\n',
    '    - { id: pay, effect: allow, agents: ["!two"], actions: [call], resources: ["tool:pay/*"] }\n    - { id: not-two, effect: deny, agents: [two] }\n'],
  ['an environment', 'policy/conflict',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:pay/*"] }\n    - { id: not-live, effect: deny, environments: [prod] }\n',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:pay/*"], environments: ["!prod"] }\n    - { id: not-live, effect: deny, environments: [prod] }\n'],
  ['a role, a tool and a condition', 'policy/conflict',
    '    - { id: pay, effect: allow, agents: [one, two], actions: [call], resources: ["tool:pay/*"] }\n    - { id: bosses, effect: deny, roles: [boss], actions: [call], resources: ["tool:pay/refund", "tool:crm/*"], when: args.amount > 5 }\n',
    `    - { id: pay, effect: allow, agents: [one, two], actions: [call], resources: ["tool:pay/*"], unless: '("boss" in agent.roles) && ((resource.type == "tool" && resource.id == "pay/refund") || (resource.type == "tool" && resource.id.startsWith("crm/"))) && (args.amount > 5)' }\n    - { id: bosses, effect: deny, roles: [boss], actions: [call], resources: ["tool:pay/refund", "tool:crm/*"], when: args.amount > 5 }\n`],
  ['a rule in one that is stronger', 'policy/shadowed-rule',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:*"] }\n    # huge sums\n    - { id: huge, effect: require_approval, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 1000, approval: { from: [user] } } # ask\n    # large sums\n    - { id: large, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 500 }\n',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:*"] }\n    # huge sums\n    # large sums\n    - { id: large, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 500 }\n'],
  ['a rule that another covers', 'policy/redundant-rule',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:*"] }\n    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: args.amount < 5 }\n',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:*"] }\n'],
  ['a rule that nothing can match', 'policy/unsatisfiable-rule',
    '    - { id: never, effect: deny, actions: [read], resources: ["tool:pay/refund"] }\n    - { id: pay, effect: allow, actions: [call], resources: ["tool:*"] }\n',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:*"] }\n'],
  ['a grant that nobody can use', 'policy/dead-grant',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:*"] }\n    - { id: writes, effect: allow, actions: [write], resources: ["data:orders"] }\n',
    '    - { id: pay, effect: allow, actions: [call], resources: ["tool:*"] }\n'],
];

/** Worlds in which allowances and denials meet more often than elsewhere. */
const contested = fc.oneof(world, crowded).map((made) => ({
  ...made,
  policies: made.policies.map((one) => ({ ...one, rules: one.rules.map((rule, index) => {
    const rest: Record<string, unknown> = Object.fromEntries(Object.entries(rule).filter(([key]) => !['effect', 'obligations', 'approval', 'reason'].includes(key)));
    return index % 2 === 0 ? { ...rest, effect: 'allow', actions: rest['actions'] ?? ['*'], resources: rest['resources'] ?? ['*'] } : { ...rest, effect: 'deny' };
  }) })),
}));

describe('fixes of the analysis', () => {
  for (const [name, code, before, after] of CASES) {
    it(`mend ${name}`, () => {
      const files = new Map([['c.catalog.yaml', CATALOG], ['a.agent.yaml', AGENTS], ['p.policy.yaml', policy(before)]]);
      const workspace = workspaceOf(files);
      const finding = findingsOf(workspace).find((one) => one.code === code);
      const fix = finding?.fixes?.[0];
      assert.ok(finding && fix, findingsOf(workspace).map((one) => `${one.code} ${one.message}`).join('\n'));
      const mended = applied(files, finding, fix);
      assert.equal(mended.get('p.policy.yaml'), policy(after));
      const now = workspaceOf(mended);
      assert.deepEqual(faultsOf(now), []);
      const difference = verdictOf(workspace, now);
      assert.equal(difference.verdict, 'equal', difference.regions.map(({ where }) => where).join('\n'));
      assert.equal(findingsOf(now).some((one) => one.code === code && one.message === finding.message), false);
    });
  }

  it('take a dead tool and a delegate out of a manifest', () => {
    const files = new Map([['c.catalog.yaml', CATALOG], ['a.agent.yaml', AGENTS], ['p.policy.yaml', policy('    - { id: crm, effect: allow, actions: [call], resources: ["tool:crm/*"] }\n    - { id: hand, effect: allow, actions: [delegate], resources: ["agent:*"] }\n    - { id: not-two, effect: deny, agents: [two], actions: [call], resources: ["tool:crm/*"], reason: Bosses look at nothing. }\n')]]);
    const findings = findingsOf(workspaceOf(files)).flatMap((finding) => (finding.fixes ?? []).map((fix) => [finding, fix] as const)).filter(([finding]) => finding.path === 'a.agent.yaml');
    assert.deepEqual(findings.map(([, fix]) => fix.title).sort(), [
      'Remove `crm/find` from the tools of `two`', 'Remove `pay/list` from the tools of `one`', 'Remove `pay/refund` from the tools of `one`', 'Remove `pay/refund` from the tools of `two`',
      'Take `one` out of the delegates of `two`', 'Take `three` out of the delegates of `two`',
    ]);
    for (const [finding, fix] of findings) {
      const now = workspaceOf(applied(files, finding, fix));
      assert.deepEqual(faultsOf(now), [], fix.title);
      assert.ok(!findingsOf(now).some((one) => one.code === finding.code && one.message === finding.message), fix.title);
      // nothing that was denied is allowed now
      assert.ok(!verdictOf(workspaceOf(files), now).regions.some(({ change }) => change === 'widened'), fix.title);
    }
  });

  it('let one of two rules include the bound that both leave out', () => {
    const rules = '    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: "args.amount < 100" }\n    - id: large\n      effect: require_approval\n      actions: [call]\n      resources: ["tool:pay/refund"]\n      when: |\n        100 < args.amount\n      approval: { from: [user] }\n    - { id: other, effect: allow, actions: [call], resources: ["tool:crm/find"], when: args.amount < 100 }\n    - { id: list, effect: allow, actions: [call], resources: ["tool:pay/list", "tool:crm/find"] }\n';
    const files = new Map([['c.catalog.yaml', CATALOG], ['a.agent.yaml', AGENTS], ['p.policy.yaml', policy(rules)]]);
    const finding = findingsOf(workspaceOf(files)).find(({ code, message }) => code === 'policy/uncovered' && message.includes('"amount":100'));
    assert.ok(finding);
    assert.deepEqual(finding.fixes?.map(({ title }) => title), ['Let `p/large` include 100 (`<=`)', 'Let `p/small` include 100 (`<=`)']);
    for (const fix of finding.fixes ?? []) {
      const mended = applied(files, finding, fix);
      assert.match(mended.get('p.policy.yaml') ?? '', fix.title.includes('large') ? /100 <= args\.amount/ : /args\.amount <= 100" /);
      const now = workspaceOf(mended);
      assert.deepEqual(faultsOf(now), []);
      assert.ok(!findingsOf(now).some(({ code, message }) => code === 'policy/uncovered' && message.includes('"amount":100')));
    }
  });

  for (const [name, rules] of [
    ['a denial with a date', '    - { id: pay, effect: allow, roles: [clerk], actions: [call], resources: ["tool:pay/*"] }\n    - { id: no-refunds, effect: deny, actions: [call], resources: ["tool:pay/refund"], expires: 2027-01-01 }\n'],
    ['an allowance that asks for something also where it is denied', '    - { id: pay, effect: allow, roles: [clerk], actions: [call], resources: ["tool:pay/*"], obligations: [ { log: full } ] }\n    - { id: no-refunds, effect: deny, actions: [call], resources: ["tool:pay/refund"] }\n'],
    ['an environment with a condition', '    - { id: pay, effect: allow, actions: [call], resources: ["tool:pay/*"] }\n    - { id: not-live, effect: deny, environments: [prod], when: args.amount > 5 }\n'],
  ] as const) {
    it(`propose nothing for ${name}`, () => {
      const findings = findingsOf(workspaceOf(new Map([['c.catalog.yaml', CATALOG], ['a.agent.yaml', AGENTS], ['p.policy.yaml', policy(rules)]])));
      assert.deepEqual(findings.filter(({ code }) => code === 'policy/conflict').map(({ fixes }) => fixes), [undefined]);
    });
  }

  it('leave every decision as it is, where they say so, in random workspaces', function () {
    this.timeout(0);
    const counts = new Map<string, number>();
    const changing = /^Remove `.*` from the tools of|^Take |^Let /;
    fc.assert(fc.property(fc.oneof(world, contested), (made) => {
      const files = filesOf(made);
      const workspace = workspaceOf(files);
      const known = new Set(faultsOf(workspace));
      for (const finding of findingsOf(workspace)) {
        for (const fix of finding.fixes ?? []) {
          counts.set(finding.code, (counts.get(finding.code) ?? 0) + 1);
          const mended = applied(files, finding, fix);
          const now = workspaceOf(mended);
          const told = `${finding.code} ${fix.title}\n${mended.get(finding.path)}`;
          // some of these worlds are faulty on purpose; no fix brings a fault
          assert.deepEqual(faultsOf(now).filter((fault) => !known.has(fault)), [], told);
          if (changing.test(fix.title)) continue;
          const difference = verdictOf(workspace, now);
          if (fix.title.includes('approved anew')) {
            // an approval ends with what was approved, and nothing is allowed by that
            assert.ok(!difference.regions.some(({ change }) => change === 'widened'), told);
            continue;
          }
          assert.equal(difference.verdict, 'equal', `${told}\n${difference.regions.map(({ where, change }) => `${change} ${where}`).join('\n')}\n${[...files.values()].join('\n')}`);
        }
      }
    }), { numRuns: Number(process.env['PAIRS'] ?? 50), seed: 20261123 });
    assert.ok((counts.get('policy/conflict') ?? 0) > 0, JSON.stringify([...counts]));
  });
});
