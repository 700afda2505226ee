// The agents of a team file, with their toolsets, their servers and the agents that they hand work to.
import { resolve, valueOf, type MapNode } from '../../yaml';
import { assumedTool, at, bareAgent, entriesOf, fieldsOf, mapsOf, modelOf, toolAt } from '../agent';
import { spanOf, spannedItems, spannedText, textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignModel, ForeignServer, ForeignTool, Spanned } from '../format';
import { packageOf } from '../mcp/package';
import type { ServerEntry } from '../mcp/read-servers';
import { BUILT_IN, SERVER } from './toolsets';

export interface TeamAgent {
  readonly agent: ForeignAgent;
  readonly map: MapNode;
  readonly toolsets: readonly MapNode[];
}

export interface Team {
  readonly agents: readonly TeamAgent[];
  readonly servers: readonly ServerEntry[];
}

export function readAgents(root: MapNode): Team {
  const author = textField(at(root, 'metadata'), 'author');
  const servers: ServerEntry[] = [];
  const agents = entriesOf(valueOf(root, 'agents')).map(({ key, map }): TeamAgent => {
    const toolsets = mapsOf(valueOf(map, 'toolsets'));
    const own = toolsets.flatMap((set) => serverOf(set, root));
    servers.push(...own);
    return {
      map, toolsets,
      agent: {
        ...bareAgent(key.value, key.span),
        purpose: textField(map, 'description'),
        owner: author,
        models: modelsOf(map, root),
        tools: toolsets.flatMap((set) => toolsOf(set, root)),
        delegates: delegatesOf(map),
        servers: own.map(({ server }) => server),
        fields: fieldsOf(map),
      },
    };
  });
  return { agents, servers };
}

/** A model by its name under `models`, or as `provider/name`; several with commas take turns. */
function modelsOf(map: MapNode, root: MapNode): ForeignModel[] {
  const one = textField(map, 'model');
  const written = [...(one ? [one] : []), ...spannedItems(at(map, 'fallback', 'models'))];
  return written.map((text) => {
    const named = at(root, 'models', text.value);
    const provider = textField(named, 'provider')?.value;
    const name = textField(named, 'model')?.value;
    return provider && name ? { value: `${provider}/${name}`, span: text.span, name, vendor: provider } : modelOf(text);
  });
}

function delegatesOf(map: MapNode): ForeignDelegate[] {
  const names = (key: string, via: ForeignDelegate['via']): ForeignDelegate[] => spannedItems(valueOf(map, key)).map(({ value, span }) => ({ name: value, span, via }));
  return [...names('sub_agents', 'subagent'), ...names('handoffs', 'handoff')];
}

/** The name of a server: its own, that under `mcps`, or the last part of what it refers to. */
function serverName(set: MapNode): Spanned<string> | null {
  const name = textField(set, 'name') ?? textField(set, 'ref');
  if (name) return { value: name.value.slice(Math.max(name.value.lastIndexOf(':'), name.value.lastIndexOf('/')) + 1), span: name.span };
  const command = textField(set, 'command');
  if (command) return { value: command.value.slice(command.value.lastIndexOf('/') + 1), span: command.span };
  const url = textField(at(set, 'remote'), 'url');
  return url ? { value: url.value.replace(/^[a-z]+:\/\//i, '').replace(/[/:?#].*$/, ''), span: url.span } : null;
}

/** What configures it: the toolset itself, or the entry under `mcps` that it refers to. */
const configOf = (set: MapNode, root: MapNode): MapNode => {
  const ref = textField(set, 'ref')?.value;
  const named = ref === undefined ? null : at(root, 'mcps', ref);
  return named?.kind === 'map' ? named : set;
};

function serverOf(set: MapNode, root: MapNode): ServerEntry[] {
  if (textField(set, 'type')?.value !== 'mcp') return [];
  const name = serverName(set);
  if (!name) return [];
  const config = configOf(set, root);
  const command = textField(config, 'command');
  const args = spannedItems(valueOf(config, 'args'));
  const remote = resolve(valueOf(config, 'remote'));
  const tools = valueOf(set, 'tools');
  const server: ForeignServer = {
    name: name.value, span: name.span, entry: spanOf(set), description: textField(config, 'instruction'),
    transport: command ? 'stdio' : remote ? 'http' : 'unknown', command, args, url: textField(remote, 'url'),
    package: command ? packageOf(command, args) : null, tools: tools?.kind === 'seq' ? spannedItems(tools) : null,
  };
  return [{ config: remote?.kind === 'map' ? remote : config, server }];
}

function toolsOf(set: MapNode, root: MapNode): ForeignTool[] {
  const type = textField(set, 'type');
  if (!type) return [];
  const listed = valueOf(set, 'tools');
  const names = listed?.kind === 'seq' ? spannedItems(listed) : null;
  if (type.value === 'mcp') {
    const name = serverName(set);
    if (!name) return [];
    return names ? names.map((tool) => toolAt(`${name.value}/${tool.value}`, tool)) : [toolAt(`${name.value}/*`, name)];
  }
  if (type.value === 'api' || type.value === 'script') return ownTools(set, type, root);
  if (names) return names.map((tool) => toolAt(`${SERVER}/${tool.value}`, tool));
  const built = BUILT_IN.get(type.value);
  return built ? built.map((tool) => ({ ...assumedTool(`${SERVER}/${tool}`, type.span), written: type.value, assumed: false })) : [{ ...toolAt(`${SERVER}/${type.value}`, type), unresolved: true }];
}

/** Tools that the file makes itself: of an address, or of a shell script. */
function ownTools(set: MapNode, type: Spanned<string>, root: MapNode): ForeignTool[] {
  const api = textField(at(set, 'api_config'), 'name');
  const scripts = resolve(valueOf(set, 'shell') ?? valueOf(root, 'shell'));
  const tools = scripts?.kind === 'map' ? scripts.pairs.flatMap((pair) => spannedText(pair.key) ?? []) : [];
  const made = api ? [api] : tools;
  return made.length > 0 ? made.map((tool) => toolAt(`${SERVER}/${tool.value}`, tool)) : [toolAt(`${SERVER}/${type.value}`, type)];
}
