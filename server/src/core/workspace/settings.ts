// What `.countersign.yaml` and the editor's settings say together: what is searched, how severe a finding is, which formats are read.
import { globs } from './glob';

export type Level = 'off' | 'hint' | 'information' | 'warning' | 'error';
const LEVELS: readonly Level[] = ['off', 'hint', 'information', 'warning', 'error'];
const rank = (level: Level): number => LEVELS.indexOf(level);

/** One source of settings, already of the right shape: the folder's file, a file that it extends, or the editor's section. */
export interface SettingsSource {
  readonly exclude?: readonly string[];
  readonly severity?: Readonly<Record<string, Level>>;
  readonly standards?: Readonly<Record<string, 'on' | 'off'>>;
  readonly locked?: readonly string[];
  readonly formats?: readonly string[];
  readonly libraries?: readonly NamedLibrary[];
  readonly overrides?: readonly { readonly files: readonly string[]; readonly severity?: Readonly<Record<string, Level>>; readonly standards?: Readonly<Record<string, 'on' | 'off'>> }[];
}

/** An entry of `libraries`, as it is written. */
export interface NamedLibrary {
  /** the configuration that names it */
  readonly config: string;
  /** in that configuration's list, from 0 */
  readonly index: number;
  readonly path: string | null;
  readonly package: string | null;
  readonly version: string | null;
}

export interface Settings {
  excluded(path: string): boolean;
  /** the level of a code in a file, `fallback` where nothing speaks of it */
  level(code: string, path: string, fallback: Level): Level;
  /** `on`, `off`, or null where nothing speaks of the standard; of one requirement of it where its code is given: a lock keeps it */
  standard(name: string, path: string, code?: string): 'on' | 'off' | null;
  formatOff(format: string): boolean;
  locked(code: string): boolean;
  /** the configurations of npm packages are read */
  readonly packages: boolean;
  /** the snippet libraries that are named: those of the folder's own file first, then of what it extends */
  readonly libraries: readonly NamedLibrary[];
  /** equal for equal settings; the libraries, on which nothing else rests, do not count */
  readonly fingerprint: string;
}

/** Joins sources, the weakest first (extended files, the folder's file, the editor). What an earlier source locks, a later one cannot make milder. */
export function joinSettings(sources: readonly SettingsSource[], packages = false): Settings {
  const excluded = globs(sources.flatMap((s) => s.exclude ?? []));
  const off = new Set(sources.flatMap((s) => s.formats ?? []));
  const layers = sources.map((source) => ({
    severity: source.severity ?? {},
    standards: source.standards ?? {},
    locked: source.locked ?? [],
    overrides: (source.overrides ?? []).map((o) => ({ ...o, matches: globs(o.files) })),
  }));
  const isLocked = (code: string, upTo = layers.length): boolean => layers.slice(0, upTo).some((l) => l.locked.some((entry) => covers(entry, code)));
  return {
    excluded,
    level(code, path, fallback) {
      let level = fallback;
      layers.forEach((layer, index) => {
        const set = (said: Level | undefined, locked: boolean): void => {
          if (said !== undefined && !(locked && rank(said) < rank(level))) level = said;
        };
        set(lookup(layer.severity, code), isLocked(code, index));
        // within one source its own lock binds its overrides too
        for (const o of layer.overrides) if (o.severity && o.matches(path)) set(lookup(o.severity, code), isLocked(code, index + 1));
      });
      return level;
    },
    standard(name, path, code = `standard/${name}/*`) {
      let state: 'on' | 'off' | null = null;
      layers.forEach((layer, index) => {
        const set = (said: 'on' | 'off' | undefined, upTo: number): void => {
          if (said !== undefined && !(said === 'off' && isLocked(code, upTo))) state = said;
        };
        set(layer.standards[name], index);
        for (const o of layer.overrides) if (o.matches(path)) set(o.standards?.[name], index + 1);
      });
      return state;
    },
    formatOff: (format) => off.has(format),
    locked: (code) => isLocked(code),
    packages,
    libraries: [...sources].reverse().flatMap(({ libraries }) => libraries ?? []),
    fingerprint: JSON.stringify([packages, ...sources.map((source) => ({ ...source, libraries: undefined }))]),
  };
}

/** The most specific entry for a code: the code itself, then `family/sub/*`, `family/*`, `*`. */
function lookup(table: Readonly<Record<string, Level>>, code: string): Level | undefined {
  if (Object.hasOwn(table, code)) return table[code];
  const parts = code.split('/');
  for (let n = parts.length - 1; n >= 0; n--) {
    const entry = [...parts.slice(0, n), '*'].join('/');
    if (Object.hasOwn(table, entry)) return table[entry];
  }
  return undefined;
}

/** True when a locked entry (a code or `family/*`) covers a code, or a whole family that lies within it. */
const covers = (entry: string, code: string): boolean => entry === code || entry === '*' || (entry.endsWith('/*') && code.startsWith(entry.slice(0, -1)));
