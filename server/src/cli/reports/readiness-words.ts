// What the pages of `countersign report` say in words, the same in Markdown and HTML.
import type { AgentReadiness, Readiness, RequirementEntry, Tally, WaiverEntry } from '../readiness';
import { count } from '../terminal/wrap';

export const headline = ({ agents, unowned, waivers }: Readiness): string => {
  if (agents.length === 0) return 'There is no agent here: no Agent manifest and no agent file of a format that Countersign reads.';
  const ready = agents.filter((agent) => agent.ready).length;
  const expired = waivers.filter(({ state }) => state === 'expired').length;
  const inForce = waivers.filter(({ state }) => state === 'in-force').length;
  return `${ready === agents.length ? (agents.length === 1 ? 'The agent meets' : `All ${agents.length} agents meet`) : `${ready} of ${count(agents.length, 'agent')} ${ready === 1 ? 'meets' : 'meet'}`} what is asked now. ` +
    `${unowned.length === 0 ? 'Each has an owner.' : `${count(unowned.length, 'agent')} without an owner.`} ${count(inForce, 'waiver')} in force${expired > 0 ? `, ${expired} expired` : ''}.`;
};

export const stateOf = (agent: AgentReadiness): string => {
  const unmet = agent.requirements.filter(({ state }) => state === 'unmet');
  const of = (severity: string): number => unmet.filter((one) => one.severity === severity).length;
  const parts = [of('error') > 0 ? count(of('error'), 'error') : '', of('warning') > 0 ? count(of('warning'), 'warning') : '', of('information') + of('hint') > 0 ? count(of('information') + of('hint'), 'note') : ''];
  if (agent.requirements.length === 0) return 'nothing is asked of it';
  return unmet.length === 0 ? 'nothing missing' : parts.filter((part) => part !== '').join(', ');
};

/** `met of asked` */
export const ratio = ({ met, asked, waived }: Tally): string => `${met} of ${asked}${waived > 0 ? `, ${waived} waived` : ''}`;

export const missing = (agent: AgentReadiness): readonly RequirementEntry[] => agent.requirements.filter(({ state }) => state !== 'met');

export const waiverWords = ({ state, daysLeft }: WaiverEntry): string => {
  switch (state) {
    case 'in-force':
      return daysLeft === null ? 'in force' : daysLeft <= 1 ? 'ends today' : `${count(daysLeft, 'day')} left`;
    case 'expired':
      return `expired${daysLeft === null ? '' : ` ${count(Math.max(1, 1 - daysLeft), 'day')} ago`}`;
    case 'unneeded':
      return 'not needed';
    case 'unknown-requirement':
      return 'does not count: there is no such requirement';
    case 'malformed':
      return 'does not count: it is malformed';
    case 'unknown-approver':
      return 'does not count: nobody knows the approver';
    case 'self-approved':
      return 'does not count: the owner approved it';
  }
};

/** Who is reached, and how. */
export const contactOf = ({ contact, oncall }: { readonly contact: string | null; readonly oncall: string | null }): string => [oncall === null ? '' : `on call: ${oncall}`, contact ?? ''].filter((part) => part !== '').join(', ');
