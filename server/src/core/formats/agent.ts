// An agent of which nothing but its id is known, for readers to fill in; and the pieces that most readers need.
import type { Span } from '../text';
import { resolve, valueOf, type MapNode, type Node } from '../yaml';
import { spanOf, spannedText } from './fields';
import type { ForeignAgent, ForeignField, ForeignLabel, ForeignModel, ForeignTool, Spanned } from './format';

/** Nothing but the id is known: no tools, no delegates, no owner. */
export const bareAgent = (id: string, span: Span): ForeignAgent => ({
  id, span, title: null, purpose: null, owner: null, models: [], tools: [], except: [], delegates: [], delegatesToAny: false, servers: [], environment: null, labels: [], fields: new Map(),
});

/** The keys of a map with their places. */
export const fieldsOf = (map: MapNode): ReadonlyMap<string, ForeignField> =>
  new Map(map.pairs.map((pair): [string, ForeignField] => [pair.key.text, { key: spanOf(pair.key), value: spanOf(pair.value) }]));

/** A map of texts as labels. */
export function labelsOf(node: Node | null): readonly ForeignLabel[] {
  const map = resolve(node);
  return map?.kind === 'map' ? map.pairs.flatMap((pair) => {
    const text = spannedText(pair.value);
    return text ? [{ name: pair.key.text, ...text }] : [];
  }) : [];
}

/** `provider/name`, or a name alone. */
export function modelOf(text: Spanned<string>): ForeignModel {
  const value = text.value.trim();
  const slash = value.indexOf('/');
  return slash > 0 ? { ...text, name: value.slice(slash + 1), vendor: value.slice(0, slash) } : { ...text, name: value, vendor: null };
}

/** A tool that the file names. */
export const toolAt = (pattern: string, written: Spanned<string>): ForeignTool => ({ pattern, written: written.value, span: written.span, assumed: false, unresolved: false });

/** A tool that the format gives without a word of the file. */
export const assumedTool = (pattern: string, span: Span): ForeignTool => ({ pattern, written: '', span, assumed: true, unresolved: false });

/** The maps of a list. */
export function mapsOf(node: Node | null | undefined): readonly MapNode[] {
  const list = resolve(node);
  return list?.kind === 'seq' ? list.items.flatMap((item) => {
    const map = resolve(item);
    return map?.kind === 'map' ? [map] : [];
  }) : [];
}

/** The entries of a map that are maps. */
export function entriesOf(node: Node | null | undefined): readonly { readonly key: Spanned<string>; readonly map: MapNode }[] {
  const map = resolve(node);
  return map?.kind === 'map' ? map.pairs.flatMap((pair) => {
    const value = resolve(pair.value);
    return value?.kind === 'map' ? [{ key: { value: pair.key.text, span: spanOf(pair.key) }, map: value }] : [];
  }) : [];
}

/** What stands at a chain of keys. */
export const at = (node: Node | null, ...keys: readonly string[]): Node | null => keys.reduce<Node | null>((here, key) => valueOf(here, key), node);
