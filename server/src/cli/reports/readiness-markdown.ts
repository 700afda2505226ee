// `countersign report` as Markdown.
import type { Readiness } from '../readiness';
import { wellFormed } from './plain';
import { contactOf, headline, missing, ratio, stateOf, waiverWords } from './readiness-words';

export function readinessMarkdown(report: Readiness, workspace: string): string {
  const { agents, standards, waivers, owners, unowned, on } = report;
  const parts = [`# Agents of ${cell(workspace)}`, `${on}. ${headline(report)}`];
  if (agents.length > 0) {
    parts.push('## Agents', table(['Agent', 'Lifecycle', 'Owner', 'Accountable', 'Now', 'For the next stage'], agents.map((agent) => [
      `\`${agent.id}\``, agent.lifecycle ?? '', agent.owner?.team ?? 'nobody', agent.accountable ?? '', stateOf(agent), agent.next ? (agent.next.missing.length === 0 ? `ready for ${agent.next.lifecycle}` : `${agent.next.missing.length} missing for ${agent.next.lifecycle}`) : '',
    ])));
    parts.push('## Standards', table(['Standard', 'Agents', 'Met', 'Unmet'], standards.filter(({ asked }) => asked > 0).map((one) => [one.title ?? one.name, String(one.agents), ratio(one), String(one.unmet)])));
    const lacking = agents.filter((agent) => missing(agent).length > 0);
    if (lacking.length > 0) parts.push('## What is missing', ...lacking.map((agent) => [`### ${cell(agent.id)}`, '', `\`${cell(agent.file)}\``, '', ...missing(agent).map((one) => `- ${one.state === 'waived' ? '(waived) ' : ''}**${one.severity}** \`${cell(one.code)}\`: ${cell(one.message)}${one.references.length > 0 ? ` (${cell(one.references.join('; '))})` : ''}`)].join('\n')));
  }
  if (waivers.length > 0) parts.push('## Waivers', table(['Agent', 'Requirement', 'Reason', 'Approved by', 'Expires', 'State'], waivers.map((one) => [`\`${one.agent}\``, one.requirement ?? '', one.reason ?? '', one.approvedBy ?? '', one.expires ?? '', waiverWords(one)])));
  if (owners.length > 0 || unowned.length > 0) parts.push('## Owners', table(['Team', 'Reached', 'Agents'], [...owners.map((one) => [one.title === null ? one.team : `${one.title} (${one.team})`, contactOf(one), one.agents.join(', ')]), ...(unowned.length > 0 ? [['nobody', '', unowned.join(', ')]] : [])]));
  return wellFormed(`${parts.join('\n\n')}\n`);
}

const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [`| ${heading.join(' | ')} |`, `| ${heading.map(() => '---').join(' | ')} |`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)].join('\n');

/** Text of files stays on its line and in its cell. */
const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').replace(/</g, '&lt;');
