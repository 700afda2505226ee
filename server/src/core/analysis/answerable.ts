// Which answers to the questions of other tools no call gets together, as a diagram over them.
import { neverAlone, neverBoth } from '../policy';
import type { Variable } from './domain';
import type { Opaque } from './formula';
import { FALSE, TRUE, type Diagrams, type NodeId } from './nodes';

/** Of a question into which nobody can look; the last is an error. */
const ANSWERS: readonly (boolean | null)[] = [false, true, null];
/** With more of them it is not asked which three exclude one another. */
const MOST_QUESTIONS = 16;

interface Asked {
  readonly level: number;
  readonly question: NonNullable<Opaque['question']>;
  readonly answers: readonly (boolean | null)[];
}

/** FALSE for answers that no call gets. */
export function answerable(variables: readonly Variable[], diagrams: Diagrams): NodeId {
  const asked = variables.flatMap((variable, level): Asked[] => (variable.kind === 'opaque' && variable.atom.question ? [{ level, question: variable.atom.question, answers: ANSWERS.slice(0, variable.mask.length) }] : []));
  let valid: NodeId = TRUE;
  for (const [index, one] of asked.entries()) for (const other of asked.slice(index + 1)) if (other.question.resource === one.question.resource) valid = diagrams.and(valid, together(one, other, diagrams));
  if (asked.length > MOST_QUESTIONS) return valid;
  const is = ({ level, answers }: Asked, answer: boolean): NodeId => diagrams.make(level, answers.map((one) => (one === answer ? TRUE : FALSE)));
  for (const one of asked) for (const other of asked) for (const third of asked) {
    if (one === other || one === third || other === third || [other, third].some(({ question }) => question.resource !== one.question.resource) || !neverAlone(one.question.test, other.question.test, third.question.test)) continue;
    valid = diagrams.and(valid, diagrams.not(diagrams.and(is(one, true), diagrams.and(is(other, false), is(third, false)))));
  }
  return valid;
}

/** The answers to two questions, the first of which stands before the other. */
function together(one: Asked, other: Asked, diagrams: Diagrams): NodeId {
  const [mine, theirs] = [one.question.test, other.question.test];
  const faulty = mine.errs !== undefined && mine.errs === theirs.errs;
  const never = (said: boolean | null, told: boolean | null): boolean => (said !== null && told !== null ? neverBoth(mine, said, theirs, told) : faulty && said !== told);
  return diagrams.make(one.level, one.answers.map((said) => diagrams.make(other.level, other.answers.map((told) => (never(said, told) ? FALSE : TRUE)))));
}
