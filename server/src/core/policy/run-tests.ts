// PolicyTests: requests with the decisions that they must get, compared with those that they do get.
import { parseRequest, parseTime, type Decision, type Obligation, type Request } from '../model';
import type { Span } from '../text';
import type { DocumentFacts } from '../workspace';
import type { PlainValue } from '../yaml';
import { obligationsOf } from './compile-policy';
import type { Engine, Engines } from './engine';
import { obligationKey } from './obligations';

export interface CaseResult {
  readonly file: string;
  /** which of the file's documents holds it, and its place in the list */
  readonly document: number;
  readonly index: number;
  readonly name: string;
  /** the case's name, else the case */
  readonly span: Span;
  readonly whole: Span;
  /** null where there is nothing to decide: `fault` says why */
  readonly request: Request | null;
  readonly time: number;
  readonly decision: Decision | null;
  readonly fault: string | null;
  readonly differences: readonly Difference[];
  readonly passed: boolean;
}

export interface Difference {
  readonly field: 'effect' | 'cause' | 'rules' | 'obligations' | 'approvals' | 'from';
  readonly expected: PlainValue;
  readonly actual: PlainValue;
}

export interface RunOptions {
  /** milliseconds since 1970, where neither case nor test says a time */
  readonly now: number;
  readonly trace?: boolean;
  /** called for each case that was decided */
  decided?(engine: Engine, request: Request, at: number): void;
}

/** The engine over the policies that a test speaks of. */
export const engineOfTest = (engines: Engines, document: DocumentFacts): Engine => engines.of(policiesOf(document));

function policiesOf(document: DocumentFacts): readonly string[] | null {
  const value = field(field(document.value, 'spec'), 'policies');
  return Array.isArray(value) && value.length > 0 ? value.filter((entry): entry is string => typeof entry === 'string') : null;
}

/** All cases of one PolicyTest document. */
export function runTests(path: string, document: DocumentFacts, engines: Engines, options: RunOptions): readonly CaseResult[] {
  const spec = field(document.value, 'spec');
  const cases = field(spec, 'cases');
  if (!Array.isArray(cases) || cases.length === 0) return [];
  const engine = engineOfTest(engines, document);
  return cases.flatMap((value, index) => (isMap(value) ? [runCase(path, document, index, value, textOf(field(spec, 'at')), engine, options)] : []));
}

function runCase(path: string, document: DocumentFacts, index: number, value: PlainValue, at: string | null, engine: Engine, options: RunOptions): CaseResult {
  const pointer = `/spec/cases/${index}`;
  const whole = document.places.value(pointer) ?? document.at;
  const name = textOf(field(value, 'name'));
  const common = { file: path, document: document.index, index, name: name ?? `case ${index + 1}`, span: (name === null ? null : document.places.value(`${pointer}/name`)) ?? whole, whole };
  const failed = (fault: string): CaseResult => ({ ...common, request: null, time: options.now, decision: null, fault, differences: [], passed: false });
  const written = textOf(field(value, 'at')) ?? at;
  const clock = written === null ? null : parseTime(written);
  if (written !== null && clock === null) return failed(`\`at\` is \`${written}\`, which is no time; write it as \`2026-11-22T10:00:00Z\`.`);
  const parsed = parseRequest(field(value, 'request'));
  if ('bad' in parsed) return failed(`This is no request: ${parsed.bad.message}.`);
  const expect = field(value, 'expect');
  if (expect === null) return failed('The case expects nothing: write `expect`.');
  const { request } = parsed;
  const time = clock ?? options.now;
  const decision = engine.decide(request, { at: time, trace: options.trace === true });
  options.decided?.(engine, request, time);
  const differences = differencesOf(expect, decision);
  return { ...common, request, time, decision, fault: null, differences, passed: differences.length === 0 };
}

/** Where the decision is another than expected. What is not said is not compared; lists are sets, exactly. */
export function differencesOf(expect: PlainValue, decision: Decision): readonly Difference[] {
  const found: Difference[] = [];
  const differ = (name: Difference['field'], expected: PlainValue, actual: PlainValue): void => void found.push({ field: name, expected, actual });
  const effect = typeof expect === 'string' ? expect : field(expect, 'effect');
  if (effect !== null && effect !== decision.effect) differ('effect', effect, decision.effect);
  const cause = field(expect, 'cause');
  if (cause !== null && cause !== decision.cause) differ('cause', cause, decision.cause);
  const rules = field(expect, 'rules');
  const ids = decision.rules.map((rule) => rule.id);
  if (rules !== null && !sameSet(texts(rules), ids)) differ('rules', rules, ids);
  const obligations = field(expect, 'obligations');
  if (obligations !== null && !sameSet(obligationsOf(obligations).map(obligationKey), decision.obligations.map(obligationKey))) differ('obligations', obligations, decision.obligations.map(plainObligation));
  const approvals = field(expect, 'approvals');
  if (approvals !== null && !sameSet(listOf(approvals).map(expectedApproval), decision.approvals.map((one) => approvalKey(one.from, one.count)))) {
    differ('approvals', approvals, decision.approvals.map(({ from, count }) => ({ from: [...from], count })));
  }
  const from = field(expect, 'from');
  if (from !== null && !(decision.approvals.length === 1 && sameSet(texts(from), decision.approvals[0]?.from ?? []))) differ('from', from, decision.approvals.length === 1 ? [...(decision.approvals[0]?.from ?? [])] : decision.approvals.map((one) => [...one.from]));
  return found;
}

const approvalKey = (from: readonly string[], count: number): string => JSON.stringify([[...new Set(from)].sort(), count]);
const expectedApproval = (value: PlainValue): string => approvalKey(texts(field(value, 'from')), typeof field(value, 'count') === 'number' ? (field(value, 'count') as number) : 1);
const plainObligation = ({ name, value }: Obligation): PlainValue => ({ [name]: typeof value === 'string' ? value : [...value] });

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((entry) => right.has(entry));
}

const isMap = (value: PlainValue): value is { [key: string]: PlainValue } => typeof value === 'object' && value !== null && !Array.isArray(value);
const field = (value: PlainValue, key: string): PlainValue => (isMap(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null);
const listOf = (value: PlainValue): readonly PlainValue[] => (Array.isArray(value) ? value : []);
const texts = (value: PlainValue): readonly string[] => listOf(value).filter((entry): entry is string => typeof entry === 'string');
const textOf = (value: PlainValue): string | null => (typeof value === 'string' && value !== '' ? value : null);
