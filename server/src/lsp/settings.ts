// The editor's settings: what is sound is taken, what is not is named and left out, piece by piece.
import type { Level, SettingsSource } from '../core/workspace';

const LEVELS: ReadonlySet<unknown> = new Set(['off', 'hint', 'information', 'warning', 'error']);
const SWITCH: ReadonlySet<unknown> = new Set(['on', 'off']);

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the section `countersign`; `problem` is told each part that is left out. */
export function readSettings(value: unknown, problem: (message: string) => void): SettingsSource {
  if (value === undefined || value === null) return {};
  if (!isMap(value)) {
    problem('The setting `countersign` must be a map; it is ignored.');
    return {};
  }
  const entries = <T extends string>(name: string, allowed: ReadonlySet<unknown>): Record<string, T> | undefined => {
    const map = value[name];
    if (map === undefined || map === null) return undefined;
    if (!isMap(map)) {
      problem(`The setting \`countersign.${name}\` must be a map; it is ignored.`);
      return undefined;
    }
    const sound: [string, T][] = [];
    for (const [key, said] of Object.entries(map)) {
      if (allowed.has(said)) sound.push([key, said as T]);
      else problem(`The setting \`countersign.${name}\` says ${show(said)} for \`${key}\`; it can be ${[...allowed].join(', ')}. The entry is ignored.`);
    }
    return Object.fromEntries(sound);
  };
  return {
    severity: entries<Level>('severity', LEVELS),
    standards: entries<'on' | 'off'>('standards', SWITCH),
    formats: Object.keys(entries<'off'>('formats', new Set(['off'])) ?? {}),
    exclude: texts('exclude', value['exclude'], problem),
  };
}

function texts(name: string, list: unknown, problem: (message: string) => void): string[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    problem(`The setting \`countersign.${name}\` must be a list; it is ignored.`);
    return [];
  }
  return list.filter((entry): entry is string => {
    if (typeof entry === 'string') return true;
    problem(`The setting \`countersign.${name}\` holds ${show(entry)}, which is no text; the entry is ignored.`);
    return false;
  });
}

const show = (value: unknown): string => `\`${(JSON.stringify(value) ?? String(value)).slice(0, 80)}\``;
