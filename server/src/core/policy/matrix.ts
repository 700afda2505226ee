// Which agent may do what, without knowing the arguments: every agent against every resource that the workspace names.
import { pathOf, variablesReached, walk, type Evaluation, type Expr } from '../conditions';
import { ACTIONS, type Action } from '../documents';
import { RESOURCE_OF_ACTION, STRICTNESS, type Agent, type DecisionEffect, type Request } from '../model';
import type { PlainValue } from '../yaml';
import type { Candidates, SetCandidates } from './candidates';
import { isForeign } from './decide-foreign';
import type { Engine, World } from './engine';
import { applies, conditionOf } from './match';
import type { CompiledRule } from './rule';
import type { RuleEffect } from './set';

export interface MatrixColumn {
  readonly action: Action;
  /** `type:id` */
  readonly resource: string;
}

/** `depends`: the arguments decide. */
export type MatrixEffect = DecisionEffect | 'depends';

export interface MatrixCell {
  readonly agent: Agent;
  readonly column: MatrixColumn;
  readonly effect: MatrixEffect;
  readonly cause: string;
}

export interface MatrixOptions {
  readonly environment: string | null;
  /** milliseconds since 1970 */
  readonly at: number;
  /** null: they are not known, and may decide */
  readonly args: { readonly [name: string]: PlainValue } | null;
}

/** The resources that the Catalog declares and that agents name, with what can be asked of them; sorted. */
export function matrixColumns({ world: { catalog, agents } }: { readonly world: Pick<World, 'agents' | 'catalog'> }): readonly MatrixColumn[] {
  const names = new Map<Action, Set<string>>(ACTIONS.map((action) => [action, new Set<string>()]));
  const add = (action: Action, all: Iterable<string>): void => {
    const known = names.get(action);
    for (const name of all) if (!name.includes('*') && !name.startsWith('!')) known?.add(name);
  };
  add('call', catalog.tools.keys());
  add('respond', catalog.channels.keys());
  add('deploy', catalog.environments.keys());
  for (const agent of agents.all) {
    for (const use of agent.data) for (const action of use.access) add(action, [use.source]);
    add('call', agent.tools.map((grant) => grant.pattern));
    add('delegate', agent.delegates.map((grant) => grant.pattern));
    add('invoke', agent.models.map((model) => model.id));
    add('respond', agent.outputs);
    add('deploy', agent.hosting ?? []);
  }
  return ACTIONS.flatMap((action) => [...(names.get(action) ?? [])].sort().map((name) => ({ action, resource: `${RESOURCE_OF_ACTION[action]}:${name}` })));
}

/** The request that a cell stands for. */
export function matrixRequest(agent: Agent, { action, resource }: MatrixColumn, { environment, args }: Pick<MatrixOptions, 'environment' | 'args'>): Request {
  return {
    agent: agent.id, attributes: null, assume: false, action,
    resource: { type: RESOURCE_OF_ACTION[action], id: resource.slice(resource.indexOf(':') + 1), properties: null },
    environment: action === 'deploy' ? resource.slice('environment:'.length) : environment,
    args: action === 'call' ? (args ?? {}) : {}, principal: null, context: { stage: null, channel: null, via: [], labels: [], cost: null, ext: {} }, time: null, warnings: [],
  };
}

export function matrixCell(engine: Engine, agent: Agent, column: MatrixColumn, options: MatrixOptions): MatrixCell {
  const request = matrixRequest(agent, column, options);
  // most cells of a large matrix
  const refused = engine.refusal(agent, column.action, column.resource, request.environment);
  if (refused) return { agent, column, effect: 'deny', cause: refused };
  const prepared = engine.prepare(request, { at: options.at });
  if (column.action === 'call' && options.args === null && engine.possibilities(prepared).length > 1) return { agent, column, effect: 'depends', cause: 'rule' };
  const { effect, cause } = engine.decidePrepared(prepared, false);
  return { agent, column, effect, cause };
}

/** One of the effects that arguments can lead to. */
export interface Possibility {
  readonly effect: DecisionEffect;
  /** the rules that can give it; none where it holds when no rule applies */
  readonly rules: readonly CompiledRule[];
}

/**
 * Every effect that some arguments could give, strictest first; the request of `evaluation` has unknown arguments. What reads them counts as open either way,
 * so the list may hold too much, never too little. `guarded`: a gate stands closed before what the rules allow.
 */
export function possibilitiesOf(candidates: Candidates, evaluation: Evaluation, time: number, guarded: () => boolean): readonly Possibility[] {
  if (candidates.denied !== null || candidates.sets.length === 0) return [{ effect: 'deny', rules: [] }];
  const sets = candidates.sets.map((set) => possibleOf(set, evaluation, time));
  const rank = (effect: DecisionEffect): number => STRICTNESS.indexOf(effect);
  // an effect can be the strictest only where every set can give it or a laxer one
  const found = STRICTNESS.filter((effect) => sets.some((set) => set.has(effect)) && sets.every((set) => [...set.keys()].some((other) => rank(other) >= rank(effect))))
    .map((effect): Possibility => ({ effect, rules: sets.flatMap((set) => set.get(effect) ?? []) }));
  if (found.length < 2 || !found.some(({ effect }) => effect === 'allow') || !guarded()) return found;
  const shut = found.filter(({ effect }) => effect === 'require_approval' || effect === 'allow');
  return [...found.filter((one) => !shut.includes(one)), ...(shut.length > 0 ? [{ effect: 'require_approval' as const, rules: shut.flatMap((one) => one.rules) }] : [])];
}

function possibleOf(candidates: SetCandidates, evaluation: Evaluation, time: number): ReadonlyMap<DecisionEffect, readonly CompiledRule[]> {
  const { set, steps, first, otherwise } = candidates;
  const found = new Map<DecisionEffect, CompiledRule[]>();
  const add = (effect: RuleEffect, rules: readonly CompiledRule[]): void => {
    const told: DecisionEffect = set.unknown.length > 0 && effect !== 'deny' ? 'unknown' : effect;
    found.set(told, [...(found.get(told) ?? []), ...rules]);
  };
  const foreign = isForeign(candidates);
  const alone = (rules: readonly CompiledRule[]): SetCandidates['steps'] => rules.map((rule) => ({ effect: rule.effect as RuleEffect, rules: [rule] }));
  // in a set where the first match decides every rule is a step of its own
  for (const { effect, rules } of [...(first ? alone(first) : steps), ...alone(otherwise)]) {
    const open: CompiledRule[] = [];
    let settled = false;
    for (const rule of rules) {
      const result = foreign ? rule.where === null || null : rule.expires < time ? false : readsArguments(rule) ? conditionOf(rule, evaluation) : applies(rule, evaluation, time);
      if (result === true) settled = true;
      if (result !== false) open.push(rule);
    }
    if (open.length > 0) add(effect, open);
    if (settled) return found;
  }
  add(set.default.effect, []);
  return found;
}

/** Whether the outcome of the rule's condition hangs on the arguments. */
export function readsArguments(rule: CompiledRule): boolean {
  if (rule.where !== null) return true;
  return [rule.when, rule.unless].some((check) => {
    if (!check) return false;
    const asts = [check.ast, ...[...variablesReached(check.ast, rule.policy.variables)].flatMap((name) => rule.policy.variables.get(name) ?? [])];
    return asts.some(mentionsArguments);
  });
}

function mentionsArguments(ast: Expr): boolean {
  let found = false;
  walk(ast, (node) => {
    if (node.kind === 'identifier' && pathOf(node)?.[0] === 'args') found = true;
  });
  return found;
}
