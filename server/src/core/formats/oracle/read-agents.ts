// The agents among the components of a file, wherever they stand in it.
import { resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { at, bareAgent, fieldsOf, mapsOf, modelOf, toolAt } from '../agent';
import { textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignTool } from '../format';

export interface SpecAgent {
  readonly agent: ForeignAgent;
  /** tools of which each call waits for a person */
  readonly confirmed: readonly ForeignTool[];
}

const AGENTS: ReadonlySet<string> = new Set(['Agent', 'OciAgent', 'A2AAgent', 'RemoteAgent', 'SpecializedAgent', 'Swarm', 'ManagerWorkers']);
const MAX_DEPTH = 40;

export function readAgents(root: MapNode): SpecAgent[] {
  const found: MapNode[] = [];
  const seen = new Set<Node>();
  const walk = (node: Node, depth: number): void => {
    const here = resolve(node);
    if (!here || depth > MAX_DEPTH || seen.has(here)) return;
    seen.add(here);
    if (here.kind === 'seq') for (const item of here.items) walk(item, depth + 1);
    if (here.kind !== 'map') return;
    if (AGENTS.has(textOf(valueOf(here, 'component_type')) ?? '')) found.push(here);
    for (const pair of here.pairs) walk(pair.value, depth + 1);
  };
  walk(root, 0);
  const referenced = at(root, '$referenced_components');
  /** A component in its place, or where `$component_ref` says that it stands. */
  const follow = (node: Node | null): MapNode | null => {
    const map = resolve(node);
    const ref = textOf(valueOf(map, '$component_ref'));
    const target = ref === null ? map : valueOf(referenced, ref);
    return target?.kind === 'map' ? target : null;
  };
  return found.flatMap((map) => agentOf(map, follow));
}

function agentOf(map: MapNode, follow: (node: Node | null) => MapNode | null): SpecAgent[] {
  const name = textField(map, 'name');
  if (!name) return [];
  const list = (key: string): MapNode[] => mapsOf(valueOf(map, key)).flatMap((item) => follow(item) ?? []);
  const tools = list('tools');
  const boxes = list('toolboxes');
  const model = textField(follow(valueOf(map, 'llm_config')), 'model_id');
  const owner = textField(at(map, 'metadata'), 'owner');
  const delegates = ['first_agent', 'group_manager'].flatMap((key) => follow(valueOf(map, key)) ?? []).concat(list('workers'), list('agents'));
  return [{
    confirmed: [...tools.filter(asks).flatMap(toolOf), ...boxes.filter(asks).flatMap(boxOf)],
    agent: {
      ...bareAgent(name.value, name.span),
      title: name, purpose: textField(map, 'description'), owner,
      models: model ? [modelOf(model)] : [],
      tools: [...tools.flatMap((tool) => toolOf(tool)), ...boxes.flatMap((box) => boxOf(box))],
      delegates: delegates.flatMap((one): ForeignDelegate[] => {
        const text = textField(one, 'name');
        return text ? [{ name: text.value, span: text.span, via: 'subagent' }] : [];
      }),
      fields: fieldsOf(map),
    },
  }];
}

const asks = (tool: MapNode): boolean => {
  const node = resolve(valueOf(tool, 'requires_confirmation'));
  return node?.kind === 'scalar' && node.value === true;
};

/** A tool of an MCP server is named under what connects to it; others under the specification's own name. */
function toolOf(tool: MapNode): ForeignTool[] {
  const name = textField(tool, 'name');
  const server = textField(at(tool, 'client_transport'), 'name')?.value ?? 'oracle';
  return name ? [toolAt(`${server}/${name.value}`, name)] : [];
}

function boxOf(box: MapNode): ForeignTool[] {
  const name = textField(at(box, 'client_transport'), 'name') ?? textField(box, 'name');
  if (!name) return [];
  const filter = valueOf(box, 'tool_filter');
  const names = filter?.kind === 'seq' ? filter.items.flatMap((item) => {
    const text = textOf(item);
    return text === null ? (textField(item, 'name') ?? []) : [{ value: text, span: { start: item.start, end: item.end } }];
  }) : null;
  return names ? names.map((tool) => toolAt(`${name.value}/${tool.value}`, tool)) : [toolAt(`${name.value}/*`, name)];
}
