// Whom an agent may hand work to without approval, by itself or over those that it hands work to.
import type { Agent } from '../model';
import type { Budget } from './nodes';
import type { ShortRequest } from './types';

/** An agent that another may hand work to without approval, by itself or over others. */
export interface Hand {
  readonly to: Agent;
  readonly over: readonly Agent[];
  readonly environment: string | null;
  /** the first delegation */
  readonly request: ShortRequest;
}

/** How many agents work may pass through before nobody would follow the way. */
const MAX_BETWEEN = 6;

/** Who is handed work may hand it on: adds those that are reached so, in one environment. */
export function handOn(hands: Map<Agent, readonly Hand[]>, budget: Budget): void {
  const direct = new Map(hands);
  const key = (hand: Hand): string => `${hand.environment} ${hand.to.id}`;
  for (const [from, first] of direct) {
    const known = new Set(first.map(key));
    const all: Hand[] = [...first];
    for (const hand of all) {
      if (hand.over.length >= MAX_BETWEEN || budget.work < 0) continue;
      for (const next of direct.get(hand.to) ?? []) {
        if (next.environment !== hand.environment || next.to === from || known.has(key(next))) continue;
        known.add(key(next));
        budget.work -= 1;
        all.push({ ...hand, to: next.to, over: [...hand.over, hand.to] });
      }
    }
    if (all.length > first.length) hands.set(from, all);
  }
}
