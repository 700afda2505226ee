// `.countersign.yaml` as a source of settings. Parts of the wrong shape are findings of the file and are left out here.
import { CONFIG_FILE } from '../documents';
import type { PlainValue } from '../yaml';
import type { FileFacts } from './facts';
import { resolvePath } from './paths';
import type { Level, NamedLibrary, SettingsSource } from './settings';

const LEVELS: ReadonlySet<unknown> = new Set(['off', 'hint', 'information', 'warning', 'error']);
/** files that may extend each other */
const MAX_EXTENDS = 16;
const MAX_LIBRARIES = 50;

type Table = { readonly [key: string]: PlainValue };
const table = (value: PlainValue | undefined): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const textOf = (value: PlainValue | undefined): string | null => (typeof value === 'string' ? value : null);
const texts = (value: PlainValue | undefined): string[] => (Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : []);

const levels = (value: PlainValue | undefined): Record<string, Level> =>
  Object.fromEntries(Object.entries(table(value)).filter((entry): entry is [string, Level] => LEVELS.has(entry[1])));
const switches = (value: PlainValue | undefined): Record<string, 'on' | 'off'> =>
  // YAML 1.2 reads on and off as text; true and false are what other tools write for them
  Object.fromEntries(Object.entries(table(value)).flatMap(([key, v]): [string, 'on' | 'off'][] => (v === 'on' || v === true ? [[key, 'on']] : v === 'off' || v === false ? [[key, 'off']] : [])));

/** The settings that a configuration's value gives, and the files that it extends. */
export function configSource(value: PlainValue): { source: SettingsSource; extended: readonly string[] } {
  const root = table(value);
  const libraries = (Array.isArray(root.libraries) ? root.libraries : []).slice(0, MAX_LIBRARIES).flatMap((item, index): NamedLibrary[] => {
    const { path, package: name, version } = table(item);
    return [{ config: '', index, path: textOf(path), package: textOf(name), version: textOf(version) }];
  });
  const formats = Object.entries(switches(root.formats)).filter(([, state]) => state === 'off').map(([id]) => id);
  const overrides = (Array.isArray(root.overrides) ? root.overrides : []).map(table).map((o) => ({ files: texts(o.files), severity: levels(o.severity), standards: switches(o.standards) }));
  const extended = typeof root.extends === 'string' ? [root.extends] : texts(root.extends);
  return { source: { exclude: texts(root.exclude), severity: levels(root.severity), standards: switches(root.standards), locked: texts(root.locked), formats, overrides, libraries }, extended };
}

/** The settings of a workspace's file, those that it extends before it: files of the workspace, and those of packages where `packages` says so. Cycles end where they close. */
export function settingsOf(configPath: string, packages: boolean, facts: (path: string) => FileFacts | null, read: (path: string) => { source: SettingsSource; extended: readonly string[] } | null): SettingsSource[] {
  const sources: SettingsSource[] = [];
  const seen = new Set<string>();
  const add = (path: string): void => {
    if (seen.has(path) || seen.size >= MAX_EXTENDS) return;
    seen.add(path);
    const own = facts(path)?.config ? { source: facts(path)?.config as SettingsSource, extended: facts(path)?.extends ?? [] } : read(path);
    if (!own) return;
    for (const other of own.extended) {
      const target = extendedConfig(path, other, packages);
      if (target !== null) add(target);
    }
    sources.push({ ...own.source, libraries: own.source.libraries?.map((library) => ({ ...library, config: path })) });
  };
  add(configPath);
  return sources;
}

/** The configuration of an npm package, or null for a text that is the name of none (a path, or nothing that a package can be called). */
export const packageConfig = (written: string): string | null =>
  !/^\.{1,2}\/|\.ya?ml$/.test(written) && /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/i.test(written) ? `node_modules/${written}/.countersign.yaml` : null;

const PACKAGE_FOLDER = /^node_modules\/(?:@[^/]+\/)?[^/]+\//;

/** The folder of the package that a file lies in, with a slash at its end; null for one of the workspace's own. */
export const packageFolderOf = (path: string): string | null => PACKAGE_FOLDER.exec(path)?.[0] ?? null;

/** The configuration that a path names: a folder stands for the one in it. */
export const configIn = (written: string): string => (/\.ya?ml$/.test(written) ? written : `${written.replace(/\/+$/, '')}/${CONFIG_FILE}`);

/** What a text written in a configuration names, from the file's folder; null for what leads outside. A package stays in its own folder, and names no others. */
export function extendedConfig(from: string, written: string, packages: boolean): string | null {
  const home = packageFolderOf(from) ?? undefined;
  const named = packageConfig(written);
  if (named !== null) return packages && home === undefined ? named : null;
  if (!/^\.{1,2}\//.test(written) && !/\.ya?ml$/.test(written)) return null;
  const target = resolvePath(from, configIn(written), true);
  return target !== null && (home === undefined || target.startsWith(home)) ? target : null;
}
