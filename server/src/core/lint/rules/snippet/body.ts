// What a snippet inserts, checked like any file: shape, names, conditions and Standards, each finding brought back into the JSON text of the body.
import { agentOfManifest, type Agent } from '../../../model';
import { MAX_EXPANDED, expand, isOutside, sampleOf, valuesAt, type Expanded, type Filled, type FragmentPlace, type Part, type Sample, type Snippet } from '../../../snippets';
import { nearest, type Problem, type Span } from '../../../text';
import { isElsewhere, readFile, type DocumentFacts, type FileFacts, type Queries } from '../../../workspace';
import { parseYaml } from '../../../yaml';
import type { Rule, RuleContext } from '../../rule';
import { placeOf } from '../../standards/place';
import { resultsOf } from '../../standards/results';
import type { Requirement } from '../../standards/types';
import { condition } from '../condition/condition';
import { unknownName } from '../reference/unknown-name';
import { schema } from '../schema/schema';
import { cutCondition } from '../syntax/cut-condition';
import { syntax } from '../syntax/syntax';
import { list, specOf, table, text } from '../values';

/** Those that look at one file and need no place in the workspace. */
const RULES: readonly Rule[] = [syntax, cutCondition, schema, unknownName, condition];

/** What stands for a text that is to be typed. */
const FILLER = 'x';
/** ways to fill one snippet that are tried: every choice once */
const MAX_VARIANTS = 60;

export interface BodyCheck {
  readonly snippet: Snippet;
  /** a body whose keys stand nowhere is a fault here */
  readonly strict: boolean;
  readonly places: readonly FragmentPlace[];
}

/** Reports what is wrong with what a snippet inserts, at its place in the file of snippets. */
export function checkBody(context: RuleContext, check: BodyCheck, report: (span: Span, message: string) => void): void {
  const { snippet } = check;
  const seen = new Set<string>();
  for (const [index, choose] of variants(snippet.parsed.parts).entries()) {
    const expanded = expand(snippet.parsed.parts, valuesAt(context.queries.now), { filler: FILLER, choose });
    if (expanded.cut) return report(snippet.place(0, 0), `This would insert more than ${MAX_EXPANDED.toLocaleString('en')} characters, or repeats placeholders within each other too often, so it is not offered. Make it shorter.`);
    for (const { span, message } of problemsOf(context, check, expanded)) {
      // beyond the first way to fill it only what hangs on the choice is new
      const id = `${span.start} ${span.end} ${message}`;
      if (seen.has(id) || (index > 0 && !chosen(snippet.parsed.parts, span))) continue;
      seen.add(id);
      const at = snippet.place(span.start, span.end);
      report(at, message);
    }
  }
}

interface Choice extends Span {
  readonly count: number;
}

function choicesOf(parts: readonly Part[]): readonly Choice[] {
  return parts.flatMap((part): readonly Choice[] => {
    if (part.kind === 'text') return [];
    const own = part.kind === 'stop' && part.choices ? [{ start: part.start, end: part.end, count: part.choices.length }] : [];
    return [...own, ...choicesOf(part.children ?? [])];
  });
}

/** The defaults, then each other choice with all else at its default. */
function variants(parts: readonly Part[]): readonly ReadonlyMap<number, number>[] {
  const others = choicesOf(parts).flatMap(({ start, count }) => Array.from({ length: Math.max(0, count - 1) }, (_, i) => new Map([[start, i + 1]])));
  return [new Map<number, number>(), ...others].slice(0, MAX_VARIANTS);
}

/** Whether a place of the body lies in a choice. */
const chosen = (parts: readonly Part[], span: Span): boolean => choicesOf(parts).some((choice) => choice.start <= span.start && span.start < choice.end);

interface Found {
  /** in the body */
  readonly span: Span;
  readonly message: string;
}

function problemsOf(context: RuleContext, { strict, places }: BodyCheck, expanded: Expanded): Found[] {
  const sample = sampleOf(expanded, places);
  if (sample === null) return strict ? parseYaml(expanded.text).documents.flatMap(({ problems }) => problems).slice(0, 5).map(({ span, message }) => ({ span: inSource(expanded, span), message })) : [];
  if (sample.home === null) return strict ? strays(sample.keys, expanded, places) : [];
  // names and Standards of a library that somebody else keeps are looked at where it was made
  const foreign = isElsewhere(context.path);
  const path = foreign ? sample.fileName : `${context.path.slice(0, context.path.lastIndexOf('/') + 1)}${sample.fileName}`;
  const facts = readFile(sample.fileName === '.countersign.yaml' ? sample.fileName : path, sample.text, context.queries.settings);
  if (facts.role === 'none') return [];
  const queries = within(context.queries, facts, sample);
  const found: Found[] = [];
  const take = (problem: Problem & { readonly path?: readonly (string | number)[] }): void => {
    const span = sample.inBody(problem.span);
    if (!span || isTyped(problem.code, span, expanded.filled)) return;
    found.push({ span: inSource(expanded, span), message: problem.message });
  };
  const outside = new Set(facts.documents.flatMap((document) => document.problems.filter((problem) => isOutside(sample.home, problem)).map((problem) => `${problem.code} ${problem.span.start} ${problem.message}`)));
  for (const rule of RULES) if (!foreign || rule !== unknownName) rule.check({ ...context, facts, path, text: sample.text, queries, report: (problem) => (outside.has(`${problem.code} ${problem.span.start} ${problem.message}`) ? undefined : take(problem)) });
  if (sample.home.kind === 'document') {
    for (const document of facts.documents) {
      for (const problem of [...(foreign || document.problems.length > 0 ? [] : unmet(document, path, queries)), ...unusedVariables(document)]) take(problem);
    }
  } else if (!foreign && found.length === 0 && sample.home.kind === 'keys' && sample.home.place?.schema === 'agent' && sample.home.place.steps.join('/') === 'spec') {
    const keys = new Set(Object.keys(specOf(facts.documents[0]?.value ?? null)));
    for (const document of facts.documents) for (const problem of unmet(document, path, queries, (requirement) => rests(requirement, keys))) take(problem);
  }
  return found;
}

