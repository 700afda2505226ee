// The answer of `who` and `can` for people.
import type { Answer, AnswerRegion } from '../core/analysis';
import { printable } from './terminal/cells';
import type { Style } from './terminal/style';

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

const GLYPHS: Readonly<Record<string, string>> = { allow: '✓ may', require_approval: '⚠ needs approval', unknown: '? cannot tell' };

export function answerText({ regions, reasons, assumptions, world }: Answer, none: string, paint: Style): string {
  const lines: string[] = [];
  for (const region of regions) lines.push(`${GLYPHS[region.outcome.effect] ?? region.outcome.effect}  ${printable(region.where)}${approvalWords(region)}`, ...detailLines(region, paint));
  if (regions.length === 0) lines.push(none);
  for (const reason of reasons) lines.push('', printable(reason));
  lines.push('', paint.dim(`In the ${world} world. ${assumptions.join(' ')}`));
  return `${lines.join('\n')}\n`;
}

const approvalWords = ({ outcome }: AnswerRegion): string =>
  outcome.approvals.length === 0 ? '' : `, of ${outcome.approvals.map(({ from, count, within }) => printable(`${count > 1 ? `${count} of ` : ''}${from.length > 0 ? from.join(' or ') : 'nobody'}${within === null ? '' : ` within ${within}`}`)).join(' and ')}`;

/** Names that a line lists. */
const MAX_LISTED = 60;

function detailLines({ rules, witness, agents, where }: AnswerRegion, paint: Style): readonly string[] {
  const names = /^(all )?[\d,]+ agents · /.test(where) ? [paint.dim(`     ${printable(agents.slice(0, MAX_LISTED).join(', '))}${agents.length > MAX_LISTED ? ` and ${agents.length - MAX_LISTED} more` : ''}`)] : [];
  const because = rules.length > 0 ? [paint.dim(`     because of ${rules.map((rule) => printable(rule.id)).join(', ')}`)] : [];
  return witness ? [...names, ...because, paint.dim(`     e.g. ${printable(JSON.stringify(witness))}`)] : [...names, ...because];
}
