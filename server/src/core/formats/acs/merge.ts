// A manifest with all that it extends. Parts add up; what two define differently, and a base that cannot be had, make the whole fail, and then everything is denied.
import type { Problem, Span } from '../../text';
import type { PlainValue } from '../../yaml';
import type { ForeignAgent, OtherFiles } from '../format';
import { folders, resolveBeside } from '../paths';
import { SECTIONS, detailOf, mapValue, type AcsDetail, type Base, type Entry, type Section } from './detail';

export interface MergedEntry extends Entry {
  /** the manifest that it stands in */
  readonly path: string;
  /** where the manifest itself has it, or names the base that has it */
  readonly shown: Span;
}

export interface Merged {
  readonly sections: { readonly [section in Section]: ReadonlyMap<string, MergedEntry> };
  readonly approval: MergedEntry | null;
  readonly agents: readonly ForeignAgent[];
  /** where the manifest itself leads to what makes the whole fail */
  readonly failure: Span | null;
  /** what of it is to be said here: what a base says of itself is said there */
  readonly problems: readonly Problem[];
  /** addresses whose manifests are not fetched */
  readonly remote: readonly string[];
}

export const CONFLICT = 'format/acs/base-conflict';
export const UNUSABLE = 'format/acs/base-unusable';
export const OUTSIDE = 'format/acs/base-outside';

/** Manifests that one extends, at most. */
const MAX_BASES = 50;

export function mergeManifest(path: string, detail: AcsDetail, others: OtherFiles): Merged {
  const tree = folders(path).map((folder) => `${folder}/`).join('');
  const sections: { [section in Section]: Map<string, MergedEntry> } = { metadata: new Map(), policies: new Map(), intervention_points: new Map(), tools: new Map(), annotators: new Map() };
  const problems: Problem[] = [];
  let failure: Span | null = null;
  const remote: string[] = [];
  const agents: ForeignAgent[] = [];
  let approval: MergedEntry | null = null;
  let count = 0;
  const done = new Set<string>();

  /** `at`: where the manifest itself names the base through which this one comes; null in the manifest itself. */
  const take = (here: string, own: AcsDetail, chain: readonly string[], at: Span | null): void => {
    if (++count > MAX_BASES) return;
    for (const base of own.bases) {
      const span = at ?? base.span;
      if (base.kind === 'https') remote.push(base.written);
      else takeBase(here, own, base, chain, span);
    }
    agents.push(own.agent);
    const clash = (name: string, entry: Entry, other: MergedEntry): void => {
      const there = other.path === here ? '' : `, as \`${other.path}\` has it`;
      failure ??= at ?? entry.span;
      // what two manifests of one branch contradict is said in that branch
      if (at !== null && other.shown.start === at.start) return;
      problems.push({ code: CONFLICT, span: at ?? entry.span, message: `\`${name}\` is defined differently in two manifests${at ? ` (\`${here}\` and \`${other.path}\`)` : there}. Then the whole fails to load and everything is denied; give one of them another name, or make them the same.` });
    };
    for (const section of SECTIONS) for (const [name, entry] of own.sections[section]) join(sections[section], section, name, { ...entry, path: here, shown: at ?? entry.span }, (where, other) => clash(where, entry, other));
    if (own.approval) {
      if (approval && !sameValue(approval.value, own.approval.value)) clash('approval', own.approval, approval);
      approval = { ...own.approval, path: here, shown: at ?? own.approval.span };
    }
  };

  const takeBase = (here: string, own: AcsDetail, { written, kind }: Base, chain: readonly string[], span: Span): void => {
    const unusable = (why: string, code = UNUSABLE, said = here === path): void => {
      failure ??= span;
      // a base's own base is said there, but for where it lies: that depends on the manifest that is loaded
      if (said || code === OUTSIDE) problems.push({ code, span, message: `\`${written}\` ${why}. Then the manifest fails to load and everything is denied.` });
    };
    if (kind === 'other') return unusable('is no path and no `https` address, and nothing else can be extended');
    const target = resolveBeside(here, written);
    if (target === null || !target.startsWith(tree)) return unusable('lies outside the folder of the manifest that is loaded, and bases must lie in it or below', OUTSIDE);
    if (target === path || chain.includes(target)) return unusable('leads back to a manifest that extends it', UNUSABLE, here === path || target === path);
    if (done.has(target)) return undefined;
    const base = detailOf(others.file(target));
    if (!base) {
      // what is there and cannot be read here may be read by the engine
      if (!others.exists(target)) unusable('is not there');
      else remote.push(written);
      return undefined;
    }
    if (base.version !== own.version) unusable(`is of version \`${base.version}\` and this manifest of \`${own.version}\`; they must be the same`);
    done.add(target);
    return take(target, base, [...chain, here], span);
  };

  take(path, detail, [], null);
  return { sections, approval, agents, failure, problems, remote };
}

function join(into: Map<string, MergedEntry>, section: Section, name: string, entry: MergedEntry, clash: (where: string, other: MergedEntry) => void): void {
  const known = into.get(name);
  if (!known) {
    into.set(name, entry);
    return;
  }
  if (section === 'intervention_points') {
    const [a, b] = [mapValue(known.value), mapValue(entry.value)];
    for (const key of Object.keys(b)) if (key !== 'annotations' && Object.hasOwn(a, key) && !sameValue(a[key], b[key])) clash(`${section}.${name}.${key}`, known);
    const [notes, more] = [mapValue(a['annotations']), mapValue(b['annotations'])];
    for (const key of Object.keys(more)) if (Object.hasOwn(notes, key) && !sameValue(notes[key], more[key])) clash(`${section}.${name}.annotations.${key}`, known);
    const annotations = { ...notes, ...more };
    into.set(name, { ...entry, value: { ...a, ...b, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) } });
  } else if (section === 'metadata') {
    const found = conflictIn(known.value, entry.value, `${section}.${name}`);
    if (found !== null) clash(found, known);
    into.set(name, { ...entry, value: deepJoin(known.value, entry.value) });
  } else if (!sameValue(known.value, entry.value)) clash(`${section}.${name}`, known);
}

const isMap = (value: PlainValue | undefined): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first place at which two values say different things. */
function conflictIn(a: PlainValue | undefined, b: PlainValue | undefined, where: string): string | null {
  if (!isMap(a) || !isMap(b)) return sameValue(a, b) ? null : where;
  const [one, other] = [mapValue(a), mapValue(b)];
  for (const key of Object.keys(other)) {
    const found = Object.hasOwn(one, key) ? conflictIn(one[key], other[key], `${where}.${key}`) : null;
    if (found !== null) return found;
  }
  return null;
}

function deepJoin(a: PlainValue, b: PlainValue): PlainValue {
  if (!isMap(a) || !isMap(b)) return b;
  const result = new Map(Object.entries(mapValue(a)));
  for (const [key, value] of Object.entries(mapValue(b))) result.set(key, result.has(key) ? deepJoin(result.get(key) ?? null, value) : value);
  return Object.fromEntries(result);
}

function sameValue(a: PlainValue | undefined, b: PlainValue | undefined): boolean {
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && a.length === b.length && (a as readonly PlainValue[]).every((item, index) => sameValue(item, (b as readonly PlainValue[])[index]));
  if (!isMap(a) || !isMap(b)) return a === b;
  const [one, other] = [mapValue(a), mapValue(b)];
  return Object.keys(one).length === Object.keys(other).length && Object.keys(one).every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]));
}
