// From what was written to a Request: the AuthZEN form and the short one, field by field. What is wrong is said of the field as it is written.
import { ACTIONS, RESOURCE_TYPES, type Action, type ResourceType } from '../documents';
import { nearest } from '../text';
import type { PlainValue } from '../yaml';
import { isMap, type PlainMap } from './plain';
import { RESOURCE_OF_ACTION, type BadRequest, type Principal, type Request, type RequestContext } from './request';
import { faultyValue, sameValue } from './request-values';
import { parseTime } from './time';

export interface ParseRequestOptions {
  /** the request may bring its agent as an object, and is decided for it */
  readonly assume?: boolean;
}

export type ParsedRequest = { readonly request: Request } | { readonly bad: BadRequest };

class Bad {
  constructor(
    readonly field: string,
    readonly message: string,
  ) {}
}

/** One place at which a value may stand, with its name as it is written. */
interface Given {
  readonly value: PlainValue;
  readonly field: string;
}

const TOP = new Set(['agent', 'subject', 'action', 'resource', 'environment', 'args', 'principal', 'time', 'context', 'assume']);
const CONTEXT = new Set(['environment', 'args', 'time', 'stage', 'channel', 'via', 'labels', 'cost', 'ext']);
const AUTHZEN_TOP = new Set(['options', 'evaluations']);

/** Never throws. */
export function parseRequest(value: PlainValue, options: ParseRequestOptions = {}): ParsedRequest {
  try {
    return { request: read(value, options.assume === true) };
  } catch (error) {
    if (error instanceof Bad) return { bad: { field: error.field, message: error.message } };
    throw error;
  }
}

function read(value: PlainValue, assume: boolean): Request {
  if (!isMap(value)) throw new Bad('request', '`request` must be a map, such as `{ "agent": "refund-assistant", "action": "call", "resource": "tool:payments/refund" }`');
  checkNumbers(value);
  if (has(value, 'assume') && value.assume !== false && !assume) throw new Bad('assume', '`assume` is not for requests: it skips what the workspace says of the agent');
  const warnings: string[] = [];
  const context = mapAt(value, 'context') ?? {};
  const subject = mapAt(value, 'subject');
  const properties = subject ? (mapAt(subject, 'properties', 'subject.properties') ?? {}) : {};
  for (const key of Object.keys(value)) if (!TOP.has(key) && !key.startsWith('x-') && !(subject && AUTHZEN_TOP.has(key))) warnings.push(notUsed(key, [...TOP]));
  for (const key of Object.keys(context)) if (!CONTEXT.has(key) && !key.startsWith('x-')) warnings.push(`${notUsed(`context.${key}`, [...CONTEXT].map((name) => `context.${name}`))} Free keys belong under \`context.ext\`.`);
  const { agent, attributes } = agentOf(value, subject, properties, assume);
  const action = actionOf(value);
  const resource = resourceOf(value);
  if (RESOURCE_OF_ACTION[action] !== resource.type) {
    throw new Bad('resource', `\`resource\` is of type \`${resource.type}\`, but \`${action}\` goes with \`${RESOURCE_OF_ACTION[action]}:...\``);
  }
  const args = argsOf(value, context, action);
  return {
    agent, attributes, assume, action, resource, args,
    environment: environmentOf(value, context, action, resource.id),
    principal: principalOf(value, properties),
    context: contextOf(context),
    time: timeOf(value, context),
    warnings,
  };
}

const has = (map: PlainMap, key: string): boolean => Object.hasOwn(map, key) && map[key] !== null;
const give = (map: PlainMap, key: string, field: string): Given | null => (has(map, key) ? { value: map[key] as PlainValue, field } : null);

function mapAt(map: PlainMap, key: string, field = key): PlainMap | null {
  if (!has(map, key)) return null;
  const value = map[key] as PlainValue;
  if (!isMap(value)) throw new Bad(field, `\`${field}\` must be a map`);
  return value;
}

