// The workspace's names: who declares what, where. Changes are reported as keys, so that only what asked for a key is checked again.
import type { NameKind } from '../documents';
import type { Span } from '../text';
import type { PlainValue } from '../yaml';

/** One declaration of a name. */
export interface Declared {
  readonly kind: NameKind;
  readonly name: string;
  /** the file, relative to the workspace folder */
  readonly path: string;
  /** the name in the file, quotes included */
  readonly span: Span;
  /** the name without quotes */
  readonly nameSpan: Span;
  /** the name is a pattern (Catalog `models`) */
  readonly pattern: boolean;
  /** false where two declarations of the name are no conflict */
  readonly unique: boolean;
  /** which of the file's documents declares it, from 0 */
  readonly document: number;
  /** false for what files of other tools declare */
  readonly ours: boolean;
  /** what is declared, as plain data (the Catalog's entry, the document's spec) */
  readonly value: PlainValue;
  /** changes with the content but not with the place */
  readonly fingerprint: string;
}

/** A fact that a check asked for; a change touches a set of them. See `keys`. */
export type Key = string;

export const keys = {
  /** does anything declare this kind? */
  any: (kind: NameKind): Key => `any:${kind}`,
  /** the set of all names of a kind */
  names: (kind: NameKind): Key => `names:${kind}`,
  /** existence of one name */
  has: (kind: NameKind, name: string): Key => `has:${kind}/${name}`,
  /** existence and content of one name */
  name: (kind: NameKind, name: string): Key => `name:${kind}/${name}`,
  /** where one name stands */
  place: (kind: NameKind, name: string): Key => `place:${kind}/${name}`,
  /** content and existence of a file */
  file: (path: string): Key => `file:${path}`,
  /** the day on which the workspace is looked at */
  /** agents of other tools' files that no manifest governs */
  looseAgents: 'loose-agents' as Key,
  /** which manifests govern a file */
  governors: (path: string): Key => `governors:${path}`,
  /** what files of other tools permit */
  permissions: 'permissions' as Key,
  /** what decisions ask of an agent of a name */
  agent: (name: string): Key => `agent:${name}`,
  /** the same of any agent */
  agents: 'agents' as Key,
  /** the content of every document of a kind */
  documents: (kind: string): Key => `documents:${kind}`,
  /** what CODEOWNERS and Backstage say of a path */
  owner: (path: string): Key => `owner:${path}`,
  /** by what names other tools know the Catalog's teams and people */
  handles: 'handles' as Key,
  /** is there anything of ours, or anything that says whose files are? */
  governed: 'governed' as Key,
  /** the set of files whose owner matters */
  owned: 'owned' as Key,
  clock: 'clock' as Key,
  settings: 'settings' as Key,
  /** the snippet libraries that the configurations name */
  libraries: 'libraries' as Key,
} as const;

export class Names {
  readonly #byKind = new Map<NameKind, Map<string, Declared[]>>();
  readonly #versions = new Map<NameKind, number>();
  readonly #sorted = new Map<NameKind, readonly string[]>();
  readonly #counts = new Map<NameKind, number>();

  /** Grows whenever a declaration of the kind comes, goes or changes. */
  version(kind: NameKind): number {
    return this.#versions.get(kind) ?? 0;
  }

  find(kind: NameKind, name: string): readonly Declared[] {
    return this.#byKind.get(kind)?.get(name) ?? [];
  }

  names(kind: NameKind): ReadonlyMap<string, readonly Declared[]> {
    return this.#byKind.get(kind) ?? EMPTY;
  }

  /** How many declarations of a kind there are. */
  count(kind: NameKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** All names of a kind in their order, so that no answer depends on the order of edits. */
  sorted(kind: NameKind): readonly string[] {
    let names = this.#sorted.get(kind);
    if (!names) this.#sorted.set(kind, (names = [...this.names(kind).keys()].sort()));
    return names;
  }

  /** Replaces what one file declares and adds to `changed` the keys whose answer is now another. */
  replace(old: readonly Declared[], now: readonly Declared[], changed: Set<Key>): void {
    const [before, after] = differing(old, now);
    if (before.length === 0 && after.length === 0) return;
    const touched = new Map<string, { kind: NameKind; name: string; said: string; place: string }>();
    const note = (d: Declared): void => {
      const id = `${d.kind}/${d.name}`;
      if (!touched.has(id)) touched.set(id, { kind: d.kind, name: d.name, ...this.#digest(d.kind, d.name) });
    };
    before.forEach(note);
    after.forEach(note);
    const sizes = new Map<NameKind, number>();
    for (const { kind } of touched.values()) sizes.set(kind, this.names(kind).size);
    for (const d of before) this.#remove(d);
    for (const d of after) this.#add(d);
    for (const { kind, name, said, place } of touched.values()) {
      const is = this.#digest(kind, name);
      if (is.said !== said) {
        changed.add(keys.name(kind, name));
        this.#versions.set(kind, this.version(kind) + 1);
      }
      if (is.said !== said || is.place !== place) changed.add(keys.place(kind, name));
      if ((said === '') !== (is.said === '')) {
        changed.add(keys.names(kind));
        changed.add(keys.has(kind, name));
        this.#sorted.delete(kind);
      }
      if ((sizes.get(kind) === 0) !== (this.names(kind).size === 0)) changed.add(keys.any(kind));
    }
  }

  #digest(kind: NameKind, name: string): { said: string; place: string } {
    const all = this.find(kind, name);
    const [one] = all;
    if (one && all.length === 1) return { said: `${one.path}\0${one.fingerprint}`, place: `${one.path}:${one.span.start}-${one.span.end}` };
    return { said: all.map((d) => `${d.path}\0${d.fingerprint}`).join('\x01'), place: all.map((d) => `${d.path}:${d.span.start}-${d.span.end}`).join(' ') };
  }

  #add(d: Declared): void {
    this.#counts.set(d.kind, this.count(d.kind) + 1);
    let names = this.#byKind.get(d.kind);
    if (!names) this.#byKind.set(d.kind, (names = new Map()));
    const list = names.get(d.name);
    // kept in the order of path and place, so that the answer does not depend on the order of edits
    if (!list) names.set(d.name, [d]);
    else {
      const at = list.findIndex((other) => other.path > d.path || (other.path === d.path && other.span.start > d.span.start));
      list.splice(at < 0 ? list.length : at, 0, d);
    }
  }

  #remove(d: Declared): void {
    const names = this.#byKind.get(d.kind);
    const list = names?.get(d.name);
    const at = list?.indexOf(d) ?? -1;
    if (!list || at < 0) return;
    list.splice(at, 1);
    this.#counts.set(d.kind, this.count(d.kind) - 1);
    if (list.length === 0) names?.delete(d.name);
  }
}

const EMPTY: ReadonlyMap<string, readonly Declared[]> = new Map();

/** What of two lists is not the same declaration, which stands where it stood. */
function differing(before: readonly Declared[], after: readonly Declared[]): readonly [readonly Declared[], readonly Declared[]] {
  if (before.length === 0 || after.length === 0) return [before, after];
  const [old, now] = [new Set(before), new Set(after)];
  return [before.filter((d) => !now.has(d)), after.filter((d) => !old.has(d))];
}
