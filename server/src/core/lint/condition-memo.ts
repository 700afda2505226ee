// What the checks of conditions keep from one keystroke to the next: parsed texts, environments, and what was found in them.
import type { CheckResult, Expr, Parse, TypeEnvironment } from '../conditions';

/** What is kept of a check: the types of all parts would be most of its memory. */
export type Faults = Pick<CheckResult, 'problems' | 'inVariables'>;

export interface ConditionMemo {
  readonly parse: Parse;
  /** The environment of that name, made once; `id` must tell apart all that differ. */
  environment(id: string, make: () => TypeEnvironment): TypeEnvironment;
  /** What a check of that name found in an environment. */
  check(environment: TypeEnvironment, id: string, make: () => Faults): Faults;
  /** The same for a condition of a rule, known by the rule's value, which says all else that the check rests on; `other` is the rule's other condition. */
  ofRule(rule: object, role: 'when' | 'unless', environment: TypeEnvironment, ast: Expr, other: Expr | null, make: () => Faults): Faults;
  /** What a rule's matchers are called in the names of environments, by its value. */
  readonly matchers: WeakMap<object, string>;
}

interface OfRule {
  readonly environment: TypeEnvironment;
  readonly ast: Expr;
  readonly other: Expr | null;
  readonly result: Faults;
}

/** Past so many, the environments kept longest are forgotten. */
const MAX_ENVIRONMENTS = 2_000;

export function createConditionMemo(parse: Parse): ConditionMemo {
  let young = new Map<string, TypeEnvironment>();
  let old = new Map<string, TypeEnvironment>();
  const checks = new WeakMap<TypeEnvironment, Map<string, Faults>>();
  const rules = { when: new WeakMap<object, OfRule>(), unless: new WeakMap<object, OfRule>() };
  return {
    parse,
    environment(id, make) {
      const known = young.get(id) ?? old.get(id) ?? make();
      young.set(id, known);
      if (young.size >= MAX_ENVIRONMENTS) {
        old = young;
        young = new Map();
      }
      return known;
    },
    check(environment, id, make) {
      let results = checks.get(environment);
      if (!results) checks.set(environment, (results = new Map()));
      let result = results.get(id);
      if (!result) {
        if (results.size > 500) results.clear();
        const { problems, inVariables } = make();
        results.set(id, (result = { problems, inVariables }));
      }
      return result;
    },
    ofRule(rule, role, environment, ast, other, make) {
      const known = rules[role].get(rule);
      if (known && known.environment === environment && known.ast === ast && known.other === other) return known.result;
      const result = make();
      rules[role].set(rule, { environment, ast, other, result });
      return result;
    },
    matchers: new WeakMap(),
  };
}
