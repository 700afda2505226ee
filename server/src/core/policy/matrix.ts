// Which agent may do what, without knowing the arguments: every agent against every resource that the workspace names.
import { pathOf, variablesReached, walk, type Evaluation, type Expr } from '../conditions';
import { ACTIONS, type Action } from '../documents';
import { RESOURCE_OF_ACTION, type Agent, type DecisionEffect } from '../model';
import type { PlainValue } from '../yaml';
import type { Candidates } from './candidates';
import type { Engine } from './engine';
import { applies, conditionOf } from './match';
import type { CompiledRule } from './rule';

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
export function matrixColumns(engine: Engine): readonly MatrixColumn[] {
  const { catalog, agents } = engine.world;
  const names = new Map<Action, Set<string>>(ACTIONS.map((action) => [action, new Set<string>()]));
  const add = (action: Action, all: Iterable<string>): void => {
    for (const name of all) if (!name.includes('*') && !name.startsWith('!')) names.get(action)?.add(name);
  };
  add('call', catalog.tools.keys());
  for (const action of ['read', 'write', 'delete'] as const) {
    add(action, [...catalog.data.keys()].filter((source) => agents.all.some((agent) => agent.data.some((use) => use.source === source && use.access.includes(action)))));
    add(action, agents.all.flatMap((agent) => agent.data.filter((use) => use.access.includes(action)).map((use) => use.source)));
  }
  add('respond', catalog.channels.keys());
  add('deploy', catalog.environments.keys());
  for (const agent of agents.all) {
    add('call', agent.tools.map((grant) => grant.pattern));
    add('delegate', agent.delegates.map((grant) => grant.pattern));
    add('invoke', agent.models.map((model) => model.id));
    add('respond', agent.outputs);
    add('deploy', agent.hosting ?? []);
  }
  return ACTIONS.flatMap((action) => [...(names.get(action) ?? [])].sort().map((name) => ({ action, resource: `${RESOURCE_OF_ACTION[action]}:${name}` })));
}

export function matrixCell(engine: Engine, agent: Agent, column: MatrixColumn, options: MatrixOptions): MatrixCell {
  const { action, resource } = column;
  const prepared = engine.prepare({
    agent: agent.id, attributes: null, assume: false, action,
    resource: { type: RESOURCE_OF_ACTION[action], id: resource.slice(resource.indexOf(':') + 1), properties: null },
    environment: action === 'deploy' ? resource.slice('environment:'.length) : options.environment,
    args: action === 'call' ? (options.args ?? {}) : {}, principal: null, context: { stage: null, channel: null, via: [], labels: [], cost: null, ext: {} }, time: null, warnings: [],
  }, { at: options.at });
  if (action === 'call' && options.args === null && engine.dependsOnArguments(prepared)) return { agent, column, effect: 'depends', cause: 'rule' };
  const { effect, cause } = engine.decidePrepared(prepared, false);
  return { agent, column, effect, cause };
}

/** Whether other arguments could give another effect. The request of `evaluation` has unknown arguments. */
export function mayDiffer(candidates: Candidates, evaluation: Evaluation, time: number): boolean {
  return candidates.denied === null && candidates.sets.some(({ steps, set }) => {
    const possible = new Set<string>();
    for (const { effect, rules } of steps) {
      let settled = false;
      for (const rule of rules) {
        if (rule.expires < time) continue;
        const result = readsArguments(rule) ? conditionOf(rule, evaluation) : applies(rule, evaluation, time);
        if (result === true) settled = true;
        else if (result !== false) possible.add(effect);
      }
      if (settled) return possible.add(effect).size > 1;
    }
    return possible.add(set.default.effect).size > 1;
  });
}

/** Whether the outcome of the rule's condition hangs on the arguments. */
export function readsArguments(rule: CompiledRule): boolean {
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
