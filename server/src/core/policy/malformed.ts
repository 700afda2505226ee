// Which rules of a Policy are malformed, by what, and which of their fields then count as absent. A malformed rule never widens.
import { parseCondition, variablesReached, type Parse, type Expr, type VariableAsts } from '../conditions';
import { startsWith, type ConditionPlace } from '../documents';
import type { Problem, Span } from '../text';
import type { DocumentFacts } from '../workspace';
import { scalarMap, toPointer, type Path, type PlainValue } from '../yaml';
import { cutAt, cutProblem } from './cut';

export interface MalformedRule {
  /** in the list as it is written */
  readonly rule: number;
  /** what is wrong, at its own place in the file */
  readonly causes: readonly Problem[];
  /** the fields that count as absent: `when`, `scope.agents`, `scope` as a whole; of obligations one entry, `obligations.2` */
  readonly absent: ReadonlySet<string>;
}

/** The conditions of a rule as they were read. */
export interface RuleConditions {
  readonly when?: Expr;
  readonly unless?: Expr;
}

/** What the words of a Policy are worth. */
export interface PolicySoundness {
  /** the text as a whole does not parse, or its list of rules cannot be read: rules may be lost */
  readonly broken: boolean;
  readonly malformed: ReadonlyMap<number, MalformedRule>;
  /** the conditions of rules that could be read, by the rule's index */
  readonly conditions: ReadonlyMap<number, RuleConditions>;
  /** the variables, null for one that is malformed itself */
  readonly variables: VariableAsts;
}

/** Fields that say nothing about when or how a rule applies. */
const HARMLESS: ReadonlySet<string> = new Set(['reason', 'owner']);

const CONDITIONS = ['when', 'unless'] as const;

/** The conditions that could be read. */
interface Read {
  readonly rules: Map<number, { when?: Expr; unless?: Expr }>;
  readonly variables: Map<string, Expr>;
}

/** A fault and the path of what it spoils. */
interface Fault {
  readonly problem: Problem;
  readonly path: Path;
}

/** What a Policy document's words are worth; `text` is the whole file's. */
export function soundness(document: DocumentFacts, text: string, parse: Parse = parseCondition): PolicySoundness {
  const read: Read = { rules: new Map(), variables: new Map() };
  const faults: Fault[] = [...shapeFaults(document), ...syntaxFaults(document, text), ...conditionFaults(document, text, read, parse)];
  const spec = field(document.value, 'spec');
  const rules = listOf(field(spec, 'rules'));
  const variables = readVariables(field(spec, 'variables'), faults, read.variables);
  const found = new Map<number, { causes: Problem[]; absent: Set<string> }>();
  const note = (rule: number, problem: Problem, absent: string): void => {
    let entry = found.get(rule);
    if (!entry) found.set(rule, (entry = { causes: [], absent: new Set() }));
    if (!entry.causes.includes(problem)) entry.causes.push(problem);
    entry.absent.add(absent);
  };
  for (const { problem, path } of faults) {
    if (path[0] !== 'spec') continue;
    if (path[1] === 'rules' && typeof path[2] === 'number') {
      if (!HARMLESS.has(String(path[3]))) note(path[2], problem, absentField(path.slice(3)));
    } else if (path[1] === 'scope') {
      rules.forEach((_, rule) => note(rule, problem, path.length > 2 ? `scope.${path[2]}` : 'scope'));
    }
  }
  const spoilt = spoiltVariables(faults);
  // mostly no variable is spoilt, and then nobody need know who uses which
  if (spoilt) {
    rules.forEach((_, rule) => {
      for (const key of CONDITIONS) {
        const ast = read.rules.get(rule)?.[key];
        if (!ast) continue;
        for (const name of variablesReached(ast, variables)) for (const problem of spoilt(name)) note(rule, problem, key);
      }
    });
  }
  const malformed = new Map<number, MalformedRule>();
  for (const rule of [...found.keys()].sort((a, b) => a - b)) malformed.set(rule, { rule, causes: found.get(rule)?.causes ?? [], absent: found.get(rule)?.absent ?? new Set() });
  return { broken: isBroken(document, faults), malformed, conditions: read.rules, variables };
}

/** What a faulty place inside a rule takes away. Of obligations each entry stands for itself: to lose the sound ones would widen. */
function absentField(path: Path): string {
  if (path.length === 0) return 'rule';
  return path[0] === 'obligations' && path.length > 1 ? `obligations.${path[1]}` : String(path[0]);
}

const shapeFaults = (document: DocumentFacts): Fault[] => document.problems.filter((p) => p.code.startsWith('schema/') || p.code.startsWith('syntax/')).map((problem) => ({ problem, path: problem.path }));

/** Faults of the text have no path: it is found from where they stand. */
function syntaxFaults(document: DocumentFacts, text: string): Fault[] {
  if (document.syntax.length === 0) return [];
  const { places } = document;
  const sections: Sections = { rules: places.value('/spec/rules'), others: ['scope', 'variables'].map((name) => [name, places.value(`/spec/${name}`)]), metadata: places.value('/metadata') };
  return document.syntax.map((p) => ({ problem: { code: `syntax/${p.code}`, span: p.span, message: p.message }, path: pathAt(document, text, p.span, p.code === 'duplicate-key', sections) }));
}

/** Where the parts of a Policy stand: looked up once for all faults. */
interface Sections {
  readonly rules: Span | null;
  readonly others: readonly (readonly [name: string, span: Span | null])[];
  readonly metadata: Span | null;
}

