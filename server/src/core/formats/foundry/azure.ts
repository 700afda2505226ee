// The services of an `azure.yaml` that are agents, with the toolboxes and agents that they use.
import { textOf, valueOf, type MapNode } from '../../yaml';
import { at, bareAgent, entriesOf, fieldsOf, mapsOf, modelOf, toolAt } from '../agent';
import { spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignTool, Spanned } from '../format';

export interface FoundryAgent {
  readonly agent: ForeignAgent;
  readonly map: MapNode;
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
      map: service,
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

/** Toolboxes by name, or as maps with one. */
const toolboxes = (config: MapNode): Spanned<string>[] => [...spannedItems(valueOf(config, 'toolboxes')), ...mapsOf(valueOf(config, 'toolboxes')).flatMap((box) => textField(box, 'name') ?? [])];

/** A toolbox that the file describes tells its tools; one that is elsewhere may have any. */
function toolsOf(box: Spanned<string>, service: MapNode | undefined): ForeignTool[] {
  const tools = mapsOf(valueOf(service, 'tools')).concat(mapsOf(at(service ?? null, 'config', 'tools')));
  const names = tools.flatMap((tool) => textField(tool, 'name') ?? textField(tool, 'server_label') ?? textField(tool, 'type') ?? []);
  return names.length > 0 ? names.map((name) => toolAt(`${box.value}/${name.value}`, name)) : [toolAt(`${box.value}/*`, box)];
}
