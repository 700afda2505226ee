// What the checks of conditions keep from one keystroke to the next: parsed texts, environments, and what was found in them.
import type { CheckResult, Parse, TypeEnvironment } from '../conditions';

export interface ConditionMemo {
  readonly parse: Parse;
  /** The environment of that name, made once; `id` must tell apart all that differ. */
  environment(id: string, make: () => TypeEnvironment): TypeEnvironment;
  /** What a check of that name found in an environment. */
  check(environment: TypeEnvironment, id: string, make: () => CheckResult): CheckResult;
}

/** Past so many, the environments kept longest are forgotten. */
const MAX_ENVIRONMENTS = 2_000;

export function createConditionMemo(parse: Parse): ConditionMemo {
  let young = new Map<string, TypeEnvironment>();
  let old = new Map<string, TypeEnvironment>();
  const checks = new WeakMap<TypeEnvironment, Map<string, CheckResult>>();
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
        results.set(id, (result = make()));
      }
      return result;
    },
  };
}
