// The agent that asks, as rules and conditions see it.
import { PartialList, type MapValue, type Value } from '../conditions';
import { capabilitiesOf, declaresOf, toolsOf, type Agent, type Catalog, type Declares, type PlainMap } from '../model';

export interface Subject {
  readonly name: string;
  /** null for one that a request describes */
  readonly agent: Agent | null;
  readonly roles: readonly string[];
  /** the teams that own it: their people cannot approve what it does */
  readonly teams: readonly string[];
  readonly declares: Declares;
  /** the root `agent` of conditions, but for `platform` */
  readonly attributes: MapValue;
}

export function subjectOf(agent: Agent, catalog: Catalog): Subject {
  const tools = toolsOf(agent);
  const { known, unknown } = capabilitiesOf(agent, catalog, tools);
  const attributes: Record<string, Value> = {
    id: agent.name, roles: agent.roles, labels: agent.labels, functions: agent.functions,
    capabilities: unknown.length === 0 ? known : new PartialList(known),
  };
  if (agent.owner) attributes.team = agent.owner.team;
  if (agent.lifecycle !== null) attributes.lifecycle = agent.lifecycle;
  if (agent.autonomy !== null) attributes.autonomy = agent.autonomy;
  return { name: agent.name, agent, roles: agent.roles, teams: agent.owner?.teams ?? [], declares: declaresOf(agent, tools), attributes };
}

const ATTRIBUTES = ['team', 'lifecycle', 'autonomy', 'platform'] as const;

/** An agent as a request describes it. What it does not say of lists and labels is empty, of capabilities not known. */
export function assumedSubject(name: string, said: PlainMap): Subject {
  const texts = (key: string): readonly string[] => (Array.isArray(said[key]) ? said[key].filter((entry): entry is string => typeof entry === 'string') : []);
  const roles = texts('roles');
  const labels = said.labels;
  const attributes: Record<string, Value> = {
    id: name, roles, functions: texts('functions'), labels: typeof labels === 'object' && labels !== null && !Array.isArray(labels) ? labels : {},
    capabilities: Array.isArray(said.capabilities) ? texts('capabilities') : new PartialList([]),
  };
  for (const key of ATTRIBUTES) {
    const value = said[key];
    if (value !== undefined && value !== null) attributes[key] = value;
  }
  return { name, agent: null, roles, teams: typeof said.team === 'string' ? [said.team] : [], declares: () => true, attributes };
}
