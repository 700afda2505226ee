// The libraries of a workspace: SnippetLibrary documents in its folders and in the packages that `.countersign.yaml` names, with their snippets. What is broken is left out; its file has the finding.
import { kindOfFileName } from '../documents';
import { glob, isElsewhere, packageFolderOf, resolveOutside, resolvePath, type Declared, type NamedLibrary, type Queries, type Settings } from '../workspace';
import type { PlainValue } from '../yaml';
import { isOfPackage } from './hoisted';
import { readSnippets, type Snippet } from './read-file';
import { parseRange, parseVersion } from './version';

/** An entry of `libraries` in `.countersign.yaml`, or in a configuration that it extends. */
export interface LibraryEntry {
  /** the configuration that names it */
  readonly config: string;
  /** in that configuration's list */
  readonly index: number;
  /** of two entries the one that counts more has the lower */
  readonly rank: number;
  readonly kind: 'path' | 'package';
  /** as it is written */
  readonly name: string;
  readonly range: string | null;
  /** the folder, with a slash at its end (empty for the workspace itself); it begins with `../` where another folder holds it; null for what leads outside of a package, is absolute, or names no package */
  readonly folder: string | null;
}

export interface Library {
  readonly name: string;
  readonly title: string | null;
  readonly owner: string | null;
  readonly version: string | null;
  /** the document's file; null for the library that comes with Countersign */
  readonly path: string | null;
  /** with a slash at its end, or empty */
  readonly folder: string;
  /** the entry that names it; null for one of the workspace that is not named */
  readonly entry: LibraryEntry | null;
  /** false where its version is not in the range that the entry asks for; its snippets are then not offered */
  readonly accepted: boolean;
  /** `library/prefix` of others */
  readonly hides: readonly string[];
  /** its snippet files, sorted */
  readonly files: readonly LibraryFile[];
}

export interface LibraryFile {
  readonly path: string;
  readonly text: string;
  readonly snippets: readonly Snippet[];
}

const MAX_LIBRARIES = 50;
const MAX_FILES = 200;

type Table = { readonly [key: string]: PlainValue };
const table = (value: PlainValue | undefined): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const list = (value: PlainValue | undefined): readonly PlainValue[] => (Array.isArray(value) ? value : []);
const text = (value: PlainValue | undefined): string | null => (typeof value === 'string' ? value : null);

const PACKAGE = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/i;

/** The entries of the configurations, those of the workspace's own first; of two that mean one folder the first. Faulty ones are left out, their places kept. */
export function libraryEntries(named: readonly NamedLibrary[]): readonly LibraryEntry[] {
  const entries = named.slice(0, MAX_LIBRARIES).flatMap(({ config, index, path, package: name, version: range }, rank): LibraryEntry[] => {
    if ((path === null) === (name === null)) return [];
    if (path !== null) return [{ config, index, rank, kind: 'path', name: path, range, folder: pathFolder(config, path) }];
    return [{ config, index, rank, kind: 'package', name: name ?? '', range, folder: PACKAGE.test(name ?? '') ? `node_modules/${name}/` : null }];
  });
  return entries.filter(({ folder }, at) => folder === null || entries.findIndex((other) => other.folder === folder) === at);
}

/** A path begins at the folder of the configuration that names it. One that a package brings stays in the package. */
function pathFolder(config: string, path: string): string | null {
  const home = packageFolderOf(config);
  const inside = resolvePath(config, path, true);
  if (home !== null) return inside !== null && `${inside}/`.startsWith(home) ? `${inside}/` : null;
  const target = inside ?? resolveOutside(config, path);
  return target === null ? null : target === '' ? '' : `${target}/`;
}

export const libraryEntriesOf = (queries: Pick<Queries, 'libraries'>): readonly LibraryEntry[] => libraryEntries(queries.libraries.libraries);

