// The remote tool servers of Foundry: connections of a project, the MCP tools of its toolboxes, and those of an older agent.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { entriesOf, mapsOf } from '../agent';
import { spanOf, textField } from '../fields';
import type { ForeignServer, Spanned } from '../format';
import type { ServerEntry } from '../mcp/read-servers';
import { toolNodes } from './agent-schema';

/** Of `azure.yaml`: connections of the category `RemoteTool`, and tools of toolboxes that have an address. */
export function serversOfAzure(map: MapNode): readonly ServerEntry[] {
  return entriesOf(valueOf(map, 'services')).flatMap(({ key, map: service }): ServerEntry[] => {
    const host = textOf(valueOf(service, 'host')) ?? '';
    const config = resolve(valueOf(service, 'config'));
    const here = config?.kind === 'map' ? config : service;
    if (host === 'azure.ai.connection' && (textOf(valueOf(here, 'category')) ?? '').startsWith('RemoteTool')) return [entryOf(here, key, textField(here, 'target'))];
    return host === 'azure.ai.toolbox' ? mapsOf(valueOf(here, 'tools')).flatMap((tool) => addressed(tool, ['server_label', 'name'], ['server_url', 'url'])) : [];
  });
}

/** Of an older file: its MCP tools whose connection has an address. */
export const serversOfSchema = (map: MapNode): readonly ServerEntry[] =>
  toolNodes(valueOf(map, 'tools')).flatMap((tool): ServerEntry[] => {
    if (textOf(valueOf(tool, 'kind') ?? valueOf(tool, 'type')) !== 'mcp') return [];
    const name = textField(tool, 'serverName') ?? textField(tool, 'name');
    const connection = resolve(valueOf(tool, 'connection'));
    const config = connection?.kind === 'map' ? connection : tool;
    const url = textField(config, 'endpoint') ?? textField(tool, 'url');
    return name && url ? [entryOf(config, name, url)] : [];
  });

function addressed(tool: MapNode, names: readonly string[], urls: readonly string[]): ServerEntry[] {
  const first = (keys: readonly string[]): Spanned<string> | null => keys.map((key) => textField(tool, key)).find((found) => found !== null) ?? null;
  const [name, url] = [first(names), first(urls)];
  return name && url ? [entryOf(tool, name, url)] : [];
}

function entryOf(config: MapNode, name: Spanned<string>, url: Spanned<string> | null): ServerEntry {
  const server: ForeignServer = {
    name: name.value, span: name.span, entry: spanOf(config), description: textField(config, 'description'), transport: 'http', command: null, args: [], url, package: null, tools: null,
  };
  return { config, server };
}
