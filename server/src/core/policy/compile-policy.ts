// A Policy document becomes rules that can be decided by.
import { compile, compileVariables, parseCondition, type CompiledCondition, type Expr, type Parse, type VariableAsts } from '../conditions';
import { EFFECTS, OBLIGATIONS, stemOfFileName, type ConditionPlace, type Effect } from '../documents';
import type { Obligation } from '../model';
import { endOfDate } from '../text';
import type { DocumentFacts, RulePlace } from '../workspace';
import type { PlainValue } from '../yaml';
import { soundness, type MalformedRule } from './malformed';
import { nameMatcher, type NameMatcher } from './names';
import type { ApprovalTerms, CompiledCheck, CompiledPolicy, CompiledRule, Scope } from './rule';

/** What policies have in common with each other, and with what they were before. */
export interface CompileMemo {
  /** matchers by the lists that they were made of, which stay the same where a text under edit has not changed */
  readonly matchers: WeakMap<readonly PlainValue[], NameMatcher>;
  /** the same by what the lists hold: most rules of a workspace name the same few things */
  readonly alike: Map<string, NameMatcher>;
  /** conditions of policies without variables */
  readonly conditions: WeakMap<Expr, CompiledCondition>;
}

export const compileMemo = (): CompileMemo => ({ matchers: new WeakMap(), alike: new Map(), conditions: new WeakMap() });

/** Past so many lists that differ, those that were seen are forgotten. */
const MAX_ALIKE = 20_000;

/** A policy as it was compiled of an earlier text: what its list of rules held, and what became of it. */
export interface Earlier {
  readonly items: readonly PlainValue[];
  readonly policy: CompiledPolicy;
}

