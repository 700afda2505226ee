// Who is asked for by name is answered by name.
import type { Answer } from '../../core/analysis';

/** More names than this are counted in words; the machine form has all of them. */
const MAX_NAMES = 5;
const ANY = /^any agent(?= · )/;

/** Who is asked for by name is answered by name: a region of all agents of the workspace names them. */
export function namingAgents(answer: Answer): Answer {
  return {
    ...answer,
    regions: answer.regions.map((region) => {
      if (region.agents.length === 0 || region.region['agent.id'] !== undefined) return region;
      const names = region.agents.length <= MAX_NAMES ? region.agents.join(' or ') : `all ${region.agents.length.toLocaleString('en')} agents`;
      return { ...region, region: { 'agent.id': { in: region.agents }, ...region.region }, where: region.where.replace(ANY, () => names) };
    }),
  };
}
