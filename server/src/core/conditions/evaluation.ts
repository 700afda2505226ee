// The state of one evaluation: the request, the work left, the macros' variables. Made once, reset for each request: nothing is allocated on the way.
import { MAX_STEPS } from './limits';
import type { ConditionInput, Value } from './values';

export class Evaluation {
  input: ConditionInput;
  /** the work left; below zero the evaluation ends in an error */
  steps = MAX_STEPS;
  /** the values of the macros' variables, by nesting depth */
  locals: Value[] = [];
  /** counts resets, so that remembered values of policy variables are known to be of this request */
  generation = 0;
  /** how many policy variables are being evaluated inside one another */
  depth = 0;

  constructor(input: ConditionInput = {}) {
    this.input = input;
  }

  /** Begins with another request: remembered variables are forgotten. The work left is renewed by each condition. */
  reset(input: ConditionInput): void {
    this.input = input;
    this.generation++;
    this.steps = MAX_STEPS;
    this.depth = 0;
  }

  /** Takes steps from the work left; false when there are none. */
  spend(steps: number): boolean {
    this.steps -= steps;
    return this.steps >= 0;
  }
}
