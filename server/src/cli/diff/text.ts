// The difference for a terminal: the verdict, the regions with their witness, what became of agents, what was accepted.
import type { ChangeKind } from '../../core/analysis';
import { LineIndex } from '../../core/text';
import { GLYPHS, groupItems, headingOf, outcomeWords, partsWords, type ReviewGroup, type ReviewItem, type RulePlace } from '../../ide';
import { printable } from '../terminal/cells';
import type { Style } from '../terminal/style';
import { count, wrap } from '../terminal/wrap';
import { acceptedFindings } from './findings';
import type { DiffReport } from './report';
import { agentWords, countWords, verdictWords } from './words';

export interface DiffTextOptions {
  readonly style: Style;
  readonly columns: number;
}

/** More changes than this are counted. */
const MOST = 100;

export function textDiff(report: DiffReport, { style, columns }: DiffTextOptions): string {
  const { review, base, head } = report;
  const { difference } = review;
  const width = Math.max(40, Math.min(columns, 140));
  const lines = [`${style.bold(colourOf(difference.verdict, review.items, style)(countWords(review)))}${style.dim(printable(`  ${base.label} → ${head.label}`))}`, ''];
  const groups = groupItems(review.items);
  for (const group of groups.slice(0, MOST)) lines.push(...groupLines(group, report, style, width), '');
  if (groups.length > MOST) lines.push(`and ${count(groups.length - MOST, 'more change')}; \`--format json\` has all of them.`, '');
  if (review.agents.length > 0) {
    lines.push(style.bold('Agents'), ...review.agents.flatMap((change) => wrap(printable(`  ${agentWords(change)}`), width)), '');
  }
  const added = review.accepted.filter((note) => note.added && note.entry.fault === null);
  if (added.length > 0) {
    lines.push(style.bold('Accepted in this range'));
    for (const { entry, matches } of added) lines.push(printable(`  ${entry.by}${entry.on === null ? '' : `, ${entry.on}`}: ${entry.reason}${matches === 0 ? '  (matches nothing)' : ''}`));
    lines.push('');
  }
  for (const finding of acceptedFindings(review)) lines.push(...wrap(printable(`${finding.severity}: ${finding.path}: ${finding.message}`), width));
  lines.push(...wrap(printable(verdictWords(report)), width));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function groupLines(group: ReviewGroup, { base, head }: DiffReport, style: Style, width: number): readonly string[] {
  const { common: region, teams, approvers, parts } = group;
  const accepted = parts[0]?.accepted ?? null;
  const places = (side: 'placesBefore' | 'placesAfter', rules: ReviewGroup['common']['rules']['before']): readonly RulePlace[] =>
    [...new Map(parts.flatMap((part) => part[side]).map((place) => [`${place.id} ${place.path} ${place.span.start}`, place])).values()].filter(({ id, path }) => rules.some((rule) => rule.id === id && rule.file === path));
  const colour = region.change === 'widened' ? style.red : region.change === 'narrowed' ? style.green : region.change === 'unknown' ? style.blue : style.yellow;
  const label = (name: string, text: string): readonly string[] => (text === '' ? [] : wrap(printable(text), width - 14).map((line, index) => `    ${style.dim((index === 0 ? name : '').padEnd(9))} ${line}`));
  return [
    `${colour(`${GLYPHS[region.change]} ${headingOf(region)}`)}${accepted ? style.dim(printable(`  accepted by ${accepted.by}: ${accepted.reason}`)) : ''}`,
    ...wrap(printable(region.where), width - 4).map((line) => `    ${style.bold(line)}`),
    ...label('', partsWords(group)),
    ...label('before', outcomeWords(region.before)), ...label('after', outcomeWords(region.after)),
    ...label('witness', region.witness ? JSON.stringify(region.witness) : 'none could be found'),
    ...label('hangs on', region.change === 'unknown' ? region.opaque.join(' and ') : ''),
    ...label('rules', rulesWords(places('placesBefore', region.rules.before), places('placesAfter', region.rules.after), base.loaded.workspace, head.loaded.workspace)),
    ...label('owners', [teams.length > 0 ? `affects agents of ${teams.join(', ')}` : '', approvers.length > 0 ? `must approve: ${approvers.join(', ')}` : ''].filter(Boolean).join('; ')),
  ];
}

interface Texts {
  text(path: string): string | null;
}

function rulesWords(before: readonly RulePlace[], after: readonly RulePlace[], base: Texts, head: Texts): string {
  const words = (places: readonly RulePlace[], side: Texts): string => places.map(({ id, path, span }) => `${id} (${path}:${new LineIndex(side.text(path) ?? '').position(span.start).line + 1})`).join(', ') || 'none';
  const [was, is] = [words(before, base), words(after, head)];
  return was === is ? is : `${was} → ${is}`;
}

function colourOf(verdict: string, items: readonly ReviewItem[], style: Style): (text: string) => string {
  const open = (kind: ChangeKind): boolean => items.some(({ region, accepted }) => region.change === kind && !accepted);
  return open('widened') ? style.red : verdict === 'unknown' || open('unknown') ? style.blue : verdict === 'equal' ? style.green : style.yellow;
}
