// PolicyTests as an editor shows them: the cases of the files, what came of them in words, and what they reached of the policies.
import type { Decision } from '../core/model';
import { Coverage, ENGINES, POLICIES, runTests, type CaseResult } from '../core/policy';
import { LineIndex, type Span } from '../core/text';
import type { DocumentFacts, Workspace } from '../core/workspace';
import type { PlainValue } from '../core/yaml';
import type { Place } from './types';

export interface TestCasePlace {
  /** the same while the case keeps its name; no other of the file has it */
  readonly id: string;
  readonly label: string;
  readonly document: number;
  /** its place in the list of the document */
  readonly index: number;
  /** its name, else the case */
  readonly span: Span;
  readonly whole: Span;
}

export interface TestOutcome {
  readonly id: string;
  readonly passed: boolean;
  readonly message: string;
  readonly trace: string;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly span: Span;
  readonly rules: readonly (Place & { readonly label: string })[];
}

export interface RuleReach extends Place {
  readonly id: string;
  readonly hits: number;
  readonly branches: readonly { readonly span: Span; readonly yes: number; readonly no: number }[];
}

export interface TestRunOptions {
  /** the clock of cases that name none, milliseconds since 1970 */
  readonly now: number;
  readonly coverage: boolean;
}

/** A trace that lists more helps nobody. */
const MAX_RULES = 40;
const MAX_TEXT = 400;

/** The files with test cases, sorted. */
export function testPaths(workspace: Workspace): readonly string[] {
  return workspace.paths().filter((path) => casesOf(workspace, path).length > 0);
}

export interface TestDocumentPlace {
  readonly document: number;
  readonly label: string;
  readonly span: Span;
}

/** The PolicyTest documents of a file that have cases. */
export function testDocuments(workspace: Workspace, path: string): readonly TestDocumentPlace[] {
  const held = new Set(casesOf(workspace, path).map(({ document }) => document));
  return documentsOf(workspace, path).filter(({ index }) => held.has(index)).map((document) => {
    const metadata = field(document.value, 'metadata');
    const title = [field(metadata, 'title'), field(metadata, 'name')].find((text): text is string => typeof text === 'string' && text.trim() !== '');
    return { document: document.index, label: title ?? `document ${document.index + 1}`, span: document.places.value('/metadata/name') ?? document.at };
  });
}

/** The cases of a file in their order. */
export function casesOf(workspace: Workspace, path: string): readonly TestCasePlace[] {
  const seen = new Map<string, number>();
  return documentsOf(workspace, path).flatMap((document) =>
    listOf(document).flatMap((value, index): TestCasePlace[] => {
      if (!isMap(value)) return [];
      const name = typeof value['name'] === 'string' && value['name'].trim() !== '' ? value['name'] : null;
      const label = name ?? `case ${index + 1}`;
      const count = (seen.get(label) ?? 0) + 1;
      seen.set(label, count);
      const pointer = `/spec/cases/${index}`;
      const whole = document.places.value(pointer) ?? document.at;
      const span = (name === null ? null : document.places.value(`${pointer}/name`)) ?? whole;
      return [{ id: count === 1 ? label : `${label} (${count})`, label, document: document.index, index, span, whole }];
    }));
}

/** Runs cases: by file the ids of those wanted, or null for all of the file. What is not there any longer has no outcome. */
export function runCases(workspace: Workspace, wanted: ReadonlyMap<string, ReadonlySet<string> | null>, { now, coverage }: TestRunOptions): { outcomes: ReadonlyMap<string, readonly TestOutcome[]>; reach: readonly RuleReach[] | null } {
  const engines = workspace.shared(ENGINES);
  const counted = coverage ? new Coverage(workspace.shared(POLICIES).all) : null;
  const line = liner(workspace);
  const outcomes = new Map<string, readonly TestOutcome[]>();
  for (const [path, ids] of wanted) {
    const cases = casesOf(workspace, path).filter(({ id }) => ids === null || ids.has(id));
    const found = documentsOf(workspace, path).flatMap((document) => {
      const mine = new Map(cases.filter((one) => one.document === document.index).map((one) => [one.index, one.id]));
      if (mine.size === 0) return [];
      const results = runTests(path, only(document, mine), engines, { now, trace: true, decided: (engine, request, at) => counted?.add(engine, request, at) });
      return results.map((result) => outcomeOf(result, mine.get(result.index) ?? result.name, document, line));
    });
    outcomes.set(path, found);
  }
  const text = (path: string): string => workspace.text(path) ?? '';
  const reach = counted?.result(text).map(({ rule, hits, branches }): RuleReach => ({
    id: rule.id, path: rule.file, span: trimmed(text(rule.file), rule.span), hits, branches: branches.map(({ span, yes, no }) => ({ span, yes, no })),
  }));
  return { outcomes, reach: reach ?? null };
}

