// Whether any request can match a rule at all, whatever agents there are.
import type { CompiledRule } from '../policy';
import { environmentsAt } from './affected';
import { meets } from './boxes';
import { Decisions } from './decisions';
import { FALSE, TRUE, type Budget } from './nodes';
import { placeSteps, type Clock, type Context } from './place';
import type { SideView } from './side';
import type { Space } from './space';
import type { Steps } from './types';

/** The rules that no request matches. `space`: of the open world. Throws `BudgetSpent` where that cannot be told. */
export function* unsatisfiableSteps(rules: readonly CompiledRule[], view: SideView, space: Space, clock: Clock, budget: Budget): Steps<readonly CompiledRule[]> {
  const open = new Set(rules.filter((rule) => !rule.never && rule.expires >= (clock.at ?? clock.now)));
  const decisions = new Decisions();
  for (const place of space.places) {
    if (open.size === 0) break;
    const here = view.rulesAt(place).filter(({ rule }) => open.has(rule));
    if (here.length === 0) continue;
    const contexts = environmentsAt(place, space).map((environment): Context => ({ asker: 'any', place, environment }));
    yield;
    const analysis = yield* placeSteps({ sides: [view], contexts, clock, untyped: false, budget, decisions, only: new Set(here.map(({ rule }) => rule)), lenient: true });
    const { diagrams, variables, valid } = analysis.domain;
    const masks = variables.map((variable) => variable.mask);
    contexts.forEach((_, context) => {
      for (const { rule, node } of analysis.fold(0, context).applied) if (rule && open.has(rule) && node !== FALSE && meets(diagrams, diagrams.and(node, valid), new Map(), masks, (terminal) => terminal === TRUE)) open.delete(rule);
    });
  }
  return rules.filter((rule) => open.has(rule));
}
