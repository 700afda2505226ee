// One agent resource: what it may use, and which of its tools a person must confirm.
import { valueOf, type MapNode, type Node } from '../../yaml';
import { at, bareAgent, fieldsOf, labelsOf, mapsOf, toolAt } from '../agent';
import { spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignModel, ForeignTool, Spanned } from '../format';

export interface KagentAgent {
  readonly agent: ForeignAgent;
  readonly kind: string;
  readonly servers: readonly ServerUse[];
}

/** One entry of `tools` that takes tools of a server. */
export interface ServerUse {
  readonly name: Spanned<string>;
  /** null: all of them */
  readonly tools: readonly Spanned<string>[] | null;
  readonly approval: readonly Spanned<string>[];
}

/** `configs`: the model configurations of the same file. */
export function readAgent(map: MapNode, kind: string, configs: readonly MapNode[]): KagentAgent[] {
  const metadata = at(map, 'metadata');
  const name = textField(metadata, 'name');
  if (!name) return [];
  const spec = at(map, 'spec');
  const declarative = at(spec, 'declarative') ?? spec;
  const list = mapsOf(valueOf(declarative, 'tools'));
  const servers = list.flatMap((tool) => serverUse(valueOf(tool, 'mcpServer') ?? valueOf(tool, 'toolServer')));
  const namespace = textField(metadata, 'namespace');
  const named = (text: string): string => (namespace && !text.includes('/') ? `${namespace.value}/${text}` : text);
  const model = textField(declarative, 'modelConfig');
  const labels = labelsOf(at(metadata, 'labels'));
  return [{
    kind, servers,
    agent: {
      ...bareAgent(named(name.value), name.span),
      title: name,
      purpose: textField(spec, 'description'),
      owner: labels.find((label) => label.name === 'owner' || label.name === 'team') ?? null,
      models: model ? [modelOf(model, configs)] : [],
      tools: servers.flatMap(toolsOf),
      delegates: list.flatMap((tool): ForeignDelegate[] => {
        const agent = textField(valueOf(tool, 'agent'), 'name');
        return agent ? [{ name: named(agent.value), span: agent.span, via: 'subagent' }] : [];
      }),
      environment: namespace,
      labels,
      fields: spec?.kind === 'map' ? fieldsOf(spec) : new Map(),
    },
  }];
}

/** What the configuration of this name says, where the file has it; else the configuration's name. */
function modelOf(written: Spanned<string>, configs: readonly MapNode[]): ForeignModel {
  const spec = at(configs.find((config) => textField(at(config, 'metadata'), 'name')?.value === written.value.slice(written.value.lastIndexOf('/') + 1)) ?? null, 'spec');
  const name = textField(spec, 'model')?.value;
  const vendor = textField(spec, 'provider')?.value.toLowerCase() ?? null;
  return name === undefined ? { ...written, name: written.value, vendor: null } : { value: vendor === null ? name : `${vendor}/${name}`, span: written.span, name, vendor };
}

function serverUse(node: Node | null): ServerUse[] {
  const name = textField(node, 'name');
  if (!node || !name) return [];
  const names = valueOf(node, 'toolNames');
  return [{ name: { value: name.value.slice(name.value.lastIndexOf('/') + 1), span: name.span }, tools: names?.kind === 'seq' && names.items.length > 0 ? spannedItems(names) : null, approval: spannedItems(valueOf(node, 'requireApproval')) }];
}

const toolsOf = ({ name, tools }: ServerUse): ForeignTool[] =>
  tools === null ? [toolAt(`${name.value}/*`, name)] : tools.map((tool) => toolAt(`${name.value}/${tool.value}`, tool));

