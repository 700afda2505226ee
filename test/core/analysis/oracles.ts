// What findings must there be in a small world, told from every one of its requests and the words of the rules alone.
import type { Agent } from '../../../server/src/core/model';
import type { CompiledRule, Engine } from '../../../server/src/core/policy';
import { before, matchesOf, type Match } from './matches';
import { resourceName } from './in-region';
import type { Plain } from './small-requests';

const where = ({ request }: Match): string => JSON.stringify(request['environment'] ?? null);

/** Rules at which arguments are left over that no rule speaks of: where rules of two effects speak of an action there, and the first of those that let something through is meant. */
export function gapsOf(engine: Engine, matches: readonly Match[]): ReadonlySet<CompiledRule> {
  const found = new Set<CompiledRule>();
  const contexts = new Map<string, Match[]>();
  for (const match of matches) {
    const { agent, action, environment } = match.request;
    // without an environment what allows is silent on purpose
    if (!match.asked || (environment === undefined && action !== 'deploy' && engine.world.catalog.environments.size > 0)) continue;
    const key = JSON.stringify([agent, action, resourceName(match.request['resource']), where(match)]);
    const known = contexts.get(key);
    if (known) known.push(match);
    else contexts.set(key, [match]);
  }
  for (const context of contexts.values()) {
    const speaking = [...new Set(context.flatMap((match) => [...match.rules]))].filter((rule) => rule.effect !== 'oblige');
    const granting = speaking.filter((rule) => rule.effect !== 'deny').sort((a, b) => (before(a, b) ? -1 : 1));
    if (!granting[0] || new Set(speaking.map((rule) => rule.effect)).size < 2) continue;
    if (context.some(({ rules }) => [...rules].every((rule) => rule.effect === 'oblige'))) found.add(granting[0]);
  }
  return found;
}

/** Pairs of agents of which the first may hand work to the second without approval, which may do without approval what a rule denies the first, or lets it do with approval alone. */
export function escalationsOf(engine: Engine, matches: readonly Match[]): ReadonlySet<string> {
  const found = new Set<string>();
  const allowed = matches.filter(({ effect }) => effect === 'allow');
  for (const agent of engine.world.agents.all) for (const { pattern: name, assumed } of agent.delegates) {
    const to = engine.world.agents.find(name);
    if (assumed || agent.ambiguous || to === null || to === 'ambiguous' || to === agent) continue;
    for (const hand of allowed) {
      if (hand.request['agent'] !== agent.id || hand.request['action'] !== 'delegate' || hand.request['resource'] !== `agent:${to.name}` || found.has(`${agent.id} ${to.id}`)) continue;
      const theirs = allowed.filter((one) => one.request['agent'] === to.id && one.request['action'] !== 'delegate' && one.request['action'] !== 'deploy' && where(one) === where(hand));
      // what the rules say of the first agent, whatever it declares
      const mine = matchesOf(engine, theirs.map(({ request }): Plain => ({ ...request, agent: { id: agent.name } })));
      if (mine.some(({ rules }) => [...rules].some((rule) => rule.effect === 'deny' || rule.effect === 'require_approval'))) found.add(`${agent.id} ${to.id}`);
    }
  }
  return found;
}

/** Agents that, with those they may hand work to without approval, take in what strangers write, read private data and have an effect outside, all in one environment and without approval. */
export function rulesOfTwo(engine: Engine, matches: readonly Match[]): ReadonlySet<string> {
  const { agents, catalog } = engine.world;
  const found = new Set<string>();
  const allowed = matches.filter(({ effect }) => effect === 'allow');
  const capabilities = (resource: string): readonly string[] => {
    const id = resource.slice(resource.indexOf(':') + 1);
    return (resource.startsWith('tool:') ? catalog.tools.get(id) : resource.startsWith('data:') ? catalog.data.get(id) : resource.startsWith('channel:') ? catalog.channels.get(id) : undefined)?.capabilities ?? [];
  };
  for (const environment of new Set(matches.map(where))) {
    const here = allowed.filter((match) => where(match) === environment && match.request['action'] !== 'deploy');
    const uses = (agent: Agent): readonly string[] => here.flatMap(({ request }) => (request['agent'] === agent.id && ['call', 'read', 'write', 'delete', 'respond'].includes(String(request['action'])) ? [resourceName(request['resource'])] : []));
    for (const agent of agents.all) {
      const reached = [agent];
      for (const one of reached) for (const { request } of here) {
        const next = request['agent'] === one.id && request['action'] === 'delegate' ? agents.find(resourceName(request['resource']).slice(6)) : null;
        if (next && next !== 'ambiguous' && !reached.includes(next) && matches.some((match) => match.asked && match.request['agent'] === next.id)) reached.push(next);
      }
      const inputs = reached.flatMap((one) => one.inputs);
      const has = (capability: string): boolean => reached.some((one) => uses(one).some((resource) => capabilities(resource).includes(capability)));
      const takes = (capability: string): boolean => inputs.some(({ channel }) => capabilities(`channel:${channel}`).includes(capability));
      const untrusted = inputs.some(({ channel, trust }) => trust === 'untrusted' || catalog.channels.get(channel)?.trust === 'untrusted');
      if ((untrusted || has('ingests-untrusted-content') || takes('ingests-untrusted-content')) && (has('reads-private-data') || takes('reads-private-data')) && (has('communicates-externally') || has('changes-state'))) found.add(agent.id);
    }
  }
  return found;
}
