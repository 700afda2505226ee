// Requests in their short form: made from what a witness holds, and decided by an engine.
import { parseRequest, type Request } from '../model';
import { keyOf, obligationKey, type Engine } from '../policy';
import type { PlainValue } from '../yaml';
import type { DecidedAs } from './decisions';
import type { Clock } from './place';
import type { Named, Place } from './space';
import type { ShortRequest } from './types';

export type Plain = { [key: string]: PlainValue };

export const put = (map: Plain, name: string, value: PlainValue): void => void Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
export const mapOf = (value: PlainValue | undefined): Plain => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});

/** `timed`: it must say its time, whatever the clock is. */
export function shortRequest(place: Place, agent: string | null, environment: Named | null, root: Plain, clock: Clock, timed: boolean): ShortRequest {
  const args = mapOf(root['args']);
  const { time, via, labels, environment: _, ...context } = mapOf(root['context']);
  const { id: agentId, ...attributes } = mapOf(root['agent']);
  const principal = mapOf(root['principal']);
  const { id: _id, server: _server, ...properties } = mapOf(root['resource']);
  const rest: Plain = { ...context };
  for (const [name, value] of [['via', via], ['labels', labels]] as const) if (Array.isArray(value) && value.length > 0) rest[name] = value;
  if (rest['ext'] !== undefined && Object.keys(mapOf(rest['ext'])).length === 0) delete rest['ext'];
  if (clock.at !== null) rest['time'] = timeText(clock.at);
  else if (typeof time === 'number' && (timed || time !== clock.now)) rest['time'] = timeText(time);
  for (const list of ['roles', 'functions']) if (Array.isArray(attributes[list]) && attributes[list].length === 0) delete attributes[list];
  if (attributes['labels'] !== undefined && Object.keys(mapOf(attributes['labels'])).length === 0) delete attributes['labels'];
  const type = place.resource.slice(0, place.resource.indexOf(':'));
  return {
    // described by at least one attribute, so that no agent of that name is meant
    agent: agent ?? { id: typeof agentId === 'string' ? agentId : 'any-agent', ...(Object.keys(attributes).length > 0 ? attributes : { roles: [] }) },
    action: place.action,
    resource: Object.keys(properties).length > 0 ? { type, id: place.id, properties } : place.resource,
    ...(environment && place.action !== 'deploy' ? { environment: environment.name } : {}),
    ...(Object.keys(args).length > 0 ? { args } : {}),
    ...(Object.keys(principal).length > 0 ? { principal } : {}),
    ...(Object.keys(rest).length > 0 ? { context: rest } : {}),
  };
}

const timeText = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** A request from its short form; null for what is no request. */
export function parsedShort(request: ShortRequest): Request | null {
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
