// Which arguments lead to what, where they decide: from the analysis, as long as a line can hold it.
import { who, type AnswerRegion } from '../../core/analysis';
import type { Agent, DecisionEffect } from '../../core/model';
import { Engine, type MatrixColumn, type MatrixOptions } from '../../core/policy';

/** nodes of diagrams: what is not found by then is told by its rules */
const BUDGET = 20_000;
const MAX_FORMS = 3;
const MAX_LENGTH = 160;

export interface ArgumentWords {
  /** the laxest effect that arguments can lead to */
  readonly effect: DecisionEffect;
  /** `amount <= 500`, with `or` between several */
  readonly words: string;
}

/** For which arguments the laxest effect holds; null where that cannot be proved, hangs on more than arguments, or takes more than a line. */
export function argumentWords(engine: Engine, agent: Agent, { action, resource }: MatrixColumn, { environment, at }: MatrixOptions): ArgumentWords | null {
  const alone = new Engine({ ...engine.world, agents: { ...engine.world.agents, all: [agent] } });
  const colon = resource.indexOf(':');
  const answer = who(alone, { action, resource: { type: resource.slice(0, colon) as 'tool', id: resource.slice(colon + 1) }, environment }, { now: at, at, budget: BUDGET });
  const effect = (['allow', 'require_approval'] as const).find((one) => answer.regions.some((region) => region.outcome.effect === one));
  if (!answer.proved || effect === undefined) return null;
  const forms = (regions: readonly AnswerRegion[]): ReadonlySet<string> => new Set(regions.map(formOf));
  const [mine, others] = [forms(answer.regions.filter((region) => region.outcome.effect === effect)), forms(answer.regions.filter((region) => region.outcome.effect !== effect))];
  // the same arguments with another effect: something else decides too
  if (mine.size > MAX_FORMS || mine.has('') || [...mine].some((form) => others.has(form))) return null;
  const words = [...mine].join(' or ');
  return words.length > MAX_LENGTH || answer.regions.some((region) => region.opaque.length > 0) ? null : { effect, words };
}

/** What a region says of the arguments, in its own words. */
const formOf = ({ where }: AnswerRegion): string => where.split(' · ').filter((part) => part.startsWith('args.')).map((part) => part.replaceAll('args.', '')).join(', ');
