// The answers of `who` and `can` for people: a paragraph for each that they speak of, a line a fact, widest first.
import type { Answer, AnswerRegion } from '../../core/analysis';
import { RESOURCE_OF_ACTION } from '../../core/model';
import type { Engine } from '../../core/policy';
import { conditionWords } from '../../ide';
import { printable } from '../terminal/cells';
import type { Style } from '../terminal/style';
import { wrap } from '../terminal/wrap';
import { factGroups, type Fact, type FactGroup } from './facts';
import { rulesAbout } from './rules';
import { outcomeWords, phraseOf } from './words';

export interface AnswerLook {
  readonly style: Style;
  readonly columns: number;
}

const NAMED = ['agent.id', 'action.name', 'resource'];

/** `can`: what an agent may do, by action and resource. */
export function canText(engine: Engine, agent: string, answer: Answer, look: AnswerLook): string {
  const name = printable(agent);
  const about = rulesAbout(engine);
  const groups = factGroups(answer, { subjectsOf: thingsOf, about: NAMED, concerns: (rule, [action, resource]) => about(rule, { agent, action, resource: LITERAL.test(resource) ? resource : null }) });
  return page(answer, groups, look, {
    whole: { none: `${name} can do nothing: all is denied.`, head: `What ${name} may do. All else is denied.` },
    cut: { none: `Cannot tell what ${name} can do: not all was looked at.`, head: `What ${name} may do, as far as it was looked at. There may be more.` },
    heading: thingWords,
  });
}

/** `who`: which agents may do it. */
export function whoText(engine: Engine, { action, resource, environment }: WhoAsked, answer: Answer, look: AnswerLook): string {
  const about = rulesAbout(engine);
  const asked = `${action} ${resource}${environment === null || action === 'deploy' ? '' : ` in ${environment}`}`;
  const groups = factGroups(answer, { subjectsOf: agentsOf, about: environment === null ? NAMED : [...NAMED, 'context.environment'], concerns: (rule, agent) => about(rule, { agent, action, resource }) });
  return page(answer, groups, look, {
    whole: { none: 'Nobody can do this.', head: `Who may ${printable(asked)}. Everybody else is denied.` },
    cut: { none: `Cannot tell who may ${printable(asked)}: not all was looked at.`, head: `Who may ${printable(asked)}, as far as it was looked at. There may be more.` },
    heading: (names) => names.join(', '),
  });
}

export interface WhoAsked {
  readonly action: string;
  /** `type:id` */
  readonly resource: string;
  readonly environment: string | null;
}

/** `type:id` without a pattern */
const LITERAL = /^[a-z]+:[^*]*$/;

interface Head {
  readonly none: string;
  readonly head: string;
}

interface Page<S> {
  readonly whole: Head;
  /** where a search was given up, nothing is said of what is not listed */
  readonly cut: Head;
  heading(subjects: readonly S[]): string;
}

/** Reasons that are told; there may be one a region. */
const MOST = 3;

function page<S>({ regions, reasons, assumptions, world }: Answer, groups: readonly FactGroup<S>[], { style, columns }: AnswerLook, { whole, cut, heading }: Page<S>): string {
  const width = Math.max(40, Math.min(columns, 140));
  // what a fact says of itself needs no paragraph
  const others = reasons.filter((reason) => !/^(Whether .* can happen hangs on |No request could be found for )/s.test(reason));
  const { none, head } = others.length > 0 ? cut : whole;
  const lines: string[] = [regions.length === 0 ? none : head];
  for (const { subjects, facts, cases } of groups) {
    lines.push('', ...wrap(printable(heading(subjects)), width).map(style.bold), ...facts.flatMap((fact) => factLines(fact, style, width)));
    if (cases.length > 0) lines.push('  each of these only:', ...cases.flatMap((one) => bullet(conditionWords(one), width)));
  }
  if (others.length > 0) lines.push('', ...others.slice(0, MOST).flatMap((reason) => wrap(printable(reason), width)));
  if (others.length > MOST) lines.push(`And ${(others.length - MOST).toLocaleString('en')} more of this kind; \`--format json\` has all of them.`);
  lines.push('', ...wrap(printable(`In the ${world} world. ${assumptions.join(' ')}${regions.length > 0 ? ' `--format json` has an example of each.' : ''}`), width).map(style.dim));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function factLines({ outcome, shown, common, cases, rules, opaque }: Fact, style: Style, width: number): readonly string[] {
  const conditions = conditionWords(common);
  const unsure = shown ? '' : opaque.length > 0 ? `; not shown by an example, since it hangs on ${opaque.map((text) => `\`${text}\``).join(' and ')}` : '; no example could be found';
  const sentence = `${outcomeWords(outcome)}${conditions === '' ? '' : outcome.effect === 'allow' ? ` ${conditions}` : `, ${conditions}`}${unsure}${cases.length > 0 ? ', only:' : ''}`;
  const because = rules.length > 0 ? `because of ${rules.join(', ')}` : '';
  const [first = '', ...rest] = wrap(printable(sentence), width - 4);
  const paint = outcome.effect === 'allow' ? style.green : outcome.effect === 'unknown' ? style.blue : style.yellow;
  return [
    `  ${first.replace(/^[✓⚠?]/, paint)}`, ...rest.map((line) => `    ${line}`),
    ...cases.flatMap((one) => bullet(conditionWords(one), width)),
    ...(because === '' ? [] : wrap(printable(because), width - 4).map((line) => `    ${style.dim(line)}`)),
  ];
}

const bullet = (words: string, width: number): readonly string[] => wrap(printable(words), width - 6).map((line, index) => `    ${index === 0 ? '–' : ' '} ${line}`);

type Thing = readonly [action: string, resource: string];

/** Each action with each resource that it goes with. */
function thingsOf({ region }: AnswerRegion): readonly (readonly [name: string, thing: Thing])[] {
  const actions = namesOf(region, 'action.name') ?? ['do anything with'];
  const resources = namesOf(region, 'resource') ?? ['anything'];
  const types: Readonly<Record<string, string>> = RESOURCE_OF_ACTION;
  return actions.flatMap((action) => resources.flatMap((resource): readonly (readonly [string, Thing])[] => {
    const type = types[action];
    return type !== undefined && /^[a-z]+:/.test(resource) && !resource.startsWith(`${type}:`) ? [] : [[`${action} ${resource}`, [action, resource]]];
  }));
}

const agentsOf = (region: AnswerRegion): readonly (readonly [name: string, agent: string])[] =>
  (region.agents.length > 0 ? region.agents : (namesOf(region.region, 'agent.id') ?? ['any agent'])).map((name) => [name, name]);

/** The names that it lists, or the narrowest pattern; null where the attribute is left open. */
function namesOf(region: AnswerRegion['region'], attribute: string): readonly string[] | null {
  const constraint = region[attribute];
  if (!constraint) return null;
  if ('in' in constraint) return constraint.in.map(String);
  const parts = 'all' in constraint ? constraint.all : [constraint];
  const [pattern] = parts.flatMap((one) => ('matches' in one ? [one.matches] : [])).sort((a, b) => b.length - a.length);
  return pattern === undefined ? ['anything else'] : [`${pattern} (any other)`];
}

/** `call kb/search, payments/get-transaction; respond on customer-email` */
function thingWords(things: readonly Thing[]): string {
  const byAction = new Map<string, string[]>();
  for (const [action, resource] of things) byAction.set(action, [...(byAction.get(action) ?? []), resource.replace(/^[a-z]+:/, '')]);
  return [...byAction].map(([action, names]) => `${phraseOf(action)} ${names.join(', ')}`).join('; ');
}
