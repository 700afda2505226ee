// Which rules are malformed, by what, and what then counts as absent.
import assert from 'node:assert/strict';
import { soundness } from '../../../server/src/core/policy';
import { workspaceOf } from '../../harness/workspace';

const HEAD = 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: g }\nspec:\n';

function read(spec: string, text = HEAD + spec): { broken: boolean; rules: string[] } {
  const facts = workspaceOf(new Map([['p.policy.yaml', text]])).facts('p.policy.yaml');
  const document = facts?.documents[0];
  assert.ok(document);
  const { broken, malformed } = soundness(document, text);
  return { broken, rules: [...malformed.values()].map((m) => `${m.rule}: ${[...m.absent].sort().join(' ')} <- ${[...new Set(m.causes.map((c) => c.code))].join(' ')}`) };
}

const rules = (...items: string[]): string => `  rules:\n${items.map((item) => `    - ${item}\n`).join('')}`;
const DENY = '{ id: a, effect: deny, actions: [call]';

describe('malformed rules', () => {
  const cases: readonly (readonly [title: string, spec: string, expected: readonly string[]])[] = [
    ['a sound rule', rules(`${DENY} }`), []],
    ['an unknown key', rules(`${DENY}, actons: [read] }`), ['0: actons <- schema/unknown-key']],
    ['a key of one\'s own', rules(`${DENY}, x-ticket: 4 }`), []],
    ['a wrongly typed field', rules('{ id: a, effect: deny, actions: call }'), ['0: actions <- schema/type']],
    ['an empty list', rules('{ id: a, effect: deny, actions: [] }'), ['0: actions <- schema/range']],
    ['a fault in the reason or the owner', rules(`${DENY}, reason: 3, owner: [x] }`), []],
    ['no id', rules('{ effect: deny, actions: [call] }'), ['0: id <- schema/required']],
    ['an effect that does not exist', rules('{ id: a, effect: alow, actions: [call] }'), ['0: effect <- schema/enum']],
    ['an allow without resources', rules('{ id: a, effect: allow, actions: [call] }'), ['0: resources <- schema/combination']],
    ['no approval', rules('{ id: a, effect: require_approval, actions: [call] }'), ['0: approval <- schema/combination']],
    ['an approval of nobody', rules('{ id: a, effect: require_approval, approval: { count: 0, from: [x] } }'), ['0: approval <- schema/range']],
    ['a condition that cannot be read', rules(`${DENY}, when: "args.amount >" }`), ['0: when <- condition/syntax']],
    ['a condition that is no text', rules(`${DENY}, unless: true }`), ['0: unless <- schema/type']],
    ['a condition that YAML cuts', '  rules:\n    - id: a\n      effect: deny\n      when: args.x == "a" # && args.y\n', []],
    ['a condition that YAML cuts before an operator', '  rules:\n    - id: a\n      effect: deny\n      when: args.x == 1 #&& args.y\n', []],
    ['a tag in a condition', '  rules:\n    - id: a\n      effect: deny\n      when: ! x\n', ['0: when <- syntax/unquoted']],
    ['a tag in a list', rules(`${DENY}, roles: [!clerk] }`), ['0: roles <- syntax/unquoted']],
    ['a key that stands twice', '  rules:\n    - id: a\n      effect: deny\n      actions: [call]\n      when: "true"\n      actions: [read]\n', ['0: actions <- syntax/duplicate-key']],
    ['a key that stands twice inside a field', rules('{ id: a, effect: require_approval, approval: { from: [x], from: [y] } }'), ['0: approval <- syntax/duplicate-key']],
    ['one obligation of several', rules('{ id: a, effect: oblige, obligations: [{ log: full }, { log: everything }] }'), ['0: obligations.1 <- schema/enum']],
    ['something that is no rule', rules('foo', `${DENY} }`), ['0: rule <- schema/type']],
    ['a malformed scope', `  scope: { roles: clerk }\n${rules(`${DENY} }`, '{ id: b, effect: deny }')}`, ['0: scope.roles <- schema/type', '1: scope.roles <- schema/type']],
    ['an unknown key of the scope', `  scope: { actions: [call] }\n${rules(`${DENY} }`)}`, ['0: scope.actions <- schema/unknown-key']],
    ['a scope that is no map', `  scope: [a]\n${rules(`${DENY} }`)}`, ['0: scope <- schema/type']],
    ['a malformed variable, used through another', `  variables: { bad: "args.x >", mid: variables.bad, good: "true" }\n${rules(`${DENY}, when: variables.mid }`, '{ id: b, effect: deny, unless: variables.bad, when: variables.good }', '{ id: c, effect: deny, when: variables.good }')}`, ['0: when <- condition/syntax', '1: unless <- condition/syntax']],
    ['a variable that is no text', `  variables: { bad: 3 }\n${rules(`${DENY}, when: variables.bad }`)}`, ['0: when <- schema/type']],
    ['a variable that stands twice', `  variables:\n    v: "true"\n    v: "false"\n${rules(`${DENY}, when: variables.v }`)}`, ['0: when <- syntax/duplicate-key']],
    ['variables that are no map', `  variables: [a]\n${rules(`${DENY}, when: variables.v }`)}`, ['0: when <- schema/type']],
  ];
  for (const [title, spec, expected] of cases) {
    it(title, () => {
      const { broken, rules: found } = read(spec);
      if (title.startsWith('a condition that YAML cuts')) assert.match(found.join(), title.includes('before') ? /^0: when <- syntax\/unquoted$/ : /^(0: when <- syntax\/unquoted)?$/);
      else assert.deepEqual(found, expected);
      assert.equal(broken, false);
    });
  }

  it('names every cause once, at its place', () => {
    const text = `${HEAD}${rules('{ id: a, effect: deny, actions: call, when: "x >", roles: [1] }')}`;
    const document = workspaceOf(new Map([['p.policy.yaml', text]])).facts('p.policy.yaml')?.documents[0];
    const causes = document ? ([...soundness(document, text).malformed.values()][0]?.causes ?? []) : [];
    assert.deepEqual(causes.map((c) => text.slice(c.span.start, c.span.end)).sort(), ['', '1', 'call']);
  });

  const broken: readonly (readonly [title: string, text: string, broken: boolean])[] = [
    ['an unclosed list', `${HEAD}  rules:\n    - id: a\n      effect: deny\n      resources: ["tool:a/b"\n    - id: b\n      effect: deny\n`, true],
    ['an unclosed quote', `${HEAD}  rules: "\n`, true],
    ['two lists of rules', `${HEAD}  rules:\n    - ${DENY} }\n  rules:\n    - ${DENY} }\n`, true],
    ['rules that are no list', `${HEAD}  rules: { a: b }\n`, true],
    ['rules not written yet', `${HEAD}  rules:\n`, false],
    ['a spec that is no map', HEAD.replace('spec:', 'spec: x'), true],
    ['a fault in the metadata', `${HEAD.replace('name: g', 'name: g, name: h')}  rules:\n    - ${DENY} }\n`, false],
  ];
  for (const [title, text, expected] of broken) it(`${title}: ${expected ? 'rules may be lost' : 'no rule is lost'}`, () => assert.equal(read('', text).broken, expected));
});
