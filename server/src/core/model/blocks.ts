// What agent files of other tools declare, block by block: for agents of their own, and for manifests that leave a block to them.
import type { ForeignAgent } from '../formats';
import type { AgentOwner, Grant, ModelUse } from './agent';

export interface Blocks {
  readonly owner: AgentOwner | null;
  readonly title: string | null;
  readonly purpose: string | null;
  readonly tools: readonly Grant[];
  readonly except: readonly string[];
  readonly delegates: readonly Grant[];
  readonly models: readonly ModelUse[];
  readonly labels: { readonly [key: string]: string };
}

/** What the files tell together. */
export function blocksOf(agents: readonly ForeignAgent[]): Blocks {
  const owner = agents.find((agent) => agent.owner)?.owner?.value;
  return {
    owner: owner === undefined ? null : { team: owner, teams: [owner], source: 'metadata' },
    title: agents.find((agent) => agent.title)?.title?.value ?? null,
    purpose: agents.find((agent) => agent.purpose)?.purpose?.value ?? null,
    tools: grants(agents.flatMap((agent) => agent.tools.map(({ pattern, assumed }) => ({ pattern, assumed })))),
    except: [...new Set(agents.flatMap((agent) => agent.except.map((tool) => tool.pattern)))],
    delegates: grants(agents.flatMap(delegatesOf)),
    models: agents.flatMap((agent) => agent.models.map((model): ModelUse => ({ label: model.value, id: model.vendor === null ? model.name : `${model.vendor}/${model.name}` }))),
    labels: Object.fromEntries(agents.flatMap((agent) => agent.labels.map((label) => [label.name, label.value]))),
  };
}

/** A file that names nobody may still hand work to anybody, where its tool does so by default. */
function delegatesOf(agent: ForeignAgent): Grant[] {
  const named = agent.delegates.map(({ name }): Grant => ({ pattern: name, assumed: false }));
  return agent.delegatesToAny ? [...named, { pattern: '*', assumed: !agent.fields.has('agents') }] : named;
}

/** Each pattern once. `*` says all that others say. */
export function grants(all: readonly Grant[]): readonly Grant[] {
  const star = all.filter((grant) => grant.pattern === '*');
  const kept = new Map<string, Grant>();
  for (const grant of all) {
    const known = kept.get(grant.pattern);
    if (!known || known.assumed) kept.set(grant.pattern, grant);
  }
  const whole = kept.get('*');
  return whole && star.some((grant) => !grant.assumed) ? [whole] : [...kept.values()];
}
