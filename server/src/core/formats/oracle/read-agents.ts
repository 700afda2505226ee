// The agents among the components of a file, wherever they stand in it, and the servers that their tools come from.
import { resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { at, bareAgent, fieldsOf, mapsOf, modelOf, toolAt } from '../agent';
import { spanOf, spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignTool, Transport } from '../format';
import { packageOf } from '../mcp/package';
import type { ServerEntry } from '../mcp/read-servers';

export interface SpecAgent {
  readonly agent: ForeignAgent;
  /** tools of which each call waits for a person */
  readonly confirmed: readonly ForeignTool[];
}

export interface Spec {
  readonly agents: readonly SpecAgent[];
  readonly servers: readonly ServerEntry[];
}

const AGENTS: ReadonlySet<string> = new Set(['Agent', 'OciAgent', 'A2AAgent', 'RemoteAgent', 'SpecializedAgent', 'Swarm', 'ManagerWorkers']);
const TRANSPORTS: ReadonlyMap<string, Transport> = new Map<string, Transport>([['StdioTransport', 'stdio'], ['SSETransport', 'sse'], ['SSEmTLSTransport', 'sse'], ['StreamableHTTPTransport', 'http'], ['StreamableHTTPmTLSTransport', 'http']]);
const MAX_DEPTH = 40;

/** A component in its place, or where `$component_ref` says that it stands. */
type Follow = (node: Node | null) => MapNode | null;

export function readSpec(root: MapNode): Spec {
  const agents: MapNode[] = [];
  const transports: MapNode[] = [];
  const pairs: MapNode[] = [];
  const seen = new Set<Node>();
  const walk = (node: Node, depth: number): void => {
    const here = resolve(node);
    if (!here || depth > MAX_DEPTH || seen.has(here)) return;
    seen.add(here);
    if (here.kind === 'seq') for (const item of here.items) walk(item, depth + 1);
    if (here.kind !== 'map') return;
    const type = textOf(valueOf(here, 'component_type')) ?? '';
    if (AGENTS.has(type)) agents.push(here);
    if (TRANSPORTS.has(type)) transports.push(here);
    if (type === 'Swarm' || type === 'ManagerWorkers') pairs.push(here);
    for (const pair of here.pairs) walk(pair.value, depth + 1);
  };
  walk(root, 0);
  const referenced = at(root, '$referenced_components');
  const follow: Follow = (node) => {
    const map = resolve(node);
    const ref = textOf(valueOf(map, '$component_ref'));
    const target = ref === null ? map : valueOf(referenced, ref);
    return target?.kind === 'map' ? target : null;
  };
  const handed = handedOn(pairs, follow);
  return { agents: agents.flatMap((map) => agentOf(map, follow, handed.get(map) ?? [])), servers: transports.flatMap(serverOf) };
}

/** Who of a group hands work to whom: a swarm's pairs, a manager to its workers. */
function handedOn(groups: readonly MapNode[], follow: Follow): ReadonlyMap<MapNode, readonly MapNode[]> {
  const found = new Map<MapNode, MapNode[]>();
  const add = (from: MapNode | null, to: MapNode | null): void => {
    if (from && to) found.set(from, [...(found.get(from) ?? []), to]);
  };
  for (const group of groups) {
    const pairs = resolve(valueOf(group, 'relationships'));
    for (const pair of pairs?.kind === 'seq' ? pairs.items : []) {
      const two = resolve(pair);
      if (two?.kind === 'seq') add(follow(two.items[0] ?? null), follow(two.items[1] ?? null));
    }
    const manager = follow(valueOf(group, 'group_manager'));
    for (const worker of mapsOf(valueOf(group, 'workers'))) add(manager, follow(worker));
  }
  return found;
}

function agentOf(map: MapNode, follow: Follow, handed: readonly MapNode[]): SpecAgent[] {
  const name = textField(map, 'name');
  if (!name) return [];
  const list = (key: string): MapNode[] => mapsOf(valueOf(map, key)).flatMap((item) => follow(item) ?? []);
  const tools = list('tools');
  const boxes = list('toolboxes');
  const model = textField(follow(valueOf(map, 'llm_config')), 'model_id');
  const owner = textField(at(map, 'metadata'), 'owner');
  const delegates = ['first_agent', 'group_manager'].flatMap((key) => follow(valueOf(map, key)) ?? []).concat(list('workers'), list('agents'), handed);
  const toolOf = (tool: MapNode): ForeignTool[] => toolsOfTool(tool, follow);
  const boxOf = (box: MapNode): ForeignTool[] => toolsOfBox(box, follow);
  return [{
    confirmed: [...tools.filter(asks).flatMap(toolOf), ...boxes.filter(asks).flatMap(boxOf), ...boxes.filter((box) => !asks(box)).flatMap((box) => confirmedIn(box, follow))],
    agent: {
      ...bareAgent(name.value, name.span),
      title: name, purpose: textField(map, 'description'), owner,
      models: model ? [modelOf(model)] : [],
      tools: [...tools.flatMap(toolOf), ...boxes.flatMap(boxOf)],
      delegates: [...new Set(delegates)].flatMap((one): ForeignDelegate[] => {
        const text = textField(one, 'name');
        return text ? [{ name: text.value, span: text.span, via: 'subagent' }] : [];
      }),
      environment: textField(map, 'agent_url') ?? textField(map, 'endpoint'),
      fields: fieldsOf(map),
    },
  }];
}

const asks = (tool: MapNode): boolean => {
  const node = resolve(valueOf(tool, 'requires_confirmation'));
  return node?.kind === 'scalar' && node.value === true;
};

/** A tool of an MCP server is named under what connects to it; others under the specification's own name. */
function toolsOfTool(tool: MapNode, follow: Follow): ForeignTool[] {
  const name = textField(tool, 'name');
  const server = textField(follow(valueOf(tool, 'client_transport')), 'name')?.value ?? 'oracle';
  return name ? [toolAt(`${server}/${name.value}`, name)] : [];
}

function toolsOfBox(box: MapNode, follow: Follow): ForeignTool[] {
  const name = textField(follow(valueOf(box, 'client_transport')), 'name') ?? textField(box, 'name');
  if (!name) return [];
  const filter = valueOf(box, 'tool_filter');
  const names = filter?.kind === 'seq' ? filter.items.flatMap((item) => {
    const text = textOf(item);
    return text === null ? (textField(follow(item), 'name') ?? []) : [{ value: text, span: { start: item.start, end: item.end } }];
  }) : null;
  return names ? names.map((tool) => toolAt(`${name.value}/${tool.value}`, tool)) : [toolAt(`${name.value}/*`, name)];
}

/** Tools of a box that ask each for itself. */
function confirmedIn(box: MapNode, follow: Follow): ForeignTool[] {
  const server = textField(follow(valueOf(box, 'client_transport')), 'name') ?? textField(box, 'name');
  return server ? mapsOf(valueOf(box, 'tool_filter')).flatMap((item) => {
    const tool = follow(item);
    const name = tool && asks(tool) ? textField(tool, 'name') : null;
    return name ? [toolAt(`${server.value}/${name.value}`, name)] : [];
  }) : [];
}

function serverOf(map: MapNode): ServerEntry[] {
  const name = textField(map, 'name');
  if (!name) return [];
  const command = textField(map, 'command');
  const args = spannedItems(valueOf(map, 'args'));
  return [{
    config: map,
    server: {
      name: name.value, span: name.span, entry: spanOf(map), description: textField(map, 'description'), transport: TRANSPORTS.get(textOf(valueOf(map, 'component_type')) ?? '') ?? 'unknown',
      command, args, url: textField(map, 'url'), package: command ? packageOf(command, args) : null, tools: null,
    },
  }];
}
