// Which agents may declare what a place asks for: found by what their manifests name, so that of many agents few are asked.
import type { Action } from '../documents';
import type { Asker, SideView } from './side';
import type { Place } from './space';
import type { Steps } from './types';

export interface Declarers {
  /** numbers of the agents that any side may not refuse, sorted; too many rather than too few */
  at(place: Place): readonly number[];
}

/** Agents looked at in one step. */
const AGENTS = 32;

export function* declarersOf(sides: readonly SideView[], askers: readonly Asker[]): Steps<Declarers> {
  const named = new Map<string, Set<number>>();
  /** those that name something by a pattern, by the text before its first star */
  const wide = new Map<string, Set<number>>();
  const free: number[] = [];
  const add = <K>(to: Map<K, Set<number>>, key: K, number: number): void => {
    const known = to.get(key);
    if (known) known.add(number);
    else to.set(key, new Set([number]));
  };
  for (const [number, asker] of askers.entries()) {
    if (number % AGENTS === AGENTS - 1) yield;
    if (asker === 'any') {
      free.push(number);
      continue;
    }
    for (const side of sides) {
      const agent = side.agent(asker.id)?.agent;
      if (!agent) continue;
      const declare = (action: Action, name: string): void => (name.includes('*') ? add(wide, `${action} ${name.slice(0, name.indexOf('*'))}`, number) : add(named, `${action} ${name}`, number));
      for (const { pattern } of agent.tools) declare('call', pattern);
      for (const { source, access } of agent.data) for (const action of access) declare(action, source);
      for (const { pattern } of agent.delegates) declare('delegate', pattern);
      for (const { id, label } of agent.models) for (const name of [id, label]) declare('invoke', name);
      for (const channel of agent.outputs) declare('respond', channel);
      for (const environment of agent.hosting ?? []) declare('deploy', environment);
    }
  }
  return {
    at({ action, id }) {
      const found = [...(named.get(`${action} ${id}`) ?? []), ...free];
      for (let length = wide.size === 0 ? -1 : id.length; length >= 0; length--) for (const number of wide.get(`${action} ${id.slice(0, length)}`) ?? []) found.push(number);
      return found.length < 2 ? found : [...new Set(found)].sort((a, b) => a - b);
    },
  };
}
