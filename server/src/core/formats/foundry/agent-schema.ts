// AgentSchema files (`agent.yaml`, manifests with a `template`): one agent a file, deprecated in favour of `azure.yaml`.
import { resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { at, bareAgent, entriesOf, fieldsOf, mapsOf, modelOf, toolAt } from '../agent';
import { spannedItems, spannedText, textField } from '../fields';
import type { ForeignTool } from '../format';
import type { FoundryAgent } from './azure';

const KINDS: ReadonlySet<string> = new Set(['prompt', 'hosted', 'workflow', 'voice']);
/** What an agent of these kinds has and another tool's file of a `kind` has not. */
const OF_AGENTS = ['model', 'instructions', 'protocols', 'tools', 'trigger', 'environment_variables', 'image', 'codeConfiguration', 'inputSchema', 'parameters', 'resources'];

const templateOf = (map: MapNode): MapNode => {
  const template = valueOf(map, 'template');
  return template?.kind === 'map' ? template : map;
};

export function isAgentSchema(map: MapNode): boolean {
  const template = templateOf(map);
  const kind = textOf(valueOf(template, 'kind'))?.toLowerCase() ?? '';
  if (valueOf(map, 'apiVersion') !== null) return false;
  // a manifest without a kind is one of a prompt agent
  if (!KINDS.has(kind) && !(template !== map && kind === '' && valueOf(template, 'model') !== null && valueOf(map, 'resources') !== null)) return false;
  const named = textOf(valueOf(map, 'name')) !== null || textOf(valueOf(template, 'name')) !== null;
  return named && (template !== map || OF_AGENTS.some((key) => valueOf(template, key) !== null));
}

export function readAgentSchema(map: MapNode): FoundryAgent[] {
  const template = templateOf(map);
  const name = textField(template, 'name') ?? textField(map, 'name');
  if (!name) return [];
  const authors = spannedItems(at(map, 'metadata', 'authors')).concat(spannedItems(at(template, 'metadata', 'authors')));
  const resources = [...mapsOf(valueOf(map, 'resources')), ...entriesOf(valueOf(map, 'resources')).map((entry) => entry.map)];
  const model = spannedText(valueOf(template, 'model')) ?? textField(at(template, 'model'), 'id') ?? resources.filter((resource) => textOf(valueOf(resource, 'kind')) === 'model').map((resource) => textField(resource, 'id'))[0] ?? null;
  return [{
    map: template, ref: null,
    agent: {
      ...bareAgent(name.value, name.span),
      title: textField(map, 'displayName') ?? textField(template, 'displayName'),
      purpose: textField(map, 'description') ?? textField(template, 'description'),
      owner: authors[0] ?? null,
      models: model && !model.value.startsWith('{{') ? [modelOf(model)] : [],
      tools: [
        ...toolNodes(valueOf(template, 'tools')).flatMap(toolOf),
        ...resources.filter((resource) => textOf(valueOf(resource, 'kind')) === 'tool').flatMap((resource) => {
          const id = textField(resource, 'id');
          return id ? [toolAt(`foundry/${id.value}`, id)] : [];
        }),
      ],
      environment: textField(template, 'kind'),
      fields: fieldsOf(map),
    },
  }];
}

/** Tools as a list, or as a map by name. */
export const toolNodes = (node: Node | null): readonly MapNode[] => (resolve(node)?.kind === 'map' ? entriesOf(node).map(({ map }) => map) : mapsOf(node));

/** MCP tools are named under their server, what the platform gives under its own name. */
function toolOf(tool: MapNode): ForeignTool[] {
  const kind = textField(tool, 'kind') ?? textField(tool, 'type');
  const name = textField(tool, 'name');
  if (kind?.value === 'mcp') {
    const server = textField(tool, 'serverName') ?? name;
    if (!server) return [];
    const allowed = spannedItems(valueOf(tool, 'allowedTools'));
    return allowed.length > 0 ? allowed.map((one) => toolAt(`${server.value}/${one.value}`, one)) : [toolAt(`${server.value}/*`, server)];
  }
  const shown = kind?.value === 'function' || kind?.value === 'openapi' || kind?.value === 'custom' ? (name ?? kind) : (kind ?? name);
  return shown ? [toolAt(`foundry/${shown.value}`, shown)] : [];
}
