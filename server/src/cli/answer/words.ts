// What an answer is about and under what conditions, in words that can be read aloud.
import type { Constraint, Outcome } from '../../core/analysis';
import type { PlainValue } from '../../core/yaml';
import type { Condition } from './facts';

const PHRASES: Readonly<Record<string, string>> = { respond: 'respond on', deploy: 'deploy to', delegate: 'delegate to', invoke: 'use', read: 'read', write: 'write to', delete: 'delete from' };

/** `respond on`, `call` */
export const phraseOf = (action: string): string => PHRASES[action] ?? action;

/** `a, b and c` */
export function listed(names: readonly string[], join: 'and' | 'or'): string {
  const last = names[names.length - 1] ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${join} ${last}`;
}

/** `needs approval of finance-operations within 4h` */
export function outcomeWords({ effect, approvals }: Outcome): string {
  if (effect === 'allow') return '✓ may';
  if (effect === 'unknown') return '? cannot be told';
  const whose = approvals.map(({ from, count, within }) => `${count > 1 && Number.isFinite(count) ? `${count} of ` : ''}${from.length > 0 ? listed(from, 'or') : 'nobody'}${within === null ? '' : ` within ${within}`}`);
  return `⚠ needs approval${whose.length > 0 ? ` of ${whose.join(', and of ')}` : ''}`;
}

const ENVIRONMENT = 'context.environment';
const TIME = 'context.time';

/** `, in production or staging, when amount <= 500 and reason is damaged`; empty where there are none. */
export function conditionWords(conditions: readonly Condition[]): string {
  const where = conditions.filter(([attribute]) => attribute === ENVIRONMENT).map(([, alternatives]) => environmentWords(alternatives));
  const when = conditions.filter(([attribute]) => attribute === TIME).map(([, alternatives]) => alternatives.map(timeWords).join(' or '));
  const rest = conditions.filter(([attribute]) => attribute !== ENVIRONMENT && attribute !== TIME).map(([attribute, alternatives]) => alternativeWords(nameOf(attribute), alternatives));
  return [...where, ...when, ...(rest.length > 0 ? [`when ${rest.join(' and ')}`] : [])].join(', ');
}

const nameOf = (attribute: string): string => (/^(args|context)\.[\w.]+$/.test(attribute) ? attribute.replace(/^(args|context)\./, '') : attribute);

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

const day = (value: number | string, whole: RegExp): string => whole.exec(String(value))?.[1] ?? String(value);

/** `limit <= 25 or missing` */
function alternativeWords(name: string, alternatives: readonly Constraint[]): string {
  const [first = '', ...others] = alternatives.map((one) => constraintWords(name, one));
  const prefix = `${name} is `;
  return [first, ...others.map((words) => (words.startsWith(prefix) ? words.slice(prefix.length) : words))].join(' or ');
}

/** More values than this are counted; the machine form has all of them. */
const MAX_VALUES = 12;
const MAX_VALUE = 80;

function constraintWords(name: string, constraint: Constraint): string {
  if ('all' in constraint) return constraint.all.map((one) => constraintWords(name, one)).join(' and ');
  if ('in' in constraint) return `${name} is ${values(constraint.in)}`;
  if ('notIn' in constraint) return constraint.notIn.length === 0 ? `${name} is given` : `${name} is given and not ${values(constraint.notIn)}`;
  if ('matches' in constraint) return `${name} matches ${constraint.matches}`;
  if ('notMatches' in constraint) return `${name} does not match ${constraint.notMatches}`;
  if ('is' in constraint) return /^[\w.]+$/.test(name) ? `${name} is ${String(constraint.is)}` : constraint.is ? name : `not (${name})`;
  if ('missing' in constraint) return `${name} is missing`;
  if ('type' in constraint) return constraint.type === 'error' ? `${name} cannot be evaluated` : constraint.type.startsWith('not ') ? `${name} is no ${constraint.type.slice(4)}` : `${name} is ${/^[aeiou]/.test(constraint.type) ? 'an' : 'a'} ${constraint.type}`;
  const { gt, gte, lt, lte } = constraint;
  return [gt === undefined ? '' : `${name} > ${gt}`, gte === undefined ? '' : `${name} >= ${gte}`, lt === undefined ? '' : `${name} < ${lt}`, lte === undefined ? '' : `${name} <= ${lte}`].filter(Boolean).join(' and ');
}

function values(all: readonly PlainValue[]): string {
  const shown = all.slice(0, MAX_VALUES).map((value) => {
    const text = value === '' ? 'an empty text' : typeof value === 'string' ? value : JSON.stringify(value);
    return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
  });
  return listed(all.length > MAX_VALUES ? [...shown, `${all.length - MAX_VALUES} more`] : shown, 'or');
}
