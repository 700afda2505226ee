// `.countersign.yaml` as a source of settings. Parts of the wrong shape are findings of the file and are left out here.
import type { PlainValue } from '../yaml';
import type { FileFacts } from './facts';
import { resolvePath } from './paths';
import type { Level, SettingsSource } from './settings';

const LEVELS: ReadonlySet<unknown> = new Set(['off', 'hint', 'information', 'warning', 'error']);
/** files that may extend each other */
const MAX_EXTENDS = 16;

type Table = { readonly [key: string]: PlainValue };
const table = (value: PlainValue | undefined): Table => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const texts = (value: PlainValue | undefined): string[] => (Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : []);

const levels = (value: PlainValue | undefined): Record<string, Level> =>
  Object.fromEntries(Object.entries(table(value)).filter((entry): entry is [string, Level] => LEVELS.has(entry[1])));
const switches = (value: PlainValue | undefined): Record<string, 'on' | 'off'> =>
  // YAML 1.2 reads on and off as text; true and false are what other tools write for them
  Object.fromEntries(Object.entries(table(value)).flatMap(([key, v]): [string, 'on' | 'off'][] => (v === 'on' || v === true ? [[key, 'on']] : v === 'off' || v === false ? [[key, 'off']] : [])));

/** The settings that a configuration's value gives, and the files that it extends. */
export function configSource(value: PlainValue): { source: SettingsSource; extended: readonly string[] } {
  const root = table(value);
  const formats = Object.entries(switches(root.formats)).filter(([, state]) => state === 'off').map(([id]) => id);
  const overrides = (Array.isArray(root.overrides) ? root.overrides : []).map(table).map((o) => ({ files: texts(o.files), severity: levels(o.severity), standards: switches(o.standards) }));
  const extended = typeof root.extends === 'string' ? [root.extends] : texts(root.extends);
  return { source: { exclude: texts(root.exclude), severity: levels(root.severity), standards: switches(root.standards), locked: texts(root.locked), formats, overrides }, extended };
}

/** The settings of a workspace's file, those that it extends (files of the workspace) before it. Cycles end where they close. */
export function settingsOf(configPath: string, facts: (path: string) => FileFacts | null, read: (path: string) => { source: SettingsSource; extended: readonly string[] } | null): SettingsSource[] {
  const sources: SettingsSource[] = [];
  const seen = new Set<string>();
  const add = (path: string): void => {
    if (seen.has(path) || seen.size >= MAX_EXTENDS) return;
    seen.add(path);
    const own = facts(path)?.config ? { source: facts(path)?.config as SettingsSource, extended: facts(path)?.extends ?? [] } : read(path);
    if (!own) return;
    for (const other of own.extended) {
      const target = within(path, other);
      if (target !== null) add(target);
    }
    sources.push(own.source);
  };
  add(configPath);
  return sources;
}

/** A path written in a configuration, from the file's folder; null for packages and for what leaves the workspace. */
function within(from: string, written: string): string | null {
  if (!/^\.{1,2}\//.test(written) && !/\.ya?ml$/.test(written)) return null;
  return resolvePath(from, written, true);
}
