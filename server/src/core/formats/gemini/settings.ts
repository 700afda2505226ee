// `.gemini/settings.json`: servers and which of them are trusted, tools that are left out or never ask.
import { resolve, valueOf, type MapNode, type Node } from '../../yaml';
import { at, entriesOf } from '../agent';
import { spannedItems } from '../fields';
import type { Spanned } from '../format';
import { readServers, type ServerEntry } from '../mcp/read-servers';
import type { PermissionEffect } from '../permissions';
import { toolName, type RankedRule } from './permissions';

export interface GeminiSettings {
  readonly root: MapNode;
  readonly servers: readonly ServerEntry[];
  readonly trusted: readonly Spanned<string>[];
  readonly ranked: readonly RankedRule[];
}

export function readSettings(root: MapNode): GeminiSettings {
  const map = valueOf(root, 'mcpServers');
  const servers = map?.kind === 'map' ? readServers(map) : [];
  const trusted = entriesOf(map).filter((entry) => isTrue(valueOf(entry.map, 'trust'))).map(({ key }) => key);
  const of = (rank: number, effect: PermissionEffect, list: Node | null, patterns: (name: string) => readonly string[]): RankedRule[] =>
    spannedItems(list).map(({ value, span }) => ({ rank, rule: { written: value, span, effect, actions: ['call'], resources: patterns(value).map((pattern) => `tool:${pattern}`), agents: null, where: null, ignored: null } }));
  const plain = (name: string): readonly string[] => (/^\w+\(/.test(name) ? [] : [toolName(name)]);
  return {
    root, servers, trusted,
    // the ranks are the tool's own: excluded servers 4.9, excluded tools 4.4, allowed tools 4.3, trusted servers 4.2, allowed servers 4.1
    ranked: [
      ...of(4.9, 'deny', at(root, 'mcp', 'excluded'), (name) => [`${name}/*`]),
      ...of(4.4, 'deny', at(root, 'tools', 'exclude') ?? valueOf(root, 'excludeTools'), plain),
      ...of(4.3, 'allow', at(root, 'tools', 'allowed') ?? valueOf(root, 'allowedTools'), plain),
      ...trusted.map(({ value, span }): RankedRule => ({ rank: 4.2, rule: { written: `trust ${value}`, span, effect: 'allow', actions: ['call'], resources: [`tool:${value}/*`], agents: null, where: null, ignored: null } })),
      ...of(4.1, 'allow', at(root, 'mcp', 'allowed'), (name) => [`${name}/*`]),
    ].filter(({ rule }) => rule.resources.length > 0),
  };
}

export const isTrue = (node: Node | null): boolean => {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' && scalar.value === true;
};
