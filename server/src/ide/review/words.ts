// A region of a difference as a reviewer reads it: what is allowed now, what was before, an example that proves it.
import type { ChangeKind, Constraint, Outcome, Region } from '../../core/analysis';
import type { PlainValue } from '../../core/yaml';
import { conditionWords } from '../alternatives';
import { obligationWords } from '../simulate/words';
import { approvalWords, obligationsBeyond, onlyObligations } from './outcome';

export const HEADINGS: Readonly<Record<ChangeKind, string>> = {
  widened: 'Allows more than before', narrowed: 'Allows less than before', 'approval-changed': 'Needs another approval than before',
  'obligations-changed': 'Asks for other things to be done than before', unknown: 'Cannot tell whether this changes',
};

/** What kind of change it is, in words; where only obligations change, that is said. */
export function headingOf(region: Region): string {
  if (!onlyObligations(region) || (region.change !== 'widened' && region.change !== 'narrowed')) return HEADINGS[region.change];
  return region.change === 'widened' ? 'Asks for less to be done than before' : 'Asks for more to be done than before';
}

export const GLYPHS: Readonly<Record<ChangeKind, string>> = { widened: '▲', narrowed: '▼', 'approval-changed': '◆', 'obligations-changed': '◇', unknown: '?' };

/** More names than this are counted. */
const MAX_NAMES = 3;
const MAX_VALUE = 80;

