// Whether a policy applies to a request: its head, then its conditions. A policy that fails does not apply.
import type { CedarEngine, CedarPolicy, Json } from './engine';
import { isRecord } from './engine';
import { asking, evaluate, type Asking, type CedarRequest, type Entity } from './evaluate';
import { EITHER, ERROR, FALSE, TRUE, bool, entityOf, outcomesOf, resultOf, same, some, type Outcomes, type Result } from './values';

/** Every outcome that is possible. */
export function outcomesOfPolicy({ json }: CedarPolicy, request: CedarRequest, engine: CedarEngine): Outcomes {
  const asked = asking(request, engine);
  let outcomes: Outcomes = TRUE;
  const join = (more: () => Outcomes): void => {
    if (outcomes & TRUE) outcomes = (outcomes & ~TRUE) | more();
  };
  for (const name of ['principal', 'action', 'resource'] as const) join(() => outcomesOf(headHolds(json[name] ?? null, request[name], asked)));
  for (const clause of clausesOf(json)) {
    join(() => {
      const found = outcomesOf(evaluate(clause.body, asked));
      return clause.unless ? (found & ERROR) | (found & TRUE ? FALSE : 0) | (found & FALSE ? TRUE : 0) : found;
    });
  }
  return outcomes;
}

export const clausesOf = (json: CedarPolicy['json']): readonly { readonly unless: boolean; readonly body: Json }[] =>
  (Array.isArray(json['conditions']) ? (json['conditions'] as readonly Json[]) : []).flatMap((clause) => (isRecord(clause) ? [{ unless: clause['kind'] === 'unless', body: clause['body'] ?? null }] : []));

/** The entities that a part of the head names; null where it asks for none. */
export function entitiesIn(constraint: Json | undefined): readonly Entity[] | null {
  if (!isRecord(constraint)) return null;
  if (Array.isArray(constraint['entities'])) return (constraint['entities'] as readonly Json[]).flatMap((one) => entityOf(one) ?? []);
  const inner = isRecord(constraint['in']) ? constraint['in'] : constraint;
  const one = entityOf(inner['entity']);
  return one ? [one] : null;
}

function headHolds(constraint: Json, value: Result, { request: { entities } }: Asking): Result {
  if (!isRecord(constraint) || constraint['op'] === 'All') return bool(true);
  if (value.kind !== 'entity') return EITHER;
  const typed: Result = constraint['op'] !== 'is' ? bool(true) : value.type === null ? EITHER : bool(value.type === constraint['entity_type']);
  const named = entitiesIn(constraint);
  if (!named) return typed;
  const found = constraint['op'] === '==' ? same(value, named[0] ?? value) : some(named, (group) => entities.within(value, group));
  const outcomes = outcomesOf(typed);
  return resultOf((outcomes & FALSE) | (outcomes & TRUE ? (found === null ? TRUE | FALSE : found ? TRUE : FALSE) : 0));
}
