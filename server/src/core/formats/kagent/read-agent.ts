// One agent resource: what it may use, and which of its tools a person must confirm.
import { valueOf, type MapNode, type Node } from '../../yaml';
import { at, bareAgent, fieldsOf, labelsOf, mapsOf, toolAt } from '../agent';
import { spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignModel, ForeignTool, Spanned } from '../format';

export interface KagentAgent {
  readonly agent: ForeignAgent;
  readonly kind: string;
  readonly servers: readonly ServerUse[];
  /** the model configuration, as written */
  readonly model: Spanned<string> | null;
}

/** One entry of `tools` that takes tools of a server. */
export interface ServerUse {
  readonly name: Spanned<string>;
  /** null: all of them */
  readonly tools: readonly Spanned<string>[] | null;
  readonly approval: readonly Spanned<string>[];
}

/** A model configuration, of this file or another. */
export interface ModelConfig {
  readonly name: string;
  readonly namespace: string | null;
  readonly model: string;
  readonly vendor: string | null;
}

export function readModelConfig(map: MapNode): ModelConfig[] {
  const metadata = at(map, 'metadata');
  const name = textField(metadata, 'name')?.value;
  const model = textField(at(map, 'spec'), 'model')?.value;
  return name !== undefined && model !== undefined ? [{ name, namespace: textField(metadata, 'namespace')?.value ?? null, model, vendor: textField(at(map, 'spec'), 'provider')?.value.toLowerCase() ?? null }] : [];
}

/** `configs`: the model configurations of the same file. */
export function readAgent(map: MapNode, kind: string, configs: readonly ModelConfig[]): KagentAgent[] {
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
    kind, servers, model,
    agent: {
      ...bareAgent(named(name.value), name.span),
      title: name,
      purpose: textField(spec, 'description'),
      owner: labels.find((label) => label.name === 'owner' || label.name === 'team') ?? null,
      models: model ? [modelOf(model, namespace?.value ?? null, configs)] : [],
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

/** What the configuration of this name says, where there is one; else the configuration's name. */
export function modelOf(written: Spanned<string>, namespace: string | null, configs: readonly ModelConfig[]): ForeignModel {
  const slash = written.value.lastIndexOf('/');
  const [inside, name] = slash < 0 ? [namespace, written.value] : [written.value.slice(0, slash), written.value.slice(slash + 1)];
  const fits = configs.filter((config) => config.name === name && (config.namespace === null || inside === null || config.namespace === inside));
  const [config, other] = fits;
  // two of one name say nothing of which is meant
  if (!config || (other && (other.model !== config.model || other.vendor !== config.vendor))) return { ...written, name: written.value, vendor: null };
  return { value: config.vendor === null ? config.model : `${config.vendor}/${config.model}`, span: written.span, name: config.model, vendor: config.vendor };
}

function serverUse(node: Node | null): ServerUse[] {
  const name = textField(node, 'name');
  if (!node || !name) return [];
  const names = valueOf(node, 'toolNames');
  return [{ name: { value: name.value.slice(name.value.lastIndexOf('/') + 1), span: name.span }, tools: names?.kind === 'seq' && names.items.length > 0 ? spannedItems(names) : null, approval: spannedItems(valueOf(node, 'requireApproval')) }];
}

const toolsOf = ({ name, tools }: ServerUse): ForeignTool[] =>
  tools === null ? [toolAt(`${name.value}/*`, name)] : tools.map((tool) => toolAt(`${name.value}/${tool.value}`, tool));

