// Conditions of regions in words that can be read aloud.
import type { Constraint } from '../../core/analysis';
import type { PlainValue } from '../../core/yaml';
import { intervalsOf, joined, type Interval } from './intervals';
import { subjectOf, type WholeSubject } from './subjects';
import type { Conjunction } from './united';

const ENVIRONMENT = 'context.environment';
const TIME = 'context.time';

/** `in production or staging, when amount <= 500 and reason is damaged`; empty where there are none. */
export function conditionWords(conditions: Conjunction): string {
  const where = conditions.filter(([attribute]) => attribute === ENVIRONMENT).map(([, alternatives]) => environmentWords(alternatives));
  const when = conditions.filter(([attribute]) => attribute === TIME).map(([, alternatives]) => alternatives.map(timeWords).join(' or '));
  const rest = conditions.filter(([attribute]) => attribute !== ENVIRONMENT && attribute !== TIME).map(([attribute, alternatives]) => alternativeWords(attribute, alternatives));
  // "a or b and c" could be read in two ways
  const all = rest.length > 0 ? [`when ${rest.join(rest.length > 1 && rest.some((one) => one.includes(' or ')) ? ', and ' : ' and ')}`] : [];
  return [...where, ...when, ...all].join(', ');
}

/** `a, b and c` */
export function listed(names: readonly string[], join: 'and' | 'or'): string {
  const last = names[names.length - 1] ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${join} ${last}`;
}

function environmentWords(alternatives: readonly Constraint[]): string {
  const names = alternatives.flatMap((one) => ('in' in one ? one.in.map(String) : []));
  const others = alternatives.flatMap((one) => ('in' in one || 'missing' in one ? [] : [constraintWords('the environment', one)]));
  const none = alternatives.some((one) => 'missing' in one);
  const said = [...(names.length > 0 ? [`in ${listed(names, 'or')}`] : []), ...(others.length > 0 ? [`where ${others.join(' or ')}`] : [])];
  return [...said, ...(none ? [said.length > 0 ? 'also where none is named' : 'where no environment is named'] : [])].join(', ');
}

const MIDNIGHT = /^(\d{4}-\d\d-\d\d)T00:00:00Z$/;
const LAST = /^(\d{4}-\d\d-\d\d)T23:59:59\.999Z$/;

/** `before 2026-12-20`, `from 2026-12-20 to 2027-01-05`: a day stands for its first moment where it begins something, and for its last where it ends it. */
function timeWords(constraint: Constraint): string {
  if ('all' in constraint || 'in' in constraint || 'notIn' in constraint || !('gt' in constraint || 'gte' in constraint || 'lt' in constraint || 'lte' in constraint)) return constraintWords('the time', constraint);
  const { gt, gte, lt, lte } = constraint;
  const from = gte !== undefined ? `from ${day(gte, MIDNIGHT)}` : gt !== undefined ? `after ${day(gt, LAST)}` : '';
  const to = lte !== undefined ? `to ${day(lte, LAST)}` : lt !== undefined ? `before ${day(lt, MIDNIGHT)}` : '';
  return [from, from === '' && lte !== undefined ? `up ${to}` : to].filter(Boolean).join(' ');
}

const day = (value: number | string, pattern: RegExp): string => pattern.exec(String(value))?.[1] ?? String(value);

/** `limit is missing or <= 25`, `the hour (UTC) is 8 to 17` */
function alternativeWords(attribute: string, alternatives: readonly Constraint[]): string {
  const subject = subjectOf(attribute);
  const said = subject.kind === 'whole' ? wholeWords(subject, alternatives) : null;
  if (said !== null) return said;
  const error = alternatives.find((one) => 'type' in one && one.type === 'error');
  const truth = alternatives.find((one) => 'is' in one);
  if (error && truth && alternatives.length === 2) return `${constraintWords(subject.name, truth)}, or that cannot be evaluated`;
  const [first = '', ...others] = [...alternatives].sort((a, b) => Number('missing' in b) - Number('missing' in a)).map((one) => constraintWords(subject.name, one));
  const [is, own] = [`${subject.name} is `, `${subject.name} `];
  return [first, ...others.map((words) => (words.startsWith(is) ? (first.startsWith(is) ? words.slice(is.length) : words.slice(own.length)) : words.startsWith(own) ? words.slice(own.length) : words))].join(' or ');
}

/** Null where it may also be something that is no number. */
function wholeWords({ name, least, most, said }: WholeSubject, alternatives: readonly Constraint[]): string | null {
  const [first] = alternatives;
  if (first && alternatives.length === 1 && 'notIn' in first) return constraintWords(name, first, (value) => said({ low: value, lowIn: true, high: value, highIn: true }));
  if (alternatives.some((one) => intervalsOf(one) === null)) return null;
  const clipped = joined(alternatives.flatMap((one) => intervalsOf(one) ?? []), true).map((one) => ({ ...one, low: Math.max(one.low, least), high: Math.min(one.high, most) })).filter((one) => one.low <= one.high);
  return clipped.length === 0 ? null : `${name} is ${listed(clipped.flatMap(singly).map(said), 'or')}`;
}

/** Two neighbours are no run. */
const singly = (one: Interval): readonly Interval[] => (one.high === one.low + 1 ? [{ ...one, high: one.low }, { ...one, low: one.high }] : [one]);

/** More values than this are counted; the machine form has all of them. */
const MAX_VALUES = 12;
const MAX_VALUE = 80;

/** `number`: what a number is called. */
function constraintWords(name: string, constraint: Constraint, number: (value: number) => string = String): string {
  if ('all' in constraint) return constraint.all.map((one) => constraintWords(name, one, number)).join(' and ');
  if ('in' in constraint) return `${name} is ${values(constraint.in, number)}`;
  if ('notIn' in constraint) return constraint.notIn.length === 0 ? `${name} is given` : `${name} is ${number === String ? 'given and ' : ''}not ${values(constraint.notIn, number)}`;
  if ('matches' in constraint) return `${name} matches ${constraint.matches}`;
  if ('notMatches' in constraint) return `${name} does not match ${constraint.notMatches}`;
  if ('is' in constraint) return /^[\w.]+$/.test(name) ? `${name} is ${String(constraint.is)}` : constraint.is ? name : `not (${name})`;
  if ('missing' in constraint) return `${name} is missing`;
  if ('type' in constraint) return constraint.type === 'error' ? `${/[A-Za-z`)] [A-Za-z(]/.test(name) ? `(${name})` : name} cannot be evaluated` : constraint.type.startsWith('not ') ? `${name} is no ${constraint.type.slice(4)}` : `${name} is ${/^[aeiou]/.test(constraint.type) ? 'an' : 'a'} ${constraint.type}`;
  const { gt, gte, lt, lte } = constraint;
  return [gt === undefined ? '' : `${name} > ${gt}`, gte === undefined ? '' : `${name} >= ${gte}`, lt === undefined ? '' : `${name} < ${lt}`, lte === undefined ? '' : `${name} <= ${lte}`].filter(Boolean).join(' and ');
}

function values(all: readonly PlainValue[], number: (value: number) => string): string {
  const shown = all.slice(0, MAX_VALUES).map((value) => {
    const text = value === '' ? 'an empty text' : typeof value === 'string' ? value : typeof value === 'number' ? number(value) : JSON.stringify(value);
    return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
  });
  return listed(all.length > MAX_VALUES ? [...shown, `${all.length - MAX_VALUES} more`] : shown, 'or');
}