/** Whether a file lies in the folder of an entry; a package may lie further up. */
const isOf = ({ folder }: LibraryEntry, path: string): boolean => folder !== null && (path.startsWith(folder) || (folder.startsWith('node_modules/') && isOfPackage(folder.slice(0, -1), path)));

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The library whose document is declared; `entries` are those of the configuration. */
function libraryOf(declared: Declared, entries: readonly LibraryEntry[], files: readonly LibraryFile[]): Library {
  const document = table(declared.value);
  const [metadata, spec] = [table(document.metadata), table(document.spec)];
  const folder = folderOf(declared.path);
  const entry = entries.filter((one) => isOf(one, declared.path)).sort((a, b) => (b.folder?.length ?? 0) - (a.folder?.length ?? 0))[0] ?? null;
  const version = text(spec.version);
  return {
    name: declared.name, title: text(metadata.title), owner: text(metadata.owner), version, path: declared.path, folder, entry, accepted: accepts(entry?.range ?? null, version),
    hides: list(spec.hides).flatMap((name) => text(name) ?? []), files,
  };
}

/** A range that is no range, and a version that is no version, accept and are accepted only as the same text. */
export function accepts(range: string | null, version: string | null): boolean {
  if (range === null) return true;
  const [test, parsed] = [parseRange(range), version === null ? null : parseVersion(version)];
  return test && parsed ? test(parsed) : range === version;
}

/** The paths of a library as matchers; a path that leaves the library matches nothing. */
function within(declared: Declared): (path: string) => boolean {
  const folder = folderOf(declared.path);
  const patterns = list(table(table(declared.value).spec).snippets).flatMap((one) => text(one) ?? []);
  const matchers = patterns.filter((one) => !one.split(/[/\\]/).includes('..') && !/^[/\\~]|^[a-z]+:/i.test(one)).flatMap((one) => glob(one.startsWith('./') ? one : `./${one}`) ?? []);
  return (path) => path.startsWith(folder) && matchers.some((matches) => matches(path.slice(folder.length)));
}

/** Documents of libraries that the workspace may use: those of packages and of other folders only where an entry names them. */
function documentsOf(queries: Queries, entries: readonly LibraryEntry[]): readonly Declared[] {
  return queries.all('library').filter(({ path }) => !isElsewhere(path) || entries.some((entry) => entry.folder !== '' && isOf(entry, path))).slice(0, MAX_LIBRARIES);
}

/** All libraries with their snippets, in the order of the entries, then by name. */
export function librariesOf(queries: Queries): readonly Library[] {
  const entries = libraryEntriesOf(queries);
  const paths = [...new Set(queries.all('snippet').map(({ path }) => path))].filter((path) => path.endsWith('.code-snippets')).sort();
  const libraries = documentsOf(queries, entries).map((declared) => {
    const matches = within(declared);
    const files = paths.filter(matches).slice(0, MAX_FILES).flatMap((path): LibraryFile[] => {
      const content = queries.text(path);
      return content === null ? [] : [{ path, text: content, snippets: readSnippets(content).snippets }];
    });
    return libraryOf(declared, entries, files);
  });
  const rank = ({ entry }: Library): number => entry?.rank ?? Number.MAX_SAFE_INTEGER;
  return libraries.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The library to which a snippet file belongs, by its path alone; null for none. */
export function libraryOfFile(path: string, queries: Queries): Library | null {
  const entries = libraryEntriesOf(queries);
  const declared = documentsOf(queries, entries).find((one) => within(one)(path));
  return declared ? libraryOf(declared, entries, []) : null;
}

/** `library/prefix`, where `*` stands for any run of characters. */
export const nameOf = (library: Library, prefix: string): string => `${library.name}/${prefix}`;

/** The files of a folder of a library that are read: its document, and its snippets. */
export const isLibraryFile = (path: string): boolean => /\.code-snippets$/i.test(path) || kindOfFileName(path) === 'SnippetLibrary';

type Naming = { readonly settings: Pick<Settings, 'packages' | 'libraries'> };

/** The folders, without a slash at their end, that libraries are named in and that a search of the workspace does not enter, where these may be read at all: those of packages, and those within packages. */
export function packageFolders({ settings }: Naming): readonly string[] {
  if (!settings.packages) return [];
  return libraryEntries(settings.libraries).flatMap(({ folder }) => (folder?.startsWith('node_modules/') ? [folder.slice(0, -1)] : []));
}

/** The same of folders outside the workspace, as seen from it: only what is open beside it may be read. */
export function outsideFolders({ settings }: Naming): readonly string[] {
  if (!settings.packages) return [];
  return libraryEntries(settings.libraries).flatMap(({ folder }) => (folder?.startsWith('../') ? [folder.slice(0, -1)] : []));
}
