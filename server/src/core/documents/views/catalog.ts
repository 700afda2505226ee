// The Catalog: what the organisation has, each entry with its place.
import type { PlainValue } from '../../yaml';
import { plainValue } from '../../yaml';
import type { CountersignDocument } from '../document';
import { TRUSTS, type Trust } from './agent';
import { metadataView, specOf, type MetadataView } from './metadata';
import { at, choicesAt, entriesAt, labelsAt, located, oneOfAt, textAt, textsAt, type Cursor, type Field, type Located } from './read';

export const STAGES = ['development', 'test', 'staging', 'production'] as const;
export type Stage = (typeof STAGES)[number];
export const CAPABILITIES = ['reads-private-data', 'ingests-untrusted-content', 'communicates-externally', 'changes-state', 'executes-code'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Every entry: its key, and where key and value stand. */
export interface EntryView extends Located {
  readonly name: Field<string>;
}

export interface TeamView extends EntryView {
  readonly title: Field<string> | null;
  /** null when the team does not say; an empty list says that it has none */
  readonly members: readonly Field<string>[] | null;
  readonly contact: Field<string> | null;
  readonly oncall: Field<string> | null;
  readonly github: Field<string> | null;
  readonly backstage: Field<string> | null;
}

export interface PersonView extends EntryView {
  readonly title: Field<string> | null;
  readonly email: Field<string> | null;
  readonly github: Field<string> | null;
}

export interface RoleView extends EntryView {
  readonly description: Field<string> | null;
}

export interface EnvironmentView extends EntryView {
  readonly stage: Field<Stage> | null;
  readonly platform: Field<string> | null;
  readonly regions: readonly Field<string>[] | null;
}

export interface RegionView extends EntryView {
  readonly residency: Field<string> | null;
}

export interface ServerView extends EntryView {
  readonly command: Field<string> | null;
  readonly url: Field<string> | null;
  readonly package: Field<string> | null;
  readonly owner: Field<string> | null;
}

export interface CatalogToolView extends EntryView {
  readonly owner: Field<string> | null;
  readonly description: Field<string> | null;
  /** null: unknown; empty: none */
  readonly capabilities: readonly Field<Capability>[] | null;
  /** a JSON Schema, or undefined */
  readonly input: PlainValue | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

export interface CatalogDataView extends EntryView {
  readonly owner: Field<string> | null;
  readonly classification: Field<string> | null;
  readonly residency: Field<string> | null;
  readonly integration: Field<string> | null;
  readonly capabilities: readonly Field<Capability>[] | null;
  readonly labels: ReadonlyMap<string, string>;
}

export interface CatalogModelView extends EntryView {
  readonly status: Field<'approved' | 'deprecated' | 'forbidden'> | null;
}

export interface CatalogChannelView extends EntryView {
  readonly trust: Field<Trust> | null;
  readonly owner: Field<string> | null;
  readonly capabilities: readonly Field<Capability>[] | null;
}

export interface SystemView extends EntryView {
  readonly kind: Field<string> | null;
  readonly queues: readonly Field<string>[] | null;
}

export interface IntegrationView extends EntryView {
  readonly platform: Field<string> | null;
  readonly owner: Field<string> | null;
}

/** A section that is absent is null: nothing of its kind is declared here. */
export interface CatalogView {
  readonly metadata: MetadataView;
  readonly teams: readonly TeamView[] | null;
  readonly people: readonly PersonView[] | null;
  readonly roles: readonly RoleView[] | null;
  readonly environments: readonly EnvironmentView[] | null;
  readonly regions: readonly RegionView[] | null;
  readonly servers: readonly ServerView[] | null;
  readonly tools: readonly CatalogToolView[] | null;
  readonly data: readonly CatalogDataView[] | null;
  readonly models: readonly CatalogModelView[] | null;
  readonly channels: readonly CatalogChannelView[] | null;
  readonly systems: readonly SystemView[] | null;
  readonly integrations: readonly IntegrationView[] | null;
}

/** What a Catalog document says. */
export function catalogView(document: CountersignDocument): CatalogView {
  const spec = specOf(document);
  const section = <T>(key: string, make: (entry: EntryView, value: Cursor) => T): readonly T[] | null =>
    entriesAt(spec, key)?.map(({ name, value }) => make({ ...located(value), name }, value)) ?? null;
  const capabilities = (value: Cursor): readonly Field<Capability>[] | null => choicesAt(value, 'capabilities', CAPABILITIES);
  return {
    metadata: metadataView(document),
    teams: section('teams', (e, v) => ({ ...e, title: textAt(v, 'title'), members: textsAt(v, 'members'), contact: textAt(v, 'contact'), oncall: textAt(v, 'oncall'), github: textAt(v, 'github'), backstage: textAt(v, 'backstage') })),
    people: section('people', (e, v) => ({ ...e, title: textAt(v, 'name'), email: textAt(v, 'email'), github: textAt(v, 'github') })),
    roles: section('roles', (e, v) => ({ ...e, description: textAt(v, 'description') })),
    environments: section('environments', (e, v) => ({ ...e, stage: oneOfAt(v, 'stage', STAGES), platform: textAt(v, 'platform'), regions: textsAt(v, 'regions') })),
    regions: section('regions', (e, v) => ({ ...e, residency: textAt(v, 'residency') })),
    servers: section('servers', (e, v) => ({ ...e, command: textAt(v, 'command'), url: textAt(v, 'url'), package: textAt(v, 'package'), owner: textAt(v, 'owner') })),
    tools: section('tools', (e, v) => ({ ...e, owner: textAt(v, 'owner'), description: textAt(v, 'description'), capabilities: capabilities(v), input: inputOf(v), labels: labelsAt(v, 'labels') })),
    data: section('data', (e, v) => ({ ...e, owner: textAt(v, 'owner'), classification: textAt(v, 'classification'), residency: textAt(v, 'residency'), integration: textAt(v, 'integration'), capabilities: capabilities(v), labels: labelsAt(v, 'labels') })),
    models: section('models', (e, v) => ({ ...e, status: oneOfAt(v, 'status', ['approved', 'deprecated', 'forbidden'] as const) })),
    channels: section('channels', (e, v) => ({ ...e, trust: oneOfAt(v, 'trust', TRUSTS), owner: textAt(v, 'owner'), capabilities: capabilities(v) })),
    systems: section('systems', (e, v) => ({ ...e, kind: textAt(v, 'kind'), queues: textsAt(v, 'queues') })),
    integrations: section('integrations', (e, v) => ({ ...e, platform: textAt(v, 'platform'), owner: textAt(v, 'owner') })),
  };
}

function inputOf(value: Cursor): PlainValue | undefined {
  const input = at(value, 'input');
  const usable = input && (input.node.kind === 'map' || (input.node.kind === 'scalar' && typeof input.node.value === 'boolean'));
  return usable ? plainValue(input.node) : undefined;
}
