// A piece as regions: the machine form, and the same in words.
import { namedConstraints, sampleConstraint, words } from './form';
import type { Piece } from './regions';
import { resourceForms, type ResourceForm } from './resources';
import type { Named, Place, Space } from './space';
import type { Constraint, RegionForm } from './types';

/** A region in the making: what it says, and of which environments and places it is. */
export interface Form {
  readonly form: RegionForm;
  readonly where: string;
  readonly environments: readonly (Named | null)[];
  readonly places: readonly Place[];
}

/** The machine form of a piece; several where the resource or the environment is a union that no constraint says. `known`: what was said of others. */
export function formsOf(piece: Piece, space: Space, known: KnownForms): readonly Form[] {
  const about = piece.agents ?? ANYBODY;
  let byAgents = known.placed.get(piece.places);
  if (!byAgents) known.placed.set(piece.places, (byAgents = new Map()));
  let byEnvironments = byAgents.get(about);
  if (!byEnvironments) byAgents.set(about, (byEnvironments = new Map()));
  let forms = byEnvironments.get(piece.environments);
  if (!forms) byEnvironments.set(piece.environments, (forms = placed(piece, space)));
  let said = known.words.get(piece.constraints);
  if (said === undefined) {
    said = '';
    for (const [name, one] of Object.entries(piece.constraints)) said += saidOnce(name, one, known);
    known.words.set(piece.constraints, said);
  }
  return forms.map(({ form, where, environments, places }) => ({ form: { ...form, ...piece.constraints }, where: where + said, environments, places }));
}

/** Equal constraints of one field are one object, in whatever box. */
function saidOnce(name: string, one: Constraint, { said }: KnownForms): string {
  const known = said.get(one);
  if (known?.name === name) return known.text;
  const text = ` · ${words(name, one)}`;
  said.set(one, { name, text });
  return text;
}

const ANYBODY: readonly number[] = [];

/** Pieces of the same agents, places and environments differ in what the rest of the request holds only; what it holds is said once. */
export interface KnownForms {
  readonly placed: Map<readonly number[], Map<readonly number[], Map<readonly number[] | null, readonly Form[]>>>;
  readonly words: Map<RegionForm, string>;
  readonly said: Map<Constraint, { readonly name: string; readonly text: string }>;
}

export const knownForms = (): KnownForms => ({ placed: new Map(), words: new Map(), said: new Map() });

/** What a piece says of who asks for what, and where. */
function placed(piece: Piece, space: Space): readonly Form[] {
  const agents = piece.agents && space.agents && piece.agents.length < space.agents.length ? piece.agents.flatMap((index) => space.agents?.[index] ?? []) : null;
  const environments: readonly (Named | null)[] | null = piece.environments ? piece.environments.map((index) => space.environments[index] ?? null) : null;
  const split: readonly (Constraint | null)[] = environments ? namedConstraints(environments) : [null];
  const resources = resourceForms(piece.places.flatMap((index) => space.places[index] ?? []), space);
  return split.flatMap((environment) => resources.map(({ actions, constraint, action, shown: what, places }: ResourceForm): Form => {
    const form: { [name: string]: Constraint } = {};
    if (agents) form['agent.id'] = { in: agents };
    form['action.name'] = { in: actions };
    form['resource'] = constraint;
    if (environment) form['context.environment'] = environment;
    const at = environment === null ? [] : ['missing' in environment ? 'no environment' : 'in' in environment ? environment.in.slice(0, 4).map(String).join(' or ') + (environment.in.length > 4 ? ` or ${environment.in.length - 4} more` : '') : words('environment', environment)];
    const where = [agentWords(agents, piece, space), action, what, ...at].join(' · ');
    const here = environments === null ? space.environments : environments.filter((one) => environment === null || ('missing' in environment ? one === null : 'in' in environment ? one !== null && !one.sample : !!one?.sample && JSON.stringify(sampleConstraint(one.sample)) === JSON.stringify(environment)));
    return { form, where, environments: here, places };
  }));
}

const MAX_AGENTS = 4;

/** The role that just these agents have, or their names; of many how many there are. */
function agentWords(agents: readonly string[] | null, piece: Piece, space: Space): string {
  if (!agents) return space.agents?.length === 1 ? (space.agents[0] ?? '') : 'any agent';
  if (agents.length === 1) return agents[0] ?? '';
  const all = space.agents ?? [];
  const mine = new Set(agents);
  const known = piece.spots[0]?.analysis.agentOf;
  for (const role of known?.(agents[0] ?? '')?.roles ?? []) if (all.every((id) => (known?.(id)?.roles.includes(role) ?? false) === mine.has(id))) return `role ${role}`;
  if (agents.length <= MAX_AGENTS) return agents.join(' or ');
  return all.length - agents.length <= 2 ? `any agent but ${all.filter((id) => !mine.has(id)).join(' or ')}` : `${agents.length} agents`;
}