/** The document with these of its cases only; a case keeps its place in the list. */
function only(document: DocumentFacts, wanted: ReadonlyMap<number, string>): DocumentFacts {
  const { index, kind, schema, name, at, span, root, syntax, problems, references, conditions, expiries, rules, places } = document;
  const whole = isMap(document.value) ? document.value : {};
  const spec = isMap(whole['spec']) ? whole['spec'] : {};
  const cases = listOf(document).map((value, place) => (wanted.has(place) ? value : null));
  return { index, kind, schema, name, at, span, root, syntax, problems, references, conditions, expiries, rules, places, value: { ...whole, spec: { ...spec, cases } } };
}

function outcomeOf(result: CaseResult, id: string, document: DocumentFacts, line: (place: Place) => string): TestOutcome {
  const { passed, decision, differences, fault, span } = result;
  const message = fault ?? differences.map(({ field, expected, actual }) => `${field}: expected ${say(expected)}, got ${say(actual)}`).join('\n');
  if (passed || !decision) return { id, passed, message, trace: '', expected: null, actual: null, span, rules: [] };
  const traced = entriesOf(decision);
  const expectation = field(listOf(document)[result.index] ?? null, 'expect');
  const stated = isMap(expectation) ? Object.entries(expectation) : [['effect', expectation] as const];
  const differing = new Map<string, PlainValue>(differences.map((one) => [one.field, one.actual]));
  const lines = (value: (name: string, expected: PlainValue) => PlainValue): string => stated.map(([name, expected]) => `${name}: ${say(value(name, expected))}`).join('\n');
  return {
    id, passed, message, span,
    trace: traceOf(decision, traced, line),
    expected: lines((_, expected) => expected),
    actual: lines((name, expected) => differing.get(name) ?? expected),
    rules: traced.map((entry) => ({ label: `${entry.id} (${entry.matched ? entry.effect : entry.because})`, path: entry.file, span: entry.span })),
  };
}

/** What decided first, then what else matched, then what speaks of the action and the resource and does not match. */
function entriesOf(decision: Decision): Decision['trace'] {
  const deciding = new Set(decision.rules.map((rule) => rule.id));
  const rank = (entry: Decision['trace'][number]): number => (deciding.has(entry.id) ? 0 : entry.matched ? 1 : 2);
  return decision.trace.filter((entry) => entry.effect !== 'oblige' && (entry.matched || entry.concerns)).sort((a, b) => rank(a) - rank(b)).slice(0, MAX_RULES);
}

function traceOf(decision: Decision, entries: Decision['trace'], line: (place: Place) => string): string {
  const by = decision.rules.map((rule) => rule.id).join(', ');
  return [
    `Decided: ${decision.effect}, ${decision.cause}${by === '' ? '' : ` ${by}`}`,
    ...entries.map((entry) => `${entry.matched ? '●' : '–'} ${entry.id} (${entry.matched ? entry.effect : entry.because}): ${shorten(entry.detail)}  ${line({ path: entry.file, span: entry.span })}`),
    ...decision.warnings.map((warning) => `Note: ${shorten(warning)}`),
  ].join('\n');
}

/** `payments.policy.yaml:12`, lines from 1. */
function liner(workspace: Workspace): (place: Place) => string {
  const known = new Map<string, LineIndex>();
  return ({ path, span }) => {
    let index = known.get(path);
    if (!index) known.set(path, (index = new LineIndex(workspace.text(path) ?? '')));
    return `${path.slice(path.lastIndexOf('/') + 1)}:${index.position(span.start).line + 1}`;
  };
}

/** A block ends where its last word does, not where the next one begins. */
function trimmed(text: string, { start, end }: Span): Span {
  let last = end;
  while (last > start && /\s/.test(text[last - 1] ?? '')) last--;
  return { start, end: last };
}

const documentsOf = (workspace: Workspace, path: string): readonly DocumentFacts[] => (workspace.facts(path)?.documents ?? []).filter((document) => document.kind === 'PolicyTest');

const isMap = (value: PlainValue | undefined): value is { readonly [key: string]: PlainValue } => typeof value === 'object' && value !== null && !Array.isArray(value);

const field = (value: PlainValue, name: string): PlainValue => (isMap(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null);

const listOf = (document: DocumentFacts): readonly PlainValue[] => {
  const cases = field(field(document.value, 'spec'), 'cases');
  return Array.isArray(cases) ? cases : [];
};

const say = (value: PlainValue): string => shorten(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));

const shorten = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);