/** The value where it stands; where it stands twice, the two must be the same. */
function oneOfTwo(first: Given | null, second: Given | null, same: (one: PlainValue, other: PlainValue) => boolean = sameValue): Given | null {
  if (first && second && !same(first.value, second.value)) throw new Bad(first.field, `\`${first.field}\` and \`${second.field}\` differ; give one of them, or the same twice`);
  return first ?? second;
}

function text(given: Given | null): string | null {
  if (!given) return null;
  if (typeof given.value !== 'string' || given.value === '') throw new Bad(given.field, `\`${given.field}\` must be a text that is not empty`);
  return given.value;
}

function texts(given: Given | null): readonly string[] {
  if (!given) return [];
  if (!Array.isArray(given.value)) throw new Bad(given.field, `\`${given.field}\` must be a list of texts`);
  return given.value.map((entry, index) => {
    if (typeof entry !== 'string') throw new Bad(`${given.field}[${index}]`, `\`${given.field}[${index}]\` must be a text`);
    return entry;
  });
}

function notUsed(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `\`${name}\` is not a field of a request and was not used.${near ? ` Did you mean \`${near}\`?` : ''}`;
}

function agentOf(value: PlainMap, subject: PlainMap | null, properties: PlainMap, assume: boolean): { agent: string; attributes: PlainMap | null } {
  const short = give(value, 'agent', 'agent');
  const object = short && isMap(short.value) ? short.value : null;
  if (object && !assume) throw new Bad('agent', '`agent` must be the name of an agent of the workspace; a description of one is only taken with `--assume`');
  if (subject) {
    const type = text(give(subject, 'type', 'subject.type'));
    if (type === null) throw new Bad('subject.type', '`subject.type` is missing; write `"agent"`');
    if (type !== 'agent') throw new Bad('subject.type', `\`subject.type\` is \`${type}\`, but only agents ask; whoever they act for belongs under \`subject.properties.onBehalfOf\``);
  }
  const id = subject ? give(subject, 'id', 'subject.id') : null;
  const agent = text(oneOfTwo(object ? give(object, 'id', 'agent.id') : short, id));
  if (agent === null) {
    const field = object ? 'agent.id' : subject ? 'subject.id' : 'agent';
    throw new Bad(field, `\`${field}\` is missing: name the agent that asks`);
  }
  const said = Object.entries(object ?? properties).filter(([key]) => key !== 'id' && key !== 'onBehalfOf');
  return { agent, attributes: said.length > 0 || assume ? Object.fromEntries(said) : null };
}

function actionOf(value: PlainMap): Action {
  const given = give(value, 'action', 'action');
  if (!given) throw new Bad('action', '`action` is missing: name what the agent wants to do, such as `call`');
  const field = isMap(given.value) ? 'action.name' : 'action';
  const name = text(isMap(given.value) ? give(given.value, 'name', 'action.name') : given);
  if (name === null) throw new Bad(field, `\`${field}\` is missing: name what the agent wants to do, such as \`call\``);
  const action = ACTIONS.find((known) => known === name);
  if (action) return action;
  const near = nearest(name, ACTIONS);
  throw new Bad(field, `\`${field}\` is \`${name}\`, which is no action${near ? `; did you mean \`${near}\`` : ''}; there are ${ACTIONS.map((known) => `\`${known}\``).join(', ')}`);
}

function resourceOf(value: PlainMap): Request['resource'] {
  const given = give(value, 'resource', 'resource');
  if (!given) throw new Bad('resource', '`resource` is missing: name what the agent wants to use, such as `tool:payments/refund`');
  if (isMap(given.value)) {
    const type = text(give(given.value, 'type', 'resource.type'));
    if (type === null) throw new Bad('resource.type', '`resource.type` is missing');
    const id = text(give(given.value, 'id', 'resource.id'));
    if (id === null) throw new Bad('resource.id', '`resource.id` is missing');
    return { type: typeOf(type, 'resource.type'), id, properties: mapAt(given.value, 'properties', 'resource.properties') };
  }
  const written = text(given) ?? '';
  const colon = written.indexOf(':');
  if (colon < 0) throw new Bad('resource', `\`resource\` is \`${written}\`; write its type before a colon, such as \`tool:payments/refund\``);
  if (colon === written.length - 1) throw new Bad('resource', `\`resource\` is \`${written}\`, which names nothing behind the colon`);
  return { type: typeOf(written.slice(0, colon), 'resource'), id: written.slice(colon + 1), properties: null };
}

