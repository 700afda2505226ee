// A card as an agent, with the addresses at which it answers and how callers prove who they are.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { at, bareAgent, entriesOf, fieldsOf, mapsOf, toolAt } from '../agent';
import { rootMaps, type RootMap } from '../document';
import { spanOf, textField } from '../fields';
import type { ForeignAgent, Spanned } from '../format';

export interface Card {
  readonly agent: ForeignAgent;
  readonly map: MapNode;
  /** `1.0` where the card has interfaces of its own; else the older form */
  readonly version: '0.3' | '1.0';
  /** where it answers */
  readonly urls: readonly Spanned<string>[];
  /** the card names at least one way in which callers prove who they are */
  readonly secured: boolean;
  readonly schemes: readonly Scheme[];
  /** the schemes that callers must use, of the agent and of single skills; null where none is named at all */
  readonly required: readonly Spanned<string>[] | null;
}

/** A way in which callers prove who they are. */
export interface Scheme {
  readonly name: Spanned<string>;
  /** flows of OAuth that it offers */
  readonly flows: readonly Spanned<string>[];
}

/** The document, where it is a card: a name, skills, and either an address or interfaces. */
export function cardOf(path: string, text: string): RootMap | null {
  const root = rootMaps(path, text)[0];
  if (!root || valueOf(root.map, '$schema') !== null && valueOf(root.map, 'properties') !== null) return null;
  const { map } = root;
  const skills = valueOf(map, 'skills')?.kind === 'seq';
  const reachable = valueOf(map, 'supportedInterfaces')?.kind === 'seq' || textOf(valueOf(map, 'url')) !== null;
  const card = skills && textOf(valueOf(map, 'name')) !== null && (reachable || valueOf(map, 'capabilities')?.kind === 'map') && ['version', 'defaultInputModes', 'protocolVersion'].some((key) => valueOf(map, key) !== null);
  return card ? root : null;
}

export function readCard(map: MapNode): Card | null {
  const name = textField(map, 'name');
  if (!name) return null;
  const interfaces = mapsOf(valueOf(map, 'supportedInterfaces'));
  const more = mapsOf(valueOf(map, 'additionalInterfaces'));
  const url = textField(map, 'url');
  const urls = [...(url ? [url] : []), ...[...interfaces, ...more].flatMap((one) => textField(one, 'url') ?? [])];
  const schemes = entriesOf(valueOf(map, 'securitySchemes')).map(schemeOf);
  return {
    map, urls, schemes, required: requiredOf(map),
    version: interfaces.length > 0 ? '1.0' : '0.3',
    secured: schemes.length > 0 || ['securityRequirements', 'security', 'authentication'].some((key) => valueOf(map, key) !== null),
    agent: {
      ...bareAgent(name.value, name.span),
      title: name,
      purpose: textField(map, 'description'),
      owner: textField(at(map, 'provider'), 'organization'),
      // what others may ask of it: its skills are not tools that it calls
      tools: mapsOf(valueOf(map, 'skills')).flatMap((skill) => {
        const id = textField(skill, 'id');
        return id ? [toolAt(`${name.value}/${id.value}`, id)] : [];
      }),
      environment: urls[0] ?? null,
      fields: fieldsOf(map),
    },
  };
}

/** `{ type: oauth2, flows }` in 0.3, `{ oauth2SecurityScheme: { flows } }` in 1.0. */
function schemeOf({ key, map }: { readonly key: Spanned<string>; readonly map: MapNode }): Scheme {
  const flows = resolve(at(map, 'flows') ?? at(map, 'oauth2SecurityScheme', 'flows'));
  return { name: key, flows: flows?.kind === 'map' ? flows.pairs.map((pair) => ({ value: pair.key.text, span: spanOf(pair.key) })) : [] };
}

/** `security: [{ sso: [] }]` in 0.3, `securityRequirements: [{ schemes: { sso: { list: [] } } }]` in 1.0. */
function requiredOf(map: MapNode): readonly Spanned<string>[] | null {
  const lists = [map, ...mapsOf(valueOf(map, 'skills'))].flatMap((one) => ['security', 'securityRequirements'].flatMap((key) => valueOf(one, key) ?? []));
  if (lists.length === 0) return null;
  return lists.flatMap((list) => mapsOf(list).flatMap((requirement) => {
    const names = resolve(valueOf(requirement, 'schemes'));
    const named = names?.kind === 'map' ? names : requirement;
    return named.pairs.map((pair) => ({ value: pair.key.text, span: spanOf(pair.key) }));
  }));
}
