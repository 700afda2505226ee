// Requests in their short form: made from what a witness holds, and decided by an engine.
import { ACTIONS } from '../documents';
import { RESOURCE_OF_ACTION, parseRequest, type Request } from '../model';
import { keyOf, obligationKey, type Engine } from '../policy';
import type { PlainValue } from '../yaml';
import type { DecidedAs } from './decisions';
import type { Clock } from './place';
import type { Named, Place } from './space';
import type { ShortRequest } from './types';

export type Plain = { [key: string]: PlainValue };

export function put(map: Plain, name: string, value: PlainValue): void {
  // as a plain field, and never as what the map is made from
  if (name === '__proto__') Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
  else map[name] = value;
}
export const mapOf = (value: PlainValue | undefined): Plain => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});

/** `timed`: it must say its time, whatever the clock is. */
export function shortRequest(place: Place, agent: string | null, environment: Named | null, root: Plain, clock: Clock, timed: boolean): ShortRequest {
  const request: Plain = { agent: agent ?? describedAgent(mapOf(root['agent'])), action: place.action, resource: resourceOf(place, mapOf(root['resource'])) };
  const [args, principal, context] = [mapOf(root['args']), mapOf(root['principal']), contextOf(mapOf(root['context']), clock, timed)];
  if (environment && place.action !== 'deploy') request['environment'] = environment.name;
  if (holdsAny(args)) request['args'] = args;
  if (holdsAny(principal)) request['principal'] = principal;
  if (holdsAny(context)) request['context'] = context;
  return request;
}

const holdsAny = (map: Plain): boolean => Object.keys(map).length > 0;

/** Described by at least one attribute, so that no agent of that name is meant. */
function describedAgent({ id, ...attributes }: Plain): Plain {
  for (const list of ['roles', 'functions']) if (Array.isArray(attributes[list]) && attributes[list].length === 0) delete attributes[list];
  if (attributes['labels'] !== undefined && !holdsAny(mapOf(attributes['labels']))) delete attributes['labels'];
  return { id: typeof id === 'string' ? id : 'any-agent', ...(holdsAny(attributes) ? attributes : { roles: [] }) };
}

function resourceOf({ resource, id }: Place, { id: _id, server: _server, ...properties }: Plain): PlainValue {
  return holdsAny(properties) ? { type: resource.slice(0, resource.indexOf(':')), id, properties } : resource;
}

function contextOf({ time, via, labels, ...rest }: Plain, clock: Clock, timed: boolean): Plain {
  delete rest['environment'];
  for (const [name, value] of [['via', via], ['labels', labels]] as const) if (Array.isArray(value) && value.length > 0) rest[name] = value;
  if (rest['ext'] !== undefined && !holdsAny(mapOf(rest['ext']))) delete rest['ext'];
  if (clock.at !== null) rest['time'] = timeText(clock.at);
  else if (typeof time === 'number' && (timed || time !== clock.now)) rest['time'] = timeText(time);
  return rest;
}

const timeText = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** A request from its short form; null for what is no request. */
export function parsedShort(request: ShortRequest): Request | null {
  return plainRequest(request) ?? readRequest(request);
}

const NO_FIELDS: Plain = {};
const NO_TEXTS: readonly string[] = [];
const NO_CONTEXT: Request['context'] = { stage: null, channel: null, via: NO_TEXTS, labels: NO_TEXTS, cost: null, ext: NO_FIELDS };

/** Most witnesses hold no more than who asks for what and a few plain arguments: nothing there is left to read. Null for all others. */
function plainRequest(request: ShortRequest): Request | null {
  const { agent, action, resource, environment, args } = request;
  if (typeof agent !== 'string' || agent === '' || typeof resource !== 'string' || action === 'deploy') return null;
  if (environment !== undefined && (typeof environment !== 'string' || environment === '')) return null;
  if (args !== undefined && (typeof args !== 'object' || args === null || Array.isArray(args))) return null;
  const given = args ?? NO_FIELDS;
  for (const name in given) {
    const value = given[name];
    if (typeof value !== 'string' && typeof value !== 'boolean' && !(typeof value === 'number' && Number.isFinite(value) && (Math.abs(value) <= Number.MAX_SAFE_INTEGER || !Number.isInteger(value)))) return null;
  }
  const colon = resource.indexOf(':');
  const known = ACTIONS.find((one) => one === action);
  if (known === undefined || resource.slice(0, colon) !== RESOURCE_OF_ACTION[known] || colon === resource.length - 1) return null;
  if (Object.keys(request).length !== 3 + (environment === undefined ? 0 : 1) + (args === undefined ? 0 : 1) || (args !== undefined && known !== 'call')) return null;
  return {
    agent, attributes: null, assume: false, action: known, resource: { type: RESOURCE_OF_ACTION[known], id: resource.slice(colon + 1), properties: null },
    environment: environment ?? null, args: given, principal: null, context: NO_CONTEXT, time: null, warnings: NO_TEXTS,
  };
}

/** As `parseRequest` reads it. */
export function readRequest(request: ShortRequest): Request | null {
  const assume = typeof request['agent'] === 'object';
  const parsed = parseRequest(assume ? { ...request, assume: true } : request, { assume });
  return 'request' in parsed ? parsed.request : null;
}

/** What the engine decides, as far as it counts here. */
export function decidedAs(engine: Engine, request: Request, clock: Clock): DecidedAs {
  const { effect, approvals, obligations, unknown } = engine.outcome(engine.prepare(request, { at: clock.at ?? clock.now }));
  if (approvals.length + obligations.length + unknown.length === 0) return { effect, approvals, obligations, unknown, key: `["${effect}",[],[],[]]` };
  const terms = [...new Map(approvals.map(({ from, count, within, distinct }) => [keyOf({ from, count, within, distinct }), { from: [...from].sort(), count, within, distinct }]))].sort(([a], [b]) => (a < b ? -1 : 1));
  const owed = obligations.map((one) => [obligationKey(one), one] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return { effect, approvals: terms.map(([, one]) => one), obligations: owed.map(([, one]) => one), unknown, key: JSON.stringify([effect, terms.map(([key]) => key), owed.map(([key]) => key), [...unknown].sort()]) };
}