/** `text` is the whole file's. What has not changed since `earlier`, wherever it stands now, is not compiled again. */
export function compilePolicy(path: string, document: DocumentFacts, text: string, parse: Parse = parseCondition, memo: CompileMemo = compileMemo(), earlier: Earlier | null = null): CompiledPolicy {
  const { broken, malformed, conditions, variables } = soundness(document, text, parse);
  const places = placesOfConditions(document.conditions);
  const before = earlier && sameVariables(earlier.policy.variables, variables) ? earlier : null;
  const reader = before?.policy.reader ?? compileVariables(variables);
  const spec = field(document.value, 'spec');
  const written = field(spec, 'scope');
  const name = document.name ?? stemOfFileName(path);
  const variablePlaces = new Map(document.conditions.flatMap((place): [string, ConditionPlace][] => (place.path[1] === 'variables' ? [[String(place.path[2]), place]] : [])));
  const rules: CompiledRule[] = [];
  const policy: CompiledPolicy = {
    name, path, document: document.index, owner: textOf(field(field(document.value, 'metadata'), 'owner')), broken, rules, variables, reader, variablePlaces,
    scope: scopeOf(written, memo, (key) => [...malformed.values()].some((m) => m.absent.has('scope') || m.absent.has(`scope.${key}`))),
  };
  const compiled = (ast: Expr): CompiledCondition => {
    if (variables.size > 0) return compile(ast, reader);
    let condition = memo.conditions.get(ast);
    if (!condition) memo.conditions.set(ast, (condition = compile(ast, reader)));
    return condition;
  };
  const check = (rule: number, key: 'when' | 'unless', absent: ReadonlySet<string>): CompiledCheck | null => {
    const [ast, place] = [conditions.get(rule)?.[key], places.get(rule)?.[key]];
    return !ast || !place || absent.has(key) ? null : placed(compiled(ast), place);
  };
  const items = listOf(field(spec, 'rules'));
  const known = before && sameScope(before.policy, policy) ? soundRules(before, items) : null;
  items.forEach((item, index) => {
    const fault = malformed.get(index) ?? null;
    const stands = document.rules[index];
    const kept = stands && !fault ? known?.get(item) : undefined;
    if (kept && stands) return void rules.push(moved(kept, policy, index, stands, places.get(index) ?? {}));
    const absent = fault?.absent ?? NOTHING;
    const is = (key: string): boolean => absent.has('rule') || absent.has(key);
    const effect = is('effect') ? 'deny' : effectOf(field(item, 'effect'));
    const id = textOf(field(item, 'id'));
    const span = stands?.span ?? document.places.value(`/spec/rules/${index}`) ?? document.at;
    const matcher = (key: string): NameMatcher | null => (is(key) ? null : matcherOf(field(item, key), memo));
    const expires = textOf(field(item, 'expires'));
    rules.push({
      same: {}, id: `${name}/${id ?? `#${index}`}`, policy, index, file: path, span, idSpan: (id === null ? null : (stands?.id ?? document.places.value(`/spec/rules/${index}/id`))) ?? span,
      effect, malformed: fault, never: effect === 'allow' && (fault !== null || broken),
      ...scopeOf(item, memo, is), actions: matcher('actions'), resources: matcher('resources'),
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

interface Places {
  when?: ConditionPlace;
  unless?: ConditionPlace;
}

/** Where the conditions of rules stand. */
function placesOfConditions(conditions: readonly ConditionPlace[]): ReadonlyMap<number, Places> {
  const places = new Map<number, Places>();
  for (const place of conditions) {
    const [section, list, rule, key] = place.path;
    if (section !== 'spec' || list !== 'rules' || typeof rule !== 'number' || (key !== 'when' && key !== 'unless') || place.path.length > 4) continue;
    let known = places.get(rule);
    if (!known) places.set(rule, (known = {}));
    known[key] = place;
  }
  return places;
}

/** A condition that is parsed once is one object. */
function sameVariables(before: VariableAsts, now: VariableAsts): boolean {
  if (before.size !== now.size) return false;
  for (const [name, ast] of now) if (!before.has(name) || before.get(name) !== ast) return false;
  return true;
}

/** Matchers of one list are one object. */
const sameScope = (before: CompiledPolicy, now: CompiledPolicy): boolean =>
  before.name === now.name && before.broken === now.broken && before.scope.agents === now.scope.agents && before.scope.roles === now.scope.roles && before.scope.environments === now.scope.environments;

/** The rules of an earlier text by what they were made of, which is the same value as long as their text is. Those that are malformed, or have no name of their own, are made anew. */
function soundRules({ items, policy }: Earlier, now: readonly PlainValue[]): ReadonlyMap<PlainValue, CompiledRule> {
  const known = new Map<PlainValue, CompiledRule>();
  if (items[0] !== now[0] && items[items.length - 1] !== now[now.length - 1]) return known;
  for (const rule of policy.rules) {
    const item = items[rule.index] ?? null;
    if (typeof item === 'object' && item !== null && !rule.malformed && textOf(field(item, 'id')) !== null) known.set(item, rule);
  }
  return known;
}

/** A rule where it stands now. */
function moved(rule: CompiledRule, policy: CompiledPolicy, index: number, { span, id }: RulePlace, { when, unless }: Places): CompiledRule {
  const by = span.start - rule.span.start;
  const idSpan = id ?? { start: rule.idSpan.start + by, end: rule.idSpan.end + by };
  // written out: a copy of that many fields by spreading costs several times as much
  return {
    same: rule.same, id: rule.id, policy, index, file: rule.file, span, idSpan,
    effect: rule.effect, malformed: null, never: rule.never,
    agents: rule.agents, roles: rule.roles, environments: rule.environments, actions: rule.actions, resources: rule.resources,
    when: rule.when && when ? placed(rule.when, when) : null, unless: rule.unless && unless ? placed(rule.unless, unless) : null,
    where: rule.where, expires: rule.expires, expiresText: rule.expiresText, approval: rule.approval, obligations: rule.obligations, reason: rule.reason, owner: rule.owner,
  };
}

const placed = ({ ast, run, evaluate }: CompiledCondition, place: ConditionPlace): CompiledCheck => ({ ast, run, evaluate, place });

const effectOf = (value: PlainValue): Effect => EFFECTS.find((known) => known === value) ?? 'deny';

function scopeOf(value: PlainValue, memo: CompileMemo, absent: (key: string) => boolean): Scope {
  const list = (key: string): NameMatcher | null => (absent(key) ? null : matcherOf(field(value, key), memo));
  return { agents: list('agents'), roles: list('roles'), environments: list('environments') };
}

/** A list that is not there, or that is faulty, is no limit. */
function matcherOf(value: PlainValue, { matchers, alike }: CompileMemo): NameMatcher | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const known = matchers.get(value);
  if (known) return known;
  const texts = value.filter((entry): entry is string => typeof entry === 'string');
  if (texts.length !== value.length) return null;
  const id = JSON.stringify(texts);
  if (alike.size >= MAX_ALIKE) alike.clear();
  const matcher = alike.get(id) ?? nameMatcher(texts);
  alike.set(id, matcher);
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