function typeOf(name: string, field: string): ResourceType {
  const type = RESOURCE_TYPES.find((known) => known === name);
  if (type) return type;
  throw new Bad(field, `\`${field}\` has the type \`${name}\`, which does not exist; there are ${RESOURCE_TYPES.map((known) => `\`${known}\``).join(', ')}`);
}

function environmentOf(value: PlainMap, context: PlainMap, action: Action, resource: string): string | null {
  const given = oneOfTwo(give(value, 'environment', 'environment'), give(context, 'environment', 'context.environment'));
  const environment = text(given);
  if (action !== 'deploy') return environment;
  if (given && environment !== resource) throw new Bad(given.field, `\`${given.field}\` is \`${environment}\`, but \`resource\` deploys to \`${resource}\`; a deployment has one environment`);
  return resource;
}

function argsOf(value: PlainMap, context: PlainMap, action: Action): PlainMap {
  const given = oneOfTwo(give(value, 'args', 'args'), give(context, 'args', 'context.args'));
  if (!given) return {};
  if (!isMap(given.value)) throw new Bad(given.field, `\`${given.field}\` must be a map of arguments`);
  if (action !== 'call' && Object.keys(given.value).length > 0) throw new Bad(given.field, `\`${given.field}\` holds arguments, but only \`call\` takes any, and \`action\` is \`${action}\``);
  return given.value;
}

function principalOf(value: PlainMap, properties: PlainMap): Principal | null {
  const given = oneOfTwo(give(value, 'principal', 'principal'), give(properties, 'onBehalfOf', 'subject.properties.onBehalfOf'));
  if (!given) return null;
  const { field } = given;
  // a name alone is what people write first
  if (typeof given.value === 'string' && given.value !== '') return { id: given.value };
  if (!isMap(given.value)) throw new Bad(field, `\`${field}\` must be a map, such as \`{ "id": "maria", "roles": ["clerk"] }\``);
  const id = text(give(given.value, 'id', `${field}.id`));
  const [roles, groups] = [give(given.value, 'roles', `${field}.roles`), give(given.value, 'groups', `${field}.groups`)];
  return { ...(id === null ? {} : { id }), ...(roles ? { roles: texts(roles) } : {}), ...(groups ? { groups: texts(groups) } : {}) };
}

function contextOf(context: PlainMap): RequestContext {
  const cost = give(context, 'cost', 'context.cost');
  if (cost && typeof cost.value !== 'number') throw new Bad(cost.field, '`context.cost` must be a number');
  return {
    stage: text(give(context, 'stage', 'context.stage')),
    channel: text(give(context, 'channel', 'context.channel')),
    via: texts(give(context, 'via', 'context.via')),
    labels: texts(give(context, 'labels', 'context.labels')),
    cost: cost ? (cost.value as number) : null,
    ext: mapAt(context, 'ext', 'context.ext') ?? {},
  };
}

function timeOf(value: PlainMap, context: PlainMap): number | null {
  const given = oneOfTwo(give(value, 'time', 'time'), give(context, 'time', 'context.time'), (one, other) => sameValue(instantOf(one), instantOf(other)));
  const written = text(given);
  if (!given || written === null) return null;
  const time = parseTime(written);
  if (time === null) throw new Bad(given.field, `\`${given.field}\` is \`${written}\`, which is no time; write it as \`2026-11-22T10:00:00Z\``);
  return time;
}

/** One time may be written in several ways. */
const instantOf = (value: PlainValue): PlainValue => (typeof value === 'string' ? parseTime(value) ?? value : value);

function checkNumbers(value: PlainMap): void {
  const fault = faultyValue(value);
  if (fault) throw new Bad(fault.field, fault.message);
}