/** The keys of a body that belongs nowhere, where they look like keys of the language. */
function strays(keys: readonly { readonly text: string; readonly span: Span }[], expanded: Expanded, places: readonly FragmentPlace[]): Found[] {
  const known = [...new Set(places.flatMap((place) => [...place.keys]))];
  const unknown = keys.filter((key) => !known.includes(key.text));
  const wrong = unknown.length > 0 ? unknown : keys.slice(0, 1);
  return wrong.slice(0, 3).map((key) => {
    const guess = nearest(key.text, known);
    const hint = guess && guess !== key.text ? ` Did you mean \`${guess}\`?` : ' A body is a whole document, keys of one map of the language, or entries of one of its lists.';
    return { span: inSource(expanded, key.span), message: unknown.length > 0 ? `\`${key.text.slice(0, 60)}\` is no key of the language, so this fits into no document.${hint}` : `These keys stand together nowhere in the language, so this fits into no document.${hint}` };
  });
}

/** What a Standard asks of an agent; `asked`: of part of one only what rests on that part. */
function unmet(document: DocumentFacts, path: string, queries: Queries, asked: (requirement: Requirement) => boolean = () => true): Problem[] {
  if (document.kind !== 'Agent') return [];
  const agent: Agent = { ...agentOfManifest({ path, index: document.index, name: document.name, value: document.value, at: document.at, places: document.places }, [], []), id: document.name ?? '', ambiguous: false };
  const subject = { agent, path, document, foreign: null };
  return resultsOf(subject, queries).filter(({ verdict, requirement }) => verdict === 'unmet' && (requirement.severity === 'error' || requirement.severity === 'warning') && asked(requirement))
    .map(({ requirement }) => ({ code: requirement.code, span: placeOf(subject, requirement.at), message: `${requirement.message.trim()} (\`${requirement.code}\` asks for it.)` }));
}

/** Whether a requirement speaks of some keys of the manifest's `spec` and of nothing else, so that the rest of the agent cannot change what it says. */
function rests({ when, require, at }: Requirement, keys: ReadonlySet<string>): boolean {
  const condition = `${when ?? ''} ${require}`;
  const fields = [...condition.matchAll(/\bmanifest\.spec\.(\w+)/g)].map((match) => match[1] ?? '');
  const others = /\b(?:agent|catalog)\b/.test(condition) || [...condition.matchAll(/\bmanifest\b/g)].length !== fields.length;
  return !others && fields.length > 0 && fields.every((field) => keys.has(field)) && keys.has(at?.split('/')[2] ?? '');
}

/** Variables of a policy that none of its conditions uses. */
function unusedVariables(document: DocumentFacts): Problem[] {
  if (document.kind !== 'Policy') return [];
  const spec = specOf(document.value);
  const variables = Object.entries(table(spec.variables));
  const texts = [...list(spec.rules).flatMap((rule) => [text(table(rule).when) ?? '', text(table(rule).unless) ?? '']), ...variables.map(([, value]) => text(value) ?? '')];
  return variables.filter(([name]) => !texts.some((one) => mentions(one, name))).flatMap(([name]) => {
    const span = document.places.key(`/spec/variables/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    return span ? [{ code: 'snippet/unused-variable', span, message: `No condition of this policy uses \`variables.${name}\`. Use it, or remove it.` }] : [];
  });
}

function mentions(condition: string, name: string): boolean {
  for (const word of [`variables.${name}`, `variables["${name}"]`, `variables['${name}']`]) {
    for (let at = condition.indexOf(word); at >= 0; at = condition.indexOf(word, at + 1)) if (!/\w/.test(condition[at + word.length] ?? '')) return true;
  }
  return false;
}

/** Names and conditions that stand in what is to be typed over are examples; what stands for an empty tab stop says nothing at all. */
function isTyped(code: string, span: Span, filled: readonly Filled[]): boolean {
  if (code === 'schema/required') return false;
  const names = /^(?:reference|condition|standard|drift)\//.test(code);
  return filled.some((one) => (one.kind === 'empty' || (names && (one.kind === 'default' || one.kind === 'variable'))) && one.start < Math.max(span.end, span.start + 1) && span.start < one.end);
}

/** From the expanded text to the body as it is written. */
function inSource({ offsets }: Expanded, { start, end }: Span): Span {
  const from = offsets[start] ?? (offsets.at(-1) ?? -1) + 1;
  return { start: from, end: end > start ? Math.max(from, (offsets[end - 1] ?? from) + 1) : from };
}

/** The workspace with the documents of the sample in it. */
function within(queries: Queries, facts: FileFacts, sample: Sample): Queries {
  if (sample.home.kind !== 'document') return queries;
  const own = new Set(facts.declared.map(({ kind, name }) => `${kind} ${name}`));
  return Object.create(queries, {
    has: { value: (...[kind, name]: Parameters<Queries['has']>) => own.has(`${kind} ${name}`) || queries.has(kind, name) },
    exists: { value: (path: string) => queries.exists(path) },
  }) as Queries;
}
