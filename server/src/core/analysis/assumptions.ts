// What an answer rests on, in sentences: every answer names them.
import type { Clock } from './place';
import type { Space } from './space';
import type { Side } from './types';

export function assumptionsOf(space: Space, sides: readonly Side[], clock: Clock): readonly string[] {
  const said: string[] = [];
  if (space.world === 'open') said.push('Any agent with any attributes, and any resource: what the workspace says of its agents does not count.', 'An argument may be of any type.', ...(sides.some(({ world }) => world.sets.some((set) => !set.governs(null))) ? ['What other tools permit their own agents is left out.'] : []));
  else {
    said.push(space.agents === null ? 'The workspace has no agents, so any agent is meant.' : 'Only the agents of the workspace ask, and only for what the Catalog or a manifest names.');
    said.push('Arguments fit the `input` of their tool; without one they have the types that the conditions speak of.');
    if (sides.length > 1) said.push('Agents, resources and environments are those of both states.');
    said.push(...undecidedFor(sides));
  }
  if (sides.some(({ world }) => world.sets.some((set) => set.opaque))) said.push('It can always be told whether a permission of another tool applies.');
  // the day alone, so that asking again prints the same
  said.push(clock.at === null ? `Requests are made from now on, ${shown(clock.now).slice(0, 10)}.` : `All requests are made at ${shown(clock.at)}.`);
  if (sides.some(({ world }) => world.broken)) said.push('A Policy document cannot be read as a whole; rules that may be lost are not looked at.');
  return said;
}

const MAX_NAMES = 3;

/** Of whom nothing speaks at all is denied everything: who has no policy yet should not take that for a decision. */
function undecidedFor(sides: readonly Side[]): readonly string[] {
  const alone = (side: Side): readonly string[] => side.world.agents.all.filter((agent) => !side.world.sets.some((set) => set.governs(agent))).map(({ id }) => id);
  const names = [...new Set(sides.flatMap(alone))].sort();
  if (names.length === 0) return [];
  const shown = names.length > MAX_NAMES ? `${names.length.toLocaleString('en')} agents` : names.join(names.length === 2 ? ' and ' : ', ');
  return [`No policy and no permission file decides for ${shown}, so that whatever ${names.length === 1 ? 'it asks' : 'they ask'} is denied.`];
}

const shown = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
