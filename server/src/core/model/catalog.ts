// All Catalogs of a workspace as one: what the organisation has. Of one name in two places the first counts.
import { CAPABILITIES, STAGES, TRUSTS, type Capability, type Stage, type Trust } from '../documents';
import { pattern, type Pattern } from '../text';
import type { PlainValue } from '../yaml';
import { field, isMap, oneOf, text, textMap, texts } from './plain';

export type ModelStatus = 'approved' | 'deprecated' | 'forbidden';

export interface Team {
  /** null where the team does not say; an empty list says that it has none */
  readonly members: readonly string[] | null;
  readonly oncall: string | null;
  readonly title: string | null;
  readonly contact: string | null;
  /** what CODEOWNERS calls it, as written */
  readonly github: string | null;
  /** what Backstage calls it, as written */
  readonly backstage: string | null;
}

export interface Environment {
  readonly stage: Stage | null;
  readonly platform: string | null;
}

/** What tools, data and channels have in common; null is "not said". */
export interface Thing {
  readonly owner: string | null;
  readonly labels: { readonly [key: string]: string } | null;
  /** null: not known */
  readonly capabilities: readonly Capability[] | null;
}

export interface Tool extends Thing {
  readonly description: string | null;
  /** a JSON Schema; undefined where there is none */
  readonly input: PlainValue | undefined;
}

export interface DataSource extends Thing {
  readonly classification: string | null;
  readonly residency: string | null;
  readonly integration: string | null;
}

export interface Channel extends Thing {
  readonly trust: Trust | null;
}

export interface Catalog {
  readonly teams: ReadonlyMap<string, Team>;
  readonly people: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  readonly environments: ReadonlyMap<string, Environment>;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly data: ReadonlyMap<string, DataSource>;
  readonly models: readonly { readonly pattern: Pattern; readonly status: ModelStatus | null }[];
  readonly channels: ReadonlyMap<string, Channel>;
  /** every entry as it is written, by `section/name` */
  readonly entries: ReadonlyMap<string, PlainValue>;
}

const STATUSES: readonly ModelStatus[] = ['approved', 'deprecated', 'forbidden'];

/** Merges the Catalogs, given as the values of their documents in the order of their files. */
export function mergeCatalogs(documents: readonly PlainValue[]): Catalog {
  const entries = new Map<string, PlainValue>();
  for (const document of documents) {
    const spec = field(document, 'spec');
    if (!isMap(spec)) continue;
    for (const [section, names] of Object.entries(spec)) {
      if (isMap(names)) for (const [name, value] of Object.entries(names)) if (!entries.has(`${section}/${name}`)) entries.set(`${section}/${name}`, value);
    }
  }
  const section = <T>(name: string, read: (value: PlainValue) => T): ReadonlyMap<string, T> => {
    const found = new Map<string, T>();
    for (const [key, value] of entries) if (key.startsWith(`${name}/`)) found.set(key.slice(name.length + 1), read(value));
    return found;
  };
  return {
    teams: section('teams', (value) => ({
      members: Array.isArray(field(value, 'members')) ? texts(field(value, 'members')) : null, oncall: text(field(value, 'oncall')), title: text(field(value, 'title')),
      contact: text(field(value, 'contact')), github: text(field(value, 'github')), backstage: text(field(value, 'backstage')),
    })),
    people: new Set(section('people', () => null).keys()),
    roles: new Set(section('roles', () => null).keys()),
    environments: section('environments', (value) => ({ stage: oneOf(field(value, 'stage'), STAGES), platform: text(field(value, 'platform')) })),
    tools: section('tools', (value) => ({ ...thing(value), description: text(field(value, 'description')), input: inputOf(value) })),
    data: section('data', (value) => ({ ...thing(value), classification: text(field(value, 'classification')), residency: text(field(value, 'residency')), integration: text(field(value, 'integration')) })),
    models: [...section('models', (value) => oneOf(field(value, 'status'), STATUSES))].map(([name, status]) => ({ pattern: pattern(name), status })),
    channels: section('channels', (value) => ({ ...thing(value), trust: oneOf(field(value, 'trust'), TRUSTS) })),
    entries,
  };
}

/** forbidden > deprecated > approved, over all entries that match; null where none says anything. */
export function modelStatus(catalog: Catalog, id: string): ModelStatus | null {
  let found: ModelStatus | null = null;
  for (const { pattern: matcher, status } of catalog.models) {
    if (status !== null && matcher.matches(id) && (found === null || STATUSES.indexOf(status) > STATUSES.indexOf(found))) found = status;
  }
  return found;
}

function thing(value: PlainValue): Thing {
  const capabilities = field(value, 'capabilities');
  return {
    owner: text(field(value, 'owner')),
    labels: isMap(field(value, 'labels')) ? textMap(field(value, 'labels')) : null,
    capabilities: Array.isArray(capabilities) ? CAPABILITIES.filter((known) => capabilities.includes(known)) : null,
  };
}

function inputOf(value: PlainValue): PlainValue | undefined {
  const input = field(value, 'input');
  return isMap(input) || typeof input === 'boolean' ? input : undefined;
}