/** What may or may not be done now, in one sentence: `refund-assistant may now call payments/refund in production when amount > 500, without approval.` `parts`: on what else it hangs. */
export function nowWords(region: Region, parts = ''): string {
  const { before, after, change } = region;
  const request = requestWords(region);
  const tail = parts === '' ? '' : `, ${parts}`;
  if (change === 'unknown') return `${request.who}, ${request.what}${tail}: it hangs on ${region.opaque.length > 0 ? region.opaque.map((text) => `\`${text}\``).join(', ') : 'what cannot be looked into'}.`;
  // what is denied brings other obligations by itself
  const comparable = (before.effect === 'deny') === (after.effect === 'deny');
  const lost = comparable ? obligationsBeyond(before, after).map(obligationWords) : [];
  const gained = comparable ? obligationsBeyond(after, before).map(obligationWords) : [];
  const still = before.effect === after.effect && JSON.stringify(before.approvals) === JSON.stringify(after.approvals);
  const done = `${lost.length > 0 ? ` No longer: ${listWords(lost)}.` : ''}${gained.length > 0 ? ` New: ${listWords(gained)}.` : ''}`;
  if (isWide(region) && onlyObligations(region)) return `${done.trim()} For what ${DECIDED[before.effect]}: ${region.where}${tail}.`;
  return `${request.who} ${may(after, still, change === 'widened', request.several)} ${request.what}${after.effect === 'allow' && before.effect === 'require_approval' ? ', without approval' : ''}${tail}.${done}`;
}

const DECIDED: Readonly<Record<Outcome['effect'], string>> = { allow: 'is allowed', deny: 'is denied', require_approval: 'needs approval', unknown: 'cannot be told' };

/** So much that a sentence with subject and object would only count them. */
const isWide = ({ region }: Region): boolean => ['agent.id', 'action.name', 'resource'].some((attribute) => { const of = region[attribute]; return of !== undefined && 'in' in of && of.in.length > MAX_NAMES; });

/** `36 agents`, `call or deploy`; `attribute` is one of those that name whom or what a request is about. */
export function countedNames(attribute: string, names: readonly string[]): string {
  if (names.length <= MAX_NAMES) return listed(names);
  return `${names.length} ${attribute === 'agent.id' ? 'agents' : attribute === 'action.name' ? 'actions' : 'resources'}`;
}

const listWords = (words: readonly string[]): string => words.map((one) => one.replace(/\.$/, '')).join('; ');

function may({ effect, approvals }: Outcome, still: boolean, less: boolean, several: boolean): string {
  if (effect === 'allow') return still ? 'may still' : 'may now';
  if (effect === 'deny') return still ? 'may still not' : 'may no longer';
  if (effect === 'unknown') return 'may or may not';
  const need = several ? 'need' : 'needs';
  return `${still ? `still ${need} approval` : less ? `now ${need} only approval` : `now ${need} approval`}${approvals.length === 0 ? '' : ` of ${approvals.map(approvalWords).join(' and of ')}`} to`;
}

/** What was decided before: `needs approval of finance-ops (refund-large)`. */
export function beforeWords({ before, rules }: Region): string {
  const names = [...new Set(rules.before.map((rule) => rule.id))];
  const why = names.length === 0 ? '' : ` (${names.slice(0, MAX_NAMES).join(', ')}${names.length > MAX_NAMES ? `, ${names.length - MAX_NAMES} more` : ''})`;
  const word = before.effect === 'allow' ? 'allowed' : before.effect === 'deny' ? 'denied' : before.effect === 'unknown' ? 'cannot tell' : `needs approval${before.approvals.length === 0 ? '' : ` of ${before.approvals.map(approvalWords).join(' and of ')}`}`;
  return `${word}${why}`;
}

/** What is particular of the witness: `amount 500.5`; empty where all of it is said already. */
export function exampleWords({ witness }: Region): string {
  if (!witness) return '';
  const parts: string[] = [];
  const add = (name: string, value: PlainValue): void => void parts.push(`${name} ${shown(value)}`);
  if (typeof witness.agent === 'string') parts.push(witness.agent);
  else if (isMap(witness.agent)) add('agent', witness.agent);
  if (typeof witness.resource === 'string') parts.push(`${String(witness.action)} ${witness.resource.replace(/^(tool|agent|environment|channel|model|data):/, '')}`);
  if (typeof witness.environment === 'string') parts.push(`in ${witness.environment}`);
  for (const group of ['args', 'context'] as const) {
    const values = witness[group];
    if (isMap(values)) for (const [name, value] of Object.entries(values)) add(name, value ?? null);
  }
  if (isMap(witness.principal)) add('principal', witness.principal);
  return parts.join(', ');
}

interface RequestWords {
  readonly who: string;
  /** whether `who` names more than one, for the verb after it */
  readonly several: boolean;
  /** `call payments/refund in production when amount > 500` */
  readonly what: string;
}

/** Actions that take a word before what they act on. */
const PHRASES: Readonly<Record<string, string>> = { respond: 'respond on', deploy: 'deploy to', delegate: 'delegate to' };

const NAMED = new Set(['agent.id', 'action.name', 'resource', 'context.environment']);

function requestWords({ region, agents }: Region): RequestWords {
  const asked = region['agent.id'];
  const said = names(asked, 'and');
  const few = agents.length > 0 && agents.length <= MAX_NAMES;
  const who = said ?? (few ? listed(agents, 'and') : 'Any agent');
  const several = said === null ? few && agents.length > 1 : asked !== undefined && 'in' in asked && asked.in.length > 1;
  const named = names(region['action.name']);
  const action = named === null ? 'do anything with' : (PHRASES[named] ?? named);
  const resource = names(region.resource)?.replace(/\b(tool|agent|environment|channel|model|data):/g, '') ?? 'anything';
  const environment = region['context.environment'];
  const place = environment === undefined ? '' : ` ${names(environment) === null ? conditionWords([['context.environment', [environment]]]) : `in ${names(environment)}`}`;
  const rest = conditionWords(Object.entries(region).flatMap(([attribute, constraint]) => (NAMED.has(attribute) ? [] : [[attribute, [constraint]] as const])));
  return { who, several, what: `${action} ${resource}${named === 'deploy' ? '' : place}${rest === '' ? '' : ` ${rest}`}` };
}

/** The names that a constraint lists, or null where it is of another form. */
function names(constraint: Constraint | undefined, join: 'and' | 'or' = 'or'): string | null {
  if (!constraint) return null;
  if ('in' in constraint) return listed(constraint.in.map((value) => (typeof value === 'string' ? value : shown(value))), join);
  if ('all' in constraint) {
    // the narrowest pattern says most; what is taken out of it is named elsewhere
    const patterns = constraint.all.flatMap((one) => ('matches' in one ? [one.matches] : [])).sort((a, b) => b.length - a.length);
    return patterns[0] === undefined ? null : `any other \`${patterns[0]}\``;
  }
  return 'matches' in constraint ? `any \`${constraint.matches}\`` : 'notIn' in constraint ? `anything but ${listed(constraint.notIn.map(String))}` : null;
}

function listed(values: readonly string[], join: 'and' | 'or' = 'or'): string {
  if (values.length <= 1) return values[0] ?? 'nothing';
  if (values.length <= MAX_NAMES) return `${values.slice(0, -1).join(', ')} ${join} ${values[values.length - 1] ?? ''}`;
  return `${values.slice(0, MAX_NAMES - 1).join(', ')} ${join} ${values.length - MAX_NAMES + 1} more`;
}

function shown(value: PlainValue): string {
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
}

const isMap = (value: PlainValue | undefined): value is { [key: string]: PlainValue } => typeof value === 'object' && value !== null && !Array.isArray(value);
