// A Policy document becomes rules that can be decided by.
import { compile, compileVariables, parseCondition, type Parse } from '../conditions';
import { EFFECTS, OBLIGATIONS, stemOfFileName, type ConditionPlace, type Effect } from '../documents';
import type { Obligation } from '../model';
import { endOfDate } from '../text';
import type { DocumentFacts } from '../workspace';
import { toPointer, type PlainValue } from '../yaml';
import { soundness, type MalformedRule } from './malformed';
import { nameMatcher, type NameMatcher } from './names';
import type { ApprovalTerms, CompiledCheck, CompiledPolicy, CompiledRule, Scope } from './rule';

/** Matchers by the lists that they were made of. */
export type MatcherMemo = WeakMap<readonly PlainValue[], NameMatcher>;

/** `text` is the whole file's. */
export function compilePolicy(path: string, document: DocumentFacts, text: string, parse: Parse = parseCondition, matchers: MatcherMemo = new WeakMap()): CompiledPolicy {
  const { broken, malformed, conditions, variables } = soundness(document, text, parse);
  const places = new Map(document.conditions.map((place): [string, ConditionPlace] => [toPointer(place.path), place]));
  const reader = compileVariables(variables);
  const spec = field(document.value, 'spec');
  const written = field(spec, 'scope');
  const name = document.name ?? stemOfFileName(path);
  const variablePlaces = new Map(document.conditions.flatMap((place): [string, ConditionPlace][] => (place.path[1] === 'variables' ? [[String(place.path[2]), place]] : [])));
  const rules: CompiledRule[] = [];
  const policy: CompiledPolicy = {
    name, path, document: document.index, owner: textOf(field(field(document.value, 'metadata'), 'owner')), broken, rules, variables, reader, variablePlaces,
    scope: scopeOf(written, matchers, (key) => [...malformed.values()].some((m) => m.absent.has('scope') || m.absent.has(`scope.${key}`))),
  };
  const check = (rule: number, key: 'when' | 'unless', absent: ReadonlySet<string>): CompiledCheck | null => {
    const pointer = `/spec/rules/${rule}/${key}`;
    const [ast, place] = [conditions.get(pointer), places.get(pointer)];
    return !ast || !place || absent.has(key) ? null : { ...compile(ast, reader), place };
  };
  listOf(field(spec, 'rules')).forEach((item, index) => {
    const fault = malformed.get(index) ?? null;
    const absent = fault?.absent ?? NOTHING;
    const is = (key: string): boolean => absent.has('rule') || absent.has(key);
    const effect = is('effect') ? 'deny' : effectOf(field(item, 'effect'));
    const id = textOf(field(item, 'id'));
    const span = document.places.value(`/spec/rules/${index}`) ?? document.at;
    const list = (key: string): NameMatcher | null => (is(key) ? null : matcherOf(field(item, key), matchers));
    const expires = textOf(field(item, 'expires'));
    rules.push({
      id: `${name}/${id ?? `#${index}`}`, policy, index, file: path, span, idSpan: (id === null ? null : document.places.value(`/spec/rules/${index}/id`)) ?? span,
      effect, malformed: fault, never: effect === 'allow' && (fault !== null || broken),
      ...scopeOf(item, matchers, is), actions: list('actions'), resources: list('resources'),
      when: check(index, 'when', absent), unless: check(index, 'unless', absent),
      where: null,
      // a date that is none has not passed
      expires: (expires === null || is('expires') ? null : endOfDate(expires)) ?? Infinity, expiresText: expires,
      approval: effect === 'require_approval' ? approvalOf(field(item, 'approval'), is('approval')) : null,
      obligations: is('obligations') ? [] : obligationsOf(field(item, 'obligations'), fault),
      reason: textOf(field(item, 'reason')), owner: textOf(field(item, 'owner')),
    });
  });
  return policy;
}

const NOTHING: ReadonlySet<string> = new Set();

const effectOf = (value: PlainValue): Effect => EFFECTS.find((known) => known === value) ?? 'deny';

function scopeOf(value: PlainValue, matchers: MatcherMemo, absent: (key: string) => boolean): Scope {
  const list = (key: string): NameMatcher | null => (absent(key) ? null : matcherOf(field(value, key), matchers));
  return { agents: list('agents'), roles: list('roles'), environments: list('environments') };
}

/** A list that is not there, or that is faulty, is no limit. */
function matcherOf(value: PlainValue, matchers: MatcherMemo): NameMatcher | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const known = matchers.get(value);
  if (known) return known;
  const texts = value.filter((entry): entry is string => typeof entry === 'string');
  if (texts.length !== value.length) return null;
  const matcher = nameMatcher(texts);
  matchers.set(value, matcher);
  return matcher;
}

/** Of an approval that is wrongly written nobody can approve. */
function approvalOf(value: PlainValue, malformed: boolean): ApprovalTerms {
  const from = listOf(field(value, 'from')).filter((party): party is string => typeof party === 'string');
  const count = field(value, 'count') ?? 1;
  const within = textOf(field(value, 'within'));
  if (malformed || from.length === 0 || typeof count !== 'number') return { from: [], count: 1, within: null, distinct: false };
  return { from: [...new Set(from)], count, within, distinct: field(value, 'distinct') === true };
}

/** The sound obligations of a list. */
export function obligationsOf(value: PlainValue, fault: MalformedRule | null = null): readonly Obligation[] {
  return listOf(value).flatMap((item, index): Obligation[] => {
    const keys = typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.keys(item) : [];
    const name = OBLIGATIONS.find((known) => known === keys[0]);
    if (!name || keys.length !== 1 || fault?.absent.has(`obligations.${index}`)) return [];
    const given = field(item, name);
    if (name === 'redact' || name === 'notify') return Array.isArray(given) && given.every((entry) => typeof entry === 'string') ? [{ name, value: given }] : [];
    return typeof given === 'string' ? [{ name, value: given }] : [];
  });
}

const field = (value: PlainValue, key: string): PlainValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
const listOf = (value: PlainValue): readonly PlainValue[] => (Array.isArray(value) ? value : []);
const textOf = (value: PlainValue): string | null => (typeof value === 'string' && value !== '' ? value : null);
