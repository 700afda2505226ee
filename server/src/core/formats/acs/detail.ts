// What a manifest hands on to those that extend it: its parts as plain values, with their places.
import type { Span } from '../../text';
import { plainValue, resolve, textOf, valueOf, type MapNode, type PlainValue } from '../../yaml';
import { at } from '../agent';
import { spanOf } from '../fields';
import type { ForeignAgent, ForeignFile } from '../format';

/** Parts that are joined name by name, and those that are joined as a whole. */
export const SECTIONS = ['metadata', 'policies', 'intervention_points', 'tools', 'annotators'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Base {
  readonly written: string;
  readonly span: Span;
  readonly kind: 'path' | 'https' | 'other';
}

export interface Entry {
  readonly value: PlainValue;
  /** its name */
  readonly span: Span;
  /** where each of its own fields stands */
  readonly fields: ReadonlyMap<string, Span>;
}

export interface AcsDetail {
  readonly version: string;
  readonly agent: ForeignAgent;
  readonly bases: readonly Base[];
  readonly sections: { readonly [section in Section]: ReadonlyMap<string, Entry> };
  readonly approval: Entry | null;
}

export const detailOf = (file: ForeignFile | null): AcsDetail | null => (file?.format === 'acs' && file.detail ? (file.detail as AcsDetail) : null);

export function readDetail(map: MapNode, agent: ForeignAgent): AcsDetail {
  const section = (name: Section): ReadonlyMap<string, Entry> => {
    const node = resolve(valueOf(map, name));
    return new Map(node?.kind === 'map' ? node.pairs.map((pair): [string, Entry] => [pair.key.text, entryOf(pair.key, pair.value)]) : []);
  };
  const approval = map.pairs.find(({ key }) => key.text === 'approval');
  return {
    version: (textOf(valueOf(map, 'agent_control_specification_version')) ?? '').trim(), agent, bases: basesOf(map),
    sections: { metadata: section('metadata'), policies: section('policies'), intervention_points: section('intervention_points'), tools: section('tools'), annotators: section('annotators') },
    approval: approval ? entryOf(approval.key, approval.value) : null,
  };
}

function entryOf(key: MapNode['pairs'][number]['key'], value: MapNode['pairs'][number]['value']): Entry {
  const map = resolve(value);
  return { value: plainValue(value), span: spanOf(key), fields: new Map(map?.kind === 'map' ? map.pairs.map((pair): [string, Span] => [pair.key.text, spanOf(pair.value)]) : []) };
}

/** A path, an address, or a map with `url`. */
function basesOf(map: MapNode): readonly Base[] {
  const list = resolve(valueOf(map, 'extends'));
  return (list?.kind === 'seq' ? list.items : list ? [list] : []).flatMap((item): Base[] => {
    const url = at(resolve(item), 'url');
    const written = (textOf(url) ?? textOf(item))?.trim() ?? '';
    if (written === '') return [];
    const address = /^[a-z][a-z0-9+.-]*:\/\//i.exec(written)?.[0].toLowerCase();
    return [{ written, span: spanOf(url ?? item), kind: address === 'https://' ? 'https' : address || url ? 'other' : 'path' }];
  });
}

export const mapValue = (value: PlainValue | undefined): { readonly [key: string]: PlainValue } => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: PlainValue }) : {});
