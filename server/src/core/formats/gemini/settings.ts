// `.gemini/settings.json` and `gemini-extension.json`: servers and which of them are trusted, tools that are left out or never ask.
import type { Span } from '../../text';
import { resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { at, entriesOf } from '../agent';
import { spanOf, spannedItems } from '../fields';
import type { Spanned } from '../format';
import { readServers, type ServerEntry } from '../mcp/read-servers';
import type { PermissionEffect } from '../permissions';
import { argumentTest, askedOf } from './argument-test';
import { SERVER, resourcesOf, toolPatterns } from './names';
import type { Mode, RankedRule } from './permissions';

export interface GeminiSettings {
  readonly root: MapNode;
  readonly servers: readonly ServerEntry[];
  readonly trusted: readonly Spanned<string>[];
  readonly ranked: readonly RankedRule[];
  readonly mode: { readonly value: Mode; readonly span: Span } | null;
}

/** `extension`: it cannot trust its own servers, and says nothing of what runs without asking. */
export function readSettings(root: MapNode, extension = false): GeminiSettings {
  const map = valueOf(root, 'mcpServers');
  const servers = map?.kind === 'map' ? readServers(map) : [];
  const trusted = extension ? [] : entriesOf(map).filter((entry) => isTrue(valueOf(entry.map, 'trust'))).map(({ key }) => key);
  const exclude = named(4.4, 'deny', at(root, 'tools', 'exclude') ?? valueOf(root, 'excludeTools'));
  const own = entriesOf(map).flatMap(({ key, map: entry }) => serverLists(key.value, entry));
  return {
    root, servers, trusted, mode: extension ? null : modeOf(root),
    // the ranks are the tool's own: excluded servers 4.9, excluded tools 4.4, allowed tools 4.3, trusted servers 4.2, allowed servers 4.1
    ranked: extension ? [...exclude, ...own] : [
      ...whole(4.9, 'deny', at(root, 'mcp', 'excluded')), ...onlyServers(at(root, 'mcp', 'allowed')), ...own, ...onlyTools(at(root, 'tools', 'core') ?? valueOf(root, 'coreTools')),
      ...exclude,
      ...named(4.3, 'allow', at(root, 'tools', 'allowed') ?? valueOf(root, 'allowedTools')),
      ...trusted.map(({ value, span }) => ranked(4.2, `trust ${value}`, span, 'allow', [`${value}/*`])),
      ...whole(4.1, 'allow', at(root, 'mcp', 'allowed')),
    ],
  };
}

const ranked = (rank: number, written: string, span: Span, effect: PermissionEffect, patterns: readonly string[], prefix: string | null = null): RankedRule => {
  const asked = prefix === null ? null : askedOf({ prefixes: [prefix], regex: null, argsPattern: null, annotations: false });
  return { rank, allowRedirection: false, modes: null, asked, rule: { written, span, effect, actions: ['call'], resources: resourcesOf(patterns), agents: null, where: asked && argumentTest(asked), ignored: null } };
};

/** `run_shell_command(git status)` is for the commands that begin so. */
const named = (rank: number, effect: PermissionEffect, list: Node | null): RankedRule[] => spannedItems(list).map(({ value, span }) => {
  const parts = /^(\w+)\((.*)\)$/s.exec(value.trim());
  return ranked(rank, value, span, effect, toolPatterns(parts?.[1] ?? value.trim()), parts ? (parts[2] ?? '') : null);
});

const whole = (rank: number, effect: PermissionEffect, list: Node | null): RankedRule[] => spannedItems(list).map(({ value, span }) => ranked(rank, value, span, effect, [`${value}/*`]));

/** Where some servers are named, the others are not started. */
function onlyServers(node: Node | null): RankedRule[] {
  const list = resolve(node);
  if (list?.kind !== 'seq' || list.items.length === 0) return [];
  return [ranked(4.89, 'no other server', spanOf(list), 'deny', ['*/*', `!${SERVER}/*`, ...spannedItems(list).map(({ value }) => `!${value}/*`)])];
}

/** Where some built-in tools are named, the others are not there. */
function onlyTools(node: Node | null): RankedRule[] {
  const list = resolve(node);
  if (list?.kind !== 'seq' || list.items.length === 0) return [];
  const names = spannedItems(list).flatMap(({ value }) => toolPatterns(value.trim().replace(/\(.*\)$/s, '')));
  return [ranked(4.45, 'no other built-in tool', spanOf(list), 'deny', [`${SERVER}/*`, ...names.map((name) => `!${name}`)])];
}

/** `includeTools` and `excludeTools` of a server. */
function serverLists(name: string, entry: MapNode): RankedRule[] {
  const included = resolve(valueOf(entry, 'includeTools'));
  return [
    ...spannedItems(valueOf(entry, 'excludeTools')).map(({ value, span }) => ranked(4.89, `${name} without ${value}`, span, 'deny', [`${name}/${value}`])),
    ...(included?.kind === 'seq' ? [ranked(4.89, `${name} with some tools only`, spanOf(included), 'deny', [`${name}/*`, ...spannedItems(included).map(({ value }) => `!${name}/${value.replace(/\(.*\)$/s, '')}`)])] : []),
  ];
}

const MODES: ReadonlyMap<string, Mode> = new Map<string, Mode>([['default', 'default'], ['auto_edit', 'autoEdit'], ['plan', 'plan']]);

function modeOf(root: MapNode): GeminiSettings['mode'] {
  const node = at(root, 'general', 'defaultApprovalMode') ?? at(root, 'tools', 'approvalMode');
  const value = MODES.get(textOf(node) ?? '');
  return node && value ? { value, span: spanOf(node) } : null;
}

export const isTrue = (node: Node | null): boolean => {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' && scalar.value === true;
};
