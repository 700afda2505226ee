// The rule of two: an agent, with those that it hands work to, may have two of untrusted content, private data and effects on the world; not all three.
import type { Capability } from '../documents';
import { CAPABILITIES } from '../documents';
import { builtInCapabilities, type Agent, type Catalog } from '../model';
import type { Usable } from './survey';
import type { Steps } from './types';

/** Something that the agent, or one it hands work to, can do. */
export interface Leg {
  readonly agent: string;
  /** `tool:crm/send`, `channel:email`, `data:orders` */
  readonly what: string;
  /** the agents over which the work comes there, the first one itself to begin with */
  readonly over: readonly Agent[];
}

export interface TwoLegs {
  readonly environment: string | null;
  readonly untrusted: Leg;
  readonly secret: Leg;
  readonly outward: Leg;
  /** of what it uses there it is not known what it can do */
  readonly unknown: readonly string[];
}

/** Of several tools of a program these are the ones that a reader knows. */
const TELLING: ReadonlySet<string> = new Set(['tool:claude/Read', 'tool:claude/Bash', 'tool:claude/WebFetch']);

/** What agents can do, looked up by agent and environment; what is denied is left out. */
export interface UsableIndex {
  readonly agents: ReadonlyMap<string, Agent>;
  /** no environment comes last */
  readonly environments: readonly (string | null)[];
  of(agent: string, environment: string | null): readonly Usable[];
  /** a name that stands for any environment that nobody declares */
  readonly samples: ReadonlySet<string>;
}

export function* indexUsable(usable: readonly Usable[]): Steps<UsableIndex> {
  const agents = new Map<string, Agent>();
  const environments = new Set<string | null>();
  const samples = new Set<string>();
  const found = new Map<string, Usable[]>();
  for (const [index, one] of usable.entries()) {
    if (index % 2_000 === 1_999) yield;
    agents.set(one.agent.name, one.agent);
    const environment = one.environment?.name ?? null;
    environments.add(environment);
    if (one.environment?.sample && environment !== null) samples.add(environment);
    if (one.denied || !one.possible) continue;
    const key = JSON.stringify([one.agent.id, environment]);
    const list = found.get(key);
    if (list) list.push(one);
    else found.set(key, [one]);
  }
  return {
    samples, agents, environments: [...environments].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)),
    of: (agent, environment) => found.get(JSON.stringify([agent, environment])) ?? [],
  };
}

/** `anything`: whether the agent may make about any call of the tool; what comes with a program can do much by some calls and nothing by others. */
export function legsOf(agent: Agent, catalog: Catalog, { agents, environments, of, samples }: UsableIndex, anything: (one: Usable) => boolean): TwoLegs | null {
  for (const environment of environments) {
    const reached: Agent[] = [agent];
    const ways = new Map<Agent, readonly Agent[]>([[agent, [agent]]]);
    for (let at = 0; at < reached.length; at++) {
      for (const one of of(reached[at]?.id ?? '', environment)) {
        const next = one.place.action === 'delegate' ? agents.get(one.place.id) : undefined;
        if (!next || reached.includes(next) || !one.allowed()) continue;
        reached.push(next);
        ways.set(next, [...(ways.get(reached[at] ?? agent) ?? []), next]);
      }
    }
    const unknown = new Set<string>();
    const find = (is: (capabilities: readonly Capability[]) => boolean, channel: (member: Agent, name: string) => boolean): Leg | null => {
      for (const member of reached) {
        const leg = (what: string): Leg => ({ agent: member.name, what, over: ways.get(member) ?? [member] });
        let found: Leg | null = null;
        for (const { channel: name } of member.inputs) if (channel(member, name)) return leg(`channel:${name}`);
        for (const one of of(member.id, environment)) {
          if (!['call', 'read', 'write', 'delete', 'respond'].includes(one.place.action)) continue;
          const capabilities = capabilitiesAt(one, catalog) ?? (one.place.action === 'call' && anything(one) ? builtInCapabilities(one.place.id) : null);
          if (capabilities === null) {
            // what comes with a program is known, also where it is not for anything
            if (one.place.action !== 'call' || builtInCapabilities(one.place.id) === null) unknown.add(one.place.resource.endsWith('/') ? `${one.place.resource}*` : one.place.resource);
          } else if ((found === null || TELLING.has(one.place.resource)) && is(capabilities) && one.allowed()) {
            found = leg(one.place.resource);
            if (TELLING.has(one.place.resource)) break;
          }
        }
        if (found) return found;
      }
      return null;
    };
    const inputCan = (capability: Capability) => (_: Agent, name: string): boolean => catalog.channels.get(name)?.capabilities?.includes(capability) === true;
    const untrusted = find((all) => all.includes('ingests-untrusted-content'), (member, name) => inputCan('ingests-untrusted-content')(member, name) || catalog.channels.get(name)?.trust === 'untrusted' || member.inputs.some((input) => input.channel === name && input.trust === 'untrusted'));
    const secret = untrusted && find((all) => all.includes('reads-private-data'), inputCan('reads-private-data'));
    const outward = secret && find((all) => all.includes('communicates-externally') || all.includes('changes-state'), () => false);
    if (untrusted && secret && outward) return { environment: environment !== null && samples.has(environment) ? null : environment, untrusted, secret, outward, unknown: [...unknown].sort() };
  }
  return null;
}

function capabilitiesAt({ place }: Usable, catalog: Catalog): readonly Capability[] | null {
  switch (place.action) {
    case 'call':
      return catalog.tools.get(place.id)?.capabilities ?? null;
    case 'respond':
      return catalog.channels.get(place.id)?.capabilities ?? null;
    default: {
      const known = catalog.data.get(place.id)?.capabilities;
      return known ? CAPABILITIES.filter((one) => known.includes(one)) : null;
    }
  }
}
