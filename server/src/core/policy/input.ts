// What conditions see of a request: what the workspace declares, filled up by what the request brings.
import { Timestamp, type ConditionInput, type MapValue, type Value } from '../conditions';
import type { ResourceType } from '../documents';
import { modelStatus, sameValue, type Catalog, type PlainMap, type Request } from '../model';
import type { PlainValue } from '../yaml';
import type { Subject } from './subject';

/** The facts of a resource that a request may bring where the Catalog is silent. */
export const OPEN_FACTS: Readonly<Record<ResourceType, readonly string[]>> = {
  tool: ['owner', 'labels', 'capabilities'],
  data: ['owner', 'labels', 'capabilities', 'classification', 'residency', 'integration'],
  agent: ['owner', 'labels', 'capabilities'],
  model: ['owner', 'labels', 'capabilities', 'status'],
  channel: ['owner', 'labels', 'capabilities', 'trust'],
  environment: ['owner', 'labels', 'capabilities', 'stage', 'platform'],
};

/** What the Catalog says of a resource. */
export function declaredFacts(catalog: Catalog, type: ResourceType, id: string): Record<string, Value> {
  const facts: Record<string, Value> = { type, id };
  const add = (name: string, value: Value | null): void => {
    if (value !== null) facts[name] = value;
  };
  const thing = type === 'tool' ? catalog.tools.get(id) : type === 'data' ? catalog.data.get(id) : type === 'channel' ? catalog.channels.get(id) : undefined;
  if (thing) {
    add('owner', thing.owner);
    add('labels', thing.labels);
    add('capabilities', thing.capabilities);
  }
  if (type === 'tool') facts.server = id.includes('/') ? id.slice(0, id.indexOf('/')) : id;
  if (type === 'data') for (const name of ['classification', 'residency', 'integration'] as const) add(name, catalog.data.get(id)?.[name] ?? null);
  if (type === 'channel') add('trust', catalog.channels.get(id)?.trust ?? null);
  if (type === 'model') add('status', modelStatus(catalog, id));
  if (type === 'environment') {
    add('stage', catalog.environments.get(id)?.stage ?? null);
    add('platform', catalog.environments.get(id)?.platform ?? null);
  }
  return facts;
}

export interface InputOptions {
  readonly request: Request;
  readonly subject: Subject;
  readonly catalog: Catalog;
  /** the clock */
  readonly time: number;
  /** `declaredFacts` of the resource */
  readonly facts: MapValue;
  warn(message: string): void;
}

export function inputOf({ request, subject, catalog, time, facts, warn }: InputOptions): ConditionInput {
  const environment = request.environment === null ? undefined : catalog.environments.get(request.environment);
  const { context: said, principal } = request;
  const context: Record<string, Value> = { time: new Timestamp(time), via: said.via, labels: said.labels, ext: said.ext };
  if (request.environment !== null) context.environment = request.environment;
  const stage = environment?.stage ?? said.stage;
  if (stage !== null) context.stage = stage;
  if (environment?.stage && said.stage !== null && said.stage !== environment.stage) warn(contradiction('context.stage', said.stage, environment.stage));
  if (said.channel !== null) context.channel = said.channel;
  if (said.cost !== null) context.cost = said.cost;
  if (!request.assume && request.attributes) checkAttributes(request.attributes, subject.attributes, warn);
  const agent = environment?.platform ? { ...subject.attributes, platform: environment.platform } : subject.attributes;
  return {
    agent,
    principal: principal ? { ...principal } : {},
    action: { name: request.action },
    resource: resourceOf(request, facts, warn),
    args: request.args,
    context,
  };
}

/** Facts of the Catalog win; the request fills what is not declared. */
function resourceOf({ resource: { type, properties } }: Request, facts: MapValue, warn: (message: string) => void): MapValue {
  if (!properties) return facts;
  const filled: Record<string, Value> = {};
  for (const name of OPEN_FACTS[type]) {
    const value = properties[name];
    if (value === undefined || value === null) continue;
    const declared = facts[name];
    if (declared === undefined) filled[name] = value;
    else if (!sameFact(declared, value)) warn(contradiction(`resource.${name}`, value, declared));
  }
  return { ...facts, ...filled };
}

/** What a request says of its agent is never used; where it says something else than the workspace, that is worth knowing. */
function checkAttributes(said: PlainMap, declared: MapValue, warn: (message: string) => void): void {
  for (const [name, value] of Object.entries(said)) {
    const known = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (known === undefined || typeof known !== 'object' || known === null || Array.isArray(known) || name === 'labels') {
      if (known !== undefined && !sameFact(known, value)) warn(contradiction(`agent.${name}`, value, known));
    }
  }
}

/** Lists of facts are sets. */
function sameFact(declared: Value, said: PlainValue): boolean {
  if (Array.isArray(declared) && Array.isArray(said)) return declared.length === said.length && declared.every((entry) => said.includes(entry as PlainValue));
  return sameValue(declared as PlainValue, said);
}

const contradiction = (field: string, said: Value, declared: Value): string =>
  `The request says that \`${field}\` is ${shown(said)}, but the workspace declares ${shown(declared)}; that counts.`;
const shown = (value: Value): string => JSON.stringify(value).slice(0, 80);
