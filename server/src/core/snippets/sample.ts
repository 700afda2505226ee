// A body in a document of its own, so that everything that can be said of documents can be said of it, and each place found again.
import { API_VERSION, CONFIG_FILE, KINDS, readConfig, readDocuments, schemaNameOf } from '../documents';
import type { Span } from '../text';
import { parseYaml, resolve, type MapNode } from '../yaml';
import type { Expanded } from './expand';
import { ANY_NAME, ENTRY, fragmentPlaces, type FragmentPlace } from './places';

/** Where a body belongs: a whole document, the keys of a map at a place, or entries of a list there. */
export interface Home {
  readonly kind: 'document' | 'keys' | 'entries';
  /** null for whole documents, which say themselves what they are */
  readonly place: FragmentPlace | null;
}

/** A body where it belongs, as a file. */
export interface Sample {
  readonly home: Home;
  /** a name by which the file would be taken for what it is */
  readonly fileName: string;
  readonly text: string;
  /** where a span of `text` stands in the expanded body; null for what is not of the body */
  inBody(span: Span): Span | null;
}

/** A body that is of ours by its keys, and of no place. */
export interface Stray {
  readonly home: null;
  /** the top keys, as they stand in the expanded body */
  readonly keys: readonly { readonly text: string; readonly span: Span }[];
}

const MAX_TRIED = 16;

/** Where an expanded body belongs; `stray` where its keys stand nowhere in the language; null where it is no map and no list of maps. `places` are those of the language. */
export function sampleOf(expanded: Expanded, places: readonly FragmentPlace[] = fragmentPlaces()): Sample | Stray | null {
  const { text } = expanded;
  const tree = parseYaml(text);
  const roots = tree.documents.map((document) => resolve(document.root));
  const whole = roots.find((root) => root?.kind === 'map' && root.pairs.some((pair) => pair.key.text === 'apiVersion'));
  if (whole) return { home: { kind: 'document', place: null }, fileName: 'snippet.yaml', text, inBody: (span) => span };
  const root = roots[0];
  const first = root?.kind === 'seq' ? resolve(root.items[0]) : root;
  if (first?.kind !== 'map' || first.pairs.length === 0) return null;
  const kind = root?.kind === 'seq' ? 'entries' : 'keys';
  const keys = first.pairs.map((pair) => pair.key.text);
  const samples = candidates(keys, kind, places).map((place) => sampleAt(text, { kind, place }));
  let best: { sample: Sample; faults: number } | null = null;
  for (const sample of samples.slice(0, MAX_TRIED)) {
    const faults = faultsOf(sample);
    if (!best || faults < best.faults) best = { sample, faults };
    if (faults === 0) break;
  }
  return best?.sample ?? { home: null, keys: strayKeys(first) };
}

const strayKeys = (map: MapNode): Stray['keys'] => map.pairs.map(({ key }) => ({ text: key.text, span: { start: key.start, end: key.end } }));

/** The places that take all keys, else those that take the most of them, at least half. */
function candidates(keys: readonly string[], kind: Home['kind'], places: readonly FragmentPlace[]): FragmentPlace[] {
  const fitting = kind === 'entries' ? places.filter((place) => place.steps.at(-1) === ENTRY) : places;
  const counted = fitting.map((place) => ({ place, known: keys.filter((key) => place.keys.has(key)).length }));
  const most = Math.max(0, ...counted.map(({ known }) => known));
  if (most === 0 || most * 2 < keys.length) return [];
  return counted.filter(({ known }) => known === most).map(({ place }) => place);
}

/** The body at a place of a document that holds nothing else. */
export function sampleAt(body: string, home: Home): Sample {
  const { schema, steps } = home.place ?? { schema: 'agent', steps: [] };
  const kind = KINDS.find((one) => schemaNameOf(one) === schema);
  const head = schema === 'config' ? [] : [`apiVersion: ${API_VERSION}`, ...(steps.length === 0 && /^kind:/m.test(body) ? [] : [`kind: ${kind ?? 'Agent'}`])];
  if (schema !== 'config' && steps[0] !== 'metadata' && !(steps.length === 0 && /^metadata:/m.test(body))) head.push('metadata: { name: example }');
  let indent = '';
  const way = home.kind === 'entries' ? steps.slice(0, -1) : steps;
  for (const step of way) {
    head.push(`${indent}${step === ENTRY ? '-' : step === ANY_NAME ? 'example:' : `${step}:`}`);
    indent += '  ';
  }
  const before = head.length > 0 ? `${head.join('\n')}\n` : '';
  const lines = body.split('\n');
  const starts: { readonly at: number; readonly from: number; readonly length: number }[] = [];
  let text = before;
  let from = 0;
  for (const line of lines) {
    const lead = line.trim() === '' ? '' : indent;
    starts.push({ at: text.length + lead.length, from, length: line.length });
    text += `${lead}${line}\n`;
    from += line.length + 1;
  }
  const back = (offset: number): number => {
    const line = starts.findLast((one) => one.at <= offset) ?? starts[0];
    return line ? line.from + Math.max(0, Math.min(line.length, offset - line.at)) : 0;
  };
  return {
    home, text, fileName: schema === 'config' ? CONFIG_FILE : `snippet.${FILE_OF[schema]}.yaml`,
    inBody: ({ start, end }) => (start < before.length ? null : { start: back(start), end: Math.max(back(start), back(end)) }),
  };
}

const FILE_OF: Readonly<Record<string, string>> = { agent: 'agent', policy: 'policy', catalog: 'catalog', standard: 'standard', policytest: 'policytest', snippets: 'snippets' };

/** How much of a body is wrong at its place. */
function faultsOf(sample: Sample): number {
  const tree = parseYaml(sample.text);
  const documents = sample.fileName === CONFIG_FILE ? [readConfig(tree, sample.text)] : readDocuments(tree, sample.fileName, sample.text);
  return documents.flatMap((document) => document?.problems ?? []).filter((problem) => sample.inBody(problem.span) && !isOutside(sample.home, problem)).length;
}

/** What a fragment lacks because it is one: the other keys of the map that it goes into. */
export function isOutside({ kind, place }: Home, problem: { readonly code: string; readonly path?: readonly (string | number)[] }): boolean {
  if (kind !== 'keys' || !place || !problem.path) return false;
  const depth = place.steps.length;
  return (problem.code === 'schema/required' && problem.path.length === depth + 1) || (problem.code === 'schema/combination' && problem.path.length <= depth + 1);
}