/** The path of the field in which a fault stands. What cannot be parsed belongs to what began last before it. */
function pathAt(document: DocumentFacts, text: string, at: Span, isKey: boolean, { rules, others, metadata }: Sections): Path {
  const { places } = document;
  const spec = field(document.value, 'spec');
  if (rules && at.start >= rules.start) {
    const rule = lastBefore(listOf(field(spec, 'rules')).length, at.start, (i) => places.value(`/spec/rules/${i}`)?.start ?? Infinity);
    if (rule >= 0 && at.start <= rules.end) return ['spec', 'rules', rule, ...keyAt(document, text, `/spec/rules/${rule}`, at, isKey)];
  }
  for (const [section, span] of others) {
    if (span && at.start >= span.start && at.start <= span.end) return ['spec', section, ...keyAt(document, text, `/spec/${section}`, at, isKey)];
  }
  return metadata && at.start >= metadata.start && at.start <= metadata.end ? ['metadata'] : [];
}

/** The last of `count` places, which are in order, that begins at an offset or before it; -1 for none. By halving. */
function lastBefore(count: number, offset: number, startOf: (index: number) => number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The key of a map under which a fault stands: the key itself where it stands twice, else the one that began last. */
function keyAt(document: DocumentFacts, text: string, pointer: string, at: Span, isKey: boolean): string[] {
  let best: string | null = null;
  let start = -1;
  for (const key of keysOf(valueAt(document.value, pointer))) {
    const span = document.places.key(`${pointer}/${escape(key)}`);
    if (span && span.start <= at.start && span.start > start) {
      best = key;
      start = span.start;
    }
  }
  // a key that stands twice is known by its first place only; deeper ones lie inside a value
  const written = text.slice(at.start, at.end).replace(/^["']|["']$/g, '');
  const inside = best === null ? null : document.places.value(`${pointer}/${escape(best)}`);
  const deeper = inside !== null && at.start >= inside.start && at.end <= inside.end;
  if (isKey && !deeper && keysOf(valueAt(document.value, pointer)).includes(written)) return [written];
  return best === null ? [] : [best];
}

function conditionFaults(document: DocumentFacts, text: string, read: Read, parse: Parse): Fault[] {
  const faults: Fault[] = [];
  for (const place of document.conditions) {
    const cut = cutAt(text, place);
    if (cut) {
      faults.push({ problem: cutProblem(cut, place), path: place.path });
      continue;
    }
    const { ast, problems } = parse(place.node.text);
    if (ast) note(read, place.path, ast);
    else for (const problem of problems) faults.push({ problem: inFile(problem, place, text), path: place.path });
  }
  return faults;
}

function note(read: Read, [section, list, entry, key, ...deeper]: Path, ast: Expr): void {
  if (section !== 'spec' || deeper.length > 0) return;
  if (list === 'variables' && key === undefined) read.variables.set(String(entry), ast);
  if (list !== 'rules' || typeof entry !== 'number' || (key !== 'when' && key !== 'unless')) return;
  let rule = read.rules.get(entry);
  if (!rule) read.rules.set(entry, (rule = {}));
  rule[key] = ast;
}

function inFile(problem: Problem, place: ConditionPlace, text: string): Problem {
  return { code: problem.code, span: scalarMap(text, place.node).span(problem.span.start, problem.span.end), message: problem.message };
}

function readVariables(value: PlainValue, faults: readonly Fault[], conditions: ReadonlyMap<string, Expr>): VariableAsts {
  const asts = new Map<string, Expr | null>();
  for (const name of keysOf(value)) {
    const bad = faults.some(({ path }) => path[0] === 'spec' && path[1] === 'variables' && (path.length === 2 || path[2] === name));
    asts.set(name, bad ? null : (conditions.get(name) ?? null));
  }
  return asts;
}

/** What is wrong with each variable that is malformed itself; a fault of the whole section spoils every name. Null where nothing is wrong. */
function spoiltVariables(faults: readonly Fault[]): ((name: string) => readonly Problem[]) | null {
  const own = faults.filter(({ path }) => path[0] === 'spec' && path[1] === 'variables');
  return own.length === 0 ? null : (name) => own.filter(({ path }) => path.length === 2 || path[2] === name).map(({ problem }) => problem);
}

/** Whether rules may have been lost: the text does not parse, or what holds the rules is not what it must be. */
/** as many as the validator lists of one document */
const MAX_DOCUMENT_PROBLEMS = 1_000;

function isBroken(document: DocumentFacts, faults: readonly Fault[]): boolean {
  if (document.syntax.some((p) => p.code === 'yaml' || p.code === 'json' || p.code === 'too-large')) return true;
  // past the limit further faults are not listed, so a rule that seems sound may not be
  if (document.problems.length >= MAX_DOCUMENT_PROBLEMS) return true;
  return faults.some(({ problem, path }) => {
    if (problem.code === 'syntax/duplicate-key') return path.length === 0;
    if (problem.code !== 'schema/type' && problem.code !== 'syntax/unquoted') return false;
    const holds = path.length === 0 || (path.length === 1 && path[0] === 'spec') || (path.length === 2 && startsWith(path, ['spec', 'rules']));
    return holds && valueAt(document.value, toPointer(path)) !== null;
  });
}

const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

function valueAt(value: PlainValue, pointer: string): PlainValue {
  let at = value;
  for (const step of pointer === '' ? [] : pointer.slice(1).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = Array.isArray(at) ? (at[Number(key)] ?? null) : field(at, key);
  }
  return at;
}

const field = (value: PlainValue, key: string): PlainValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
const listOf = (value: PlainValue): readonly PlainValue[] => (Array.isArray(value) ? value : []);
const keysOf = (value: PlainValue): readonly string[] => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []);
