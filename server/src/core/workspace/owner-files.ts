// What CODEOWNERS and Backstage say of each path: looked up once, and told to be another only where it is.
import { CODEOWNERS_PATHS, codeOwnersOf, type BackstageEntity, type CodeOwners, type Spanned } from '../formats';
import type { Span } from '../text';
import type { PlainValue } from '../yaml';
import type { FileFacts } from './facts';
import { keys, type Key } from './names';

/** What one of these files says of a path. */
export interface OwnerClaim {
  readonly source: 'backstage' | 'codeowners';
  /** the file that says it */
  readonly path: string;
  readonly span: Span;
  /** as `kind:namespace/name`, or as CODEOWNERS writes them; empty where the path is left without an owner on purpose */
  readonly owners: readonly string[];
  /** the same where they stand; their places are those of the last change of the file */
  readonly written: readonly Spanned<string>[];
  /** said of every path alike: a default, which speaks of this one no more than of any other */
  readonly general: boolean;
  /** who is asked to approve a change of the path */
  readonly reviews: readonly OwnerReview[];
}

export interface OwnerReview {
  /** GitLab's section; null where there is none */
  readonly section: string | null;
  readonly optional: boolean;
  readonly count: number;
  readonly owners: readonly string[];
}

/** Strongest first. */
export type PathOwners = readonly OwnerClaim[];

const NOTHING: PathOwners = [];

export class OwnerFiles {
  readonly #codeowners = new Map<string, CodeOwners>();
  readonly #entities = new Map<string, readonly BackstageEntity[]>();
  /** Backstage's files by folder, sorted; `''` for the workspace folder */
  readonly #folders = new Map<string, readonly string[]>();
  readonly #asked = new Map<string, PathOwners>();
  readonly #owned = new Set<string>();
  readonly #ours = new Set<string>();
  #stale = false;

  /** Takes note of a file's new facts; true where owners may be others now. */
  replace(before: FileFacts | null, after: FileFacts | null, changed: Set<Key>): boolean {
    const governed = this.any;
    const others = this.#replace(before, after, changed);
    if (governed !== this.any) changed.add(keys.governed);
    return others;
  }

  #replace(before: FileFacts | null, after: FileFacts | null, changed: Set<Key>): boolean {
    const path = after?.path ?? before?.path ?? '';
    const owned = isOwned(after);
    if (owned !== this.#owned.has(path)) {
      if (owned) this.#owned.add(path);
      else this.#owned.delete(path);
      changed.add(keys.owned);
    }
    if (after?.role === 'countersign' || after?.role === 'config') this.#ours.add(path);
    else this.#ours.delete(path);
    const handles = handlesPrint(before, after !== null) !== handlesPrint(after, before !== null);
    if (handles) changed.add(keys.handles);
    if (!before?.foreign?.owners && !after?.foreign?.owners) return handles;
    this.#codeowners.delete(path);
    this.#entities.delete(path);
    const owners = after?.foreign?.owners;
    if (owners?.codeowners) this.#codeowners.set(path, owners.codeowners);
    else if (owners) this.#entities.set(path, owners.entities);
    const folder = folderOf(path);
    this.#folders.set(folder, [...(this.#folders.get(folder) ?? []).filter((one) => one !== path), ...(this.#entities.has(path) ? [path] : [])].sort());
    this.#stale = true;
    return true;
  }

  /** Adds the keys of the paths of which something else is said now. */
  settle(changed: Set<Key>): void {
    if (!this.#stale) return;
    this.#stale = false;
    for (const [path, before] of this.#asked) {
      const now = this.#look(path);
      this.#asked.set(path, now);
      if (print(now) !== print(before)) changed.add(keys.owner(path));
    }
  }

  of(path: string): PathOwners {
    let known = this.#asked.get(path);
    if (!known) this.#asked.set(path, (known = this.#look(path)));
    return known;
  }

  /** The files whose owner matters here: documents of ours and agent files, sorted. */
  owned(): readonly string[] {
    return [...this.#owned].sort();
  }

  /** True where a file says who owns what, or there is a document of ours. */
  get any(): boolean {
    return this.#ours.size > 0 || this.#codeowners.size > 0 || this.#entities.size > 0;
  }

  /** All groups and users that Backstage's files declare. */
  entities(): readonly BackstageEntity[] {
    return [...this.#entities.keys()].sort().flatMap((path) => this.#entities.get(path) ?? []);
  }

  #look(path: string): PathOwners {
    const claims = [this.#backstage(path), this.#codeownersOf(path)].filter((claim): claim is OwnerClaim => claim !== null);
    return claims.length > 0 ? claims : NOTHING;
  }

  /** The nearest file upwards that gives a component, or anything else, an owner. */
  #backstage(path: string): OwnerClaim | null {
    if (this.#entities.size === 0) return null;
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      for (const file of this.#folders.get(folder) ?? []) {
        const governing = governingOf(this.#entities.get(file) ?? []);
        const first = governing[0]?.owner;
        if (!first) continue;
        const owners = [...new Set(governing.flatMap(({ owner }) => (owner ? [owner.ref] : [])))];
        return { source: 'backstage', path: file, span: first.span, owners, written: governing.flatMap(({ owner }) => owner ?? []), general: false, reviews: [] };
      }
      if (folder === '') return null;
    }
  }

  #codeownersOf(path: string): OwnerClaim | null {
    const place = CODEOWNERS_PATHS.find((one) => this.#codeowners.has(one));
    const file = place === undefined ? undefined : this.#codeowners.get(place);
    const matches = file ? codeOwnersOf(file, path) : [];
    const first = matches[0];
    if (place === undefined || !first) return null;
    const reviews = matches.map(({ section, owners }) => ({ section: section.name, optional: section.optional, count: section.approvals, owners: owners.map((owner) => owner.value) }));
    const written = matches.flatMap((match) => match.owners);
    return { source: 'codeowners', path: place, written, span: first.rule.span, owners: [...new Set(reviews.flatMap((review) => review.owners))], general: matches.every(({ rule }) => rule.everything), reviews };
  }
}

/** The components of a file, else all that has an owner. */
function governingOf(entities: readonly BackstageEntity[]): readonly BackstageEntity[] {
  const owned = entities.filter(({ owner }) => owner !== null);
  const components = owned.filter(({ kind }) => kind === 'component');
  return components.length > 0 ? components : owned;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

const isOwned = (facts: FileFacts | null): boolean => facts !== null && ((facts.role === 'countersign' && facts.documents.length > 0) || (facts.foreign?.agents.length ?? 0) > 0);

const print = (owners: PathOwners): string => JSON.stringify(owners, (key, value: unknown) => (key === 'span' ? undefined : value));

/** By what names a Catalog knows its teams and people; without `compared` only whether there is one. */
function handlesPrint(facts: FileFacts | null, compared: boolean): string {
  const catalogs = facts?.documents.filter((document) => document.kind === 'Catalog') ?? [];
  if (catalogs.length === 0) return '';
  if (!compared) return 'catalog';
  return JSON.stringify(catalogs.map(({ value }) => ['teams', 'people'].map((section) => entriesOf(value, section).map(([name, entry]) => [name, ...HANDLES.map((key) => at(entry, key) ?? null)]))));
}

const HANDLES = ['github', 'backstage', 'contact', 'email'];

function entriesOf(value: PlainValue, section: string): [string, PlainValue][] {
  const found = at(at(value, 'spec'), section);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.entries(found) : [];
}

const at = (value: PlainValue | undefined, key: string): PlainValue | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? value[key] : undefined);
