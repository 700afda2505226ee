// One agent of the kit: its model, its tools, and the agents that it hands work to.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { at, bareAgent, fieldsOf, mapsOf, modelOf, toolAt } from '../agent';
import { spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignTool, Spanned } from '../format';
import { baseName } from '../paths';

/** One entry of `sub_agents`. */
export interface SubAgent {
  readonly delegate: ForeignDelegate;
  /** the file that defines it, as written; null for one that is defined in code */
  readonly file: Spanned<string> | null;
}

export const subAgentsOf = (map: MapNode): readonly SubAgent[] => mapsOf(valueOf(map, 'sub_agents')).flatMap((sub): SubAgent[] => {
  const file = textField(sub, 'config_path');
  const named = file ?? textField(sub, 'code');
  return named ? [{ file, delegate: { name: stem(named.value), span: named.span, via: 'subagent' } }] : [];
});

export function readAgent(map: MapNode): ForeignAgent[] {
  const name = textField(map, 'name');
  if (!name) return [];
  const model = textField(map, 'model');
  return [{
    ...bareAgent(name.value, name.span),
    purpose: textField(map, 'description'),
    models: model ? [modelOf(model)] : [],
    tools: mapsOf(valueOf(map, 'tools')).flatMap(toolsOf),
    delegates: subAgentsOf(map).map(({ delegate }) => delegate),
    fields: fieldsOf(map),
  }];
}

/** Sets of tools of a server, by the class that makes them. */
const SERVERS = /(?:^|\.)(?:McpToolset|MCPToolset)$/;

/** A tool by its name; a set of a server's tools as `mcp/tool`, or all of them. */
function toolsOf(tool: MapNode): ForeignTool[] {
  const name = textField(tool, 'name');
  if (!name) return [];
  if (!SERVERS.test(name.value)) return [toolAt(`adk/${name.value}`, name)];
  const args = valueOf(tool, 'args');
  const filter = resolve(args?.kind === 'map' ? at(args, 'tool_filter') : null);
  const names = filter?.kind === 'seq' ? spannedItems(filter) : [];
  const server = serverName(args?.kind === 'map' ? args : null);
  return names.length > 0 ? names.map((one) => toolAt(`${server}/${one.value}`, one)) : [toolAt(`${server}/*`, name)];
}

/** The package or program of a server that is started, the host of one that is reached. */
function serverName(args: MapNode | null): string {
  const params = at(args, 'stdio_server_params') ?? at(args, 'stdio_connection_params', 'server_params') ?? at(args, 'stdio_connection_params');
  const word = spannedItems(at(params, 'args')).find(({ value }) => !value.startsWith('-'))?.value;
  const url = textOf(at(args, 'streamable_http_connection_params', 'url')) ?? textOf(at(args, 'sse_connection_params', 'url'));
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(url ?? '')?.[1];
  const program = word ?? textOf(at(params, 'command'));
  return host ?? (program ? program.replace(/@[^/@]*$/, '').replace(/^.*\//, '') : 'mcp');
}

/** The agent that a file defines is mostly named as the file is; one in code by its last part. */
const stem = (path: string): string => (/\.ya?ml$/i.test(path) ? baseName(path).replace(/\.ya?ml$/i, '') : path.slice(path.lastIndexOf('.') + 1));
