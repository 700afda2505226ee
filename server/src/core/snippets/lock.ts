// `.countersign/snippets.lock`: of each library that is used its version, a hash of its content, and its snippets as they were, so that a change can be shown without asking anybody.
import { sha256 } from '../policy';
import { SNIPPETS_LOCK, packageFolderOf } from '../workspace';
import { parseJson, plainValue, type PlainValue } from '../yaml';
import type { Library, LibraryEntry } from './libraries';

export const LOCK_FILE = SNIPPETS_LOCK;

export interface LockedLibrary {
  readonly name: string;
  /** `path:snippets`, `package:@acme/governance` */
  readonly from: string;
  readonly version: string | null;
  /** `sha256:` and hex digits */
  readonly hash: string;
  /** bodies by the first prefix, else by name */
  readonly snippets: Readonly<Record<string, string>>;
  /** bodies that are others by now and from which documents of the workspace were inserted, by their hash: with these the documents can be brought up to date */
  readonly earlier?: Readonly<Record<string, string>>;
}

/** The bodies of a library by the word that people type; of two of one prefix both, the second under its name. */
export function bodiesOf(library: Pick<Library, 'files'>): Readonly<Record<string, string>> {
  const bodies = new Map<string, string>();
  for (const { snippets } of library.files) for (const snippet of snippets) {
    const prefix = snippet.prefixes[0]?.text ?? snippet.name;
    bodies.set(bodies.has(prefix) ? `${prefix} (${snippet.name})` : prefix, snippet.body);
  }
  return Object.fromEntries([...bodies].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A hash over names and texts of a library's snippet files; how lines end does not count. */
export function contentHash({ files, folder }: Pick<Library, 'files' | 'folder'>): string {
  const content = files.map(({ path, text }) => [path.slice(folder.length), text.replaceAll('\r\n', '\n')]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return `sha256:${sha256(JSON.stringify(content))}`;
}

/** An entry in words: `path:lib`, `package:@acme/governance`, also where the settings that this package brings name it. */
export function entryWords({ config, kind, name, folder }: LibraryEntry): string {
  const home = kind === 'path' ? packageFolderOf(config) : null;
  return home !== null && folder !== null ? `package:${folder.slice('node_modules/'.length, -1)}` : `${kind}:${name}`;
}

export const fromOf = ({ entry, folder }: Pick<Library, 'entry' | 'folder'>): string => (entry ? entryWords(entry) : `path:${folder.replace(/\/$/, '') || '.'}`);

export const lockedOf = (library: Library): LockedLibrary => ({ name: library.name, from: fromOf(library), version: library.version, hash: contentHash(library), snippets: bodiesOf(library) });

/** The lock as text, the same for the same libraries. */
export const lockText = (libraries: readonly LockedLibrary[]): string =>
  `${JSON.stringify({ lockVersion: 1, libraries: [...libraries].sort((a, b) => (a.name < b.name ? -1 : 1)) }, null, 2)}\n`;

/** What a lock says; null for a text that is no lock. Entries of the wrong shape are left out. */
export function readLock(text: string): readonly LockedLibrary[] | null {
  const document = parseJson(text).documents[0];
  if (!document || document.problems.length > 0) return null;
  const root = plainValue(document.root);
  const libraries = isTable(root) && Array.isArray(root.libraries) ? root.libraries : null;
  return libraries?.flatMap((value): LockedLibrary[] => {
    if (!isTable(value) || typeof value.name !== 'string' || typeof value.hash !== 'string') return [];
    const [snippets, earlier] = [textsIn(value.snippets), textsIn(value.earlier)];
    return [{ name: value.name, from: typeof value.from === 'string' ? value.from : '', version: typeof value.version === 'string' ? value.version : null, hash: value.hash, snippets, ...(Object.keys(earlier).length > 0 ? { earlier } : {}) }];
  }) ?? null;
}

const textsIn = (value: PlainValue | undefined): Record<string, string> => (isTable(value) ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : {});

const isTable = (value: PlainValue | undefined): value is { readonly [key: string]: PlainValue } => typeof value === 'object' && value !== null && !Array.isArray(value);

export interface SnippetChange {
  readonly prefix: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before: string | null;
  readonly after: string | null;
}

/** What became of the snippets of a library since it was locked. */
export function snippetChanges(locked: LockedLibrary, now: LockedLibrary): readonly SnippetChange[] {
  const prefixes = [...new Set([...Object.keys(locked.snippets), ...Object.keys(now.snippets)])].sort();
  return prefixes.flatMap((prefix): SnippetChange[] => {
    const before = Object.hasOwn(locked.snippets, prefix) ? (locked.snippets[prefix] ?? '') : null;
    const after = Object.hasOwn(now.snippets, prefix) ? (now.snippets[prefix] ?? '') : null;
    if (before === after) return [];
    return [{ prefix, before, after, change: before === null ? 'added' : after === null ? 'removed' : 'changed' }];
  });
}
