// Requirements made ready to be asked: conditions parsed once a workspace, when an agent first meets them.
import { CelError, checkCondition, compile, createParseMemo, type CompiledCondition, type Evaluation, type TypeEnvironment } from '../../conditions';
import type { Requirement } from './types';

/** `not-asked`: its `when` does not hold. An error is one of the Standard's own, never the agent's. */
export type Verdict = 'met' | 'unmet' | 'not-asked' | RequirementError;

export class RequirementError {
  constructor(
    readonly field: 'when' | 'require',
    readonly error: CelError,
  ) {}
}

export interface CompiledRequirement {
  readonly requirement: Requirement;
  /** false where a condition of it is faulty in itself: the Standard says so, and no agent is asked */
  readonly sound: () => boolean;
  readonly ask: (evaluation: Evaluation) => Verdict;
}

export type Compile = (requirement: Requirement) => CompiledRequirement;

/** Guards that are not there are no reason not to ask: a missing field has its meaning here. */
const TOLERATED: ReadonlySet<string> = new Set(['condition/unguarded-field', 'condition/unsafe-pattern']);

/** A compiler that makes one condition of equal texts. `environment`: absent for conditions that are known to be sound. */
export function requirementCompiler(environment: TypeEnvironment | null): Compile {
  const parse = createParseMemo();
  const made = new Map<string, CompiledCondition | null>();
  const conditionOf = (text: string): CompiledCondition | null => {
    let known = made.get(text);
    if (known === undefined) {
      const { ast, problems } = parse(text);
      const faulty = ast === null || problems.length > 0 || (environment !== null && checkCondition(ast, environment).problems.some(({ code }) => !TOLERATED.has(code)));
      made.set(text, (known = faulty ? null : compile(ast)));
    }
    return known;
  };
  return (requirement) => {
    const sound = (): boolean => (requirement.when === null || conditionOf(requirement.when) !== null) && conditionOf(requirement.require) !== null;
    return {
      requirement,
      sound,
      ask(evaluation) {
        if (requirement.when !== null) {
          const asked = truth(conditionOf(requirement.when), evaluation);
          if (asked instanceof CelError) return asked.kind === 'missing' ? 'not-asked' : new RequirementError('when', asked);
          if (!asked) return 'not-asked';
        }
        if (!sound()) return 'not-asked';
        const met = truth(conditionOf(requirement.require), evaluation);
        if (met instanceof CelError) return met.kind === 'missing' ? 'unmet' : new RequirementError('require', met);
        return met ? 'met' : 'unmet';
      },
    };
  };
}

/** A condition that cannot be asked does not hold. */
function truth(condition: CompiledCondition | null, evaluation: Evaluation): boolean | CelError {
  if (!condition) return false;
  const value = condition.run(evaluation);
  if (typeof value === 'boolean' || value instanceof CelError) return value;
  return new CelError('type', 'The condition is neither true nor false.', condition.ast.span);
}
