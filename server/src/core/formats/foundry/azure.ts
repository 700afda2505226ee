// The services of an `azure.yaml` that are agents, with the toolboxes and agents that they use.
import type { Span } from '../../text';
import { textOf, valueOf, type MapNode } from '../../yaml';
import { at, bareAgent, entriesOf, fieldsOf, mapsOf, modelOf, toolAt } from '../agent';
import { spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignTool, Spanned } from '../format';

export interface FoundryAgent {
  readonly agent: ForeignAgent;
  readonly map: MapNode;
  /** the local file that describes it, as written, and where that is */
  readonly ref: Spanned<string> | null;
}

const HOST = /^azure\.ai\.(?:project|agent|connection|toolbox|skill|routine)$/;

const hostOf = (service: MapNode): string => textOf(valueOf(service, 'host')) ?? '';

export const isAzureFile = (map: MapNode): boolean => entriesOf(valueOf(map, 'services')).some((service) => HOST.test(hostOf(service.map)));

export function readServices(map: MapNode): FoundryAgent[] {
  const services = entriesOf(valueOf(map, 'services'));
  const named = (name: string) => services.find(({ key }) => key.value === name);
  return services.filter((service) => hostOf(service.map) === 'azure.ai.agent').map(({ key, map: service }): FoundryAgent => {
    // a service may be described in place, or under `config`
    const config = at(service, 'config')?.kind === 'map' ? (at(service, 'config') as MapNode) : service;
    const name = textField(config, 'name');
    const uses = [...spannedItems(valueOf(service, 'uses')), ...(config === service ? [] : spannedItems(valueOf(config, 'uses')))];
    const boxes = [...uses.filter((use) => hostOf(named(use.value)?.map ?? service) === 'azure.ai.toolbox'), ...toolboxes(config)];
    const model = textField(config, 'model') ?? textField(at(config, 'model'), 'id');
    const authors = spannedItems(at(config, 'metadata', 'authors'));
    return {
      map: service, ref: textField(config, '$ref') ?? textField(service, '$ref'),
      agent: {
        ...bareAgent(name?.value ?? key.value, name?.span ?? key.span),
        title: name, purpose: textField(config, 'description'), owner: authors[0] ?? null,
        models: model ? [modelOf(model)] : [],
        tools: boxes.flatMap((box) => toolsOf(box, named(box.value)?.map)),
        delegates: uses.flatMap((use): ForeignDelegate[] => (hostOf(named(use.value)?.map ?? service) === 'azure.ai.agent' && named(use.value) ? [{ name: textField(named(use.value)?.map ?? null, 'name')?.value ?? use.value, span: use.span, via: 'subagent' }] : [])),
        environment: textField(config, 'kind'),
        fields: fieldsOf(config),
      },
    };
  });
}

/** An agent that a file of its own describes: what that says is shown where the file is named. What stands in place counts first. */
export function withReference(agent: ForeignAgent, described: MapNode, span: Span, keepsName: boolean): ForeignAgent {
  const here = <T extends { readonly span: Span }>(value: T | null): T | null => value && { ...value, span };
  const name = here(textField(described, 'name'));
  const model = here(textField(described, 'model') ?? textField(at(described, 'model'), 'id'));
  const authors = spannedItems(at(described, 'metadata', 'authors'));
  return {
    ...agent, id: keepsName ? agent.id : (name?.value ?? agent.id), title: agent.title ?? name, purpose: agent.purpose ?? here(textField(described, 'description')), owner: agent.owner ?? here(authors[0] ?? null),
    models: agent.models.length > 0 || !model ? agent.models : [modelOf(model)], environment: agent.environment ?? here(textField(described, 'kind')),
    tools: agent.tools.length > 0 ? agent.tools : toolboxes(described).map((box) => toolAt(`${box.value}/*`, { value: box.value, span })),
  };
}

/** Toolboxes by name, or as maps with one. */
const toolboxes = (config: MapNode): Spanned<string>[] => [...spannedItems(valueOf(config, 'toolboxes')), ...mapsOf(valueOf(config, 'toolboxes')).flatMap((box) => textField(box, 'name') ?? [])];

/** A toolbox that the file describes tells its tools; one that is elsewhere may have any. */
function toolsOf(box: Spanned<string>, service: MapNode | undefined): ForeignTool[] {
  const tools = mapsOf(valueOf(service, 'tools')).concat(mapsOf(at(service ?? null, 'config', 'tools')));
  const names = tools.flatMap((tool) => textField(tool, 'name') ?? textField(tool, 'server_label') ?? textField(tool, 'type') ?? []);
  return names.length > 0 ? names.map((name) => toolAt(`${box.value}/${name.value}`, name)) : [toolAt(`${box.value}/*`, box)];
}
