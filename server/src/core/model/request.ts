// A request: what an agent asks to do. Both written forms become this one.
import type { Action, ResourceType } from '../documents';
import type { PlainMap } from './plain';

export interface Request {
  /** the agent's name, or its `name@path` */
  readonly agent: string;
  /** what the request says of the agent itself: only compared with what the workspace says, unless it is assumed */
  readonly attributes: PlainMap | null;
  /** decided for the agent as the request describes it; steps 1 to 3 are skipped */
  readonly assume: boolean;
  readonly action: Action;
  readonly resource: { readonly type: ResourceType; readonly id: string; readonly properties: PlainMap | null };
  /** of `deploy` the environment that is deployed to */
  readonly environment: string | null;
  readonly args: PlainMap;
  readonly principal: Principal | null;
  readonly context: RequestContext;
  /** milliseconds since 1970; null: the clock */
  readonly time: number | null;
  /** what was given and is not used */
  readonly warnings: readonly string[];
}

/** The person on whose behalf. */
export interface Principal {
  readonly id?: string;
  readonly roles?: readonly string[];
  readonly groups?: readonly string[];
}

export interface RequestContext {
  /** of an environment that the Catalog does not declare */
  readonly stage: string | null;
  readonly channel: string | null;
  readonly via: readonly string[];
  readonly labels: readonly string[];
  readonly cost: number | null;
  readonly ext: PlainMap;
}

/** Why something is no request. `field` is where, as it is written: `context.environment`, `args.amount`. */
export interface BadRequest {
  readonly field: string;
  /** a sentence that names the field */
  readonly message: string;
}

/** What can be asked of what. */
export const RESOURCE_OF_ACTION: Readonly<Record<Action, ResourceType>> = {
  call: 'tool', read: 'data', write: 'data', delete: 'data', delegate: 'agent', invoke: 'model', respond: 'channel', deploy: 'environment',
};

/** A request as the short form writes it, for tests, links and the command line; what is absent is left out. */
export function shortForm(request: Request): { readonly [key: string]: unknown } {
  const { context } = request;
  const rest: { [key: string]: unknown } = {};
  for (const key of ['stage', 'channel', 'cost'] as const) if (context[key] !== null) rest[key] = context[key];
  for (const key of ['via', 'labels'] as const) if (context[key].length > 0) rest[key] = context[key];
  if (Object.keys(context.ext).length > 0) rest.ext = context.ext;
  if (request.time !== null) rest.time = new Date(request.time).toISOString().replace('.000Z', 'Z');
  return {
    agent: request.attributes && request.assume ? { id: request.agent, ...request.attributes } : request.agent,
    action: request.action,
    // what the request says of the resource itself has no place in `type:id`
    resource: request.resource.properties ? { ...request.resource } : `${request.resource.type}:${request.resource.id}`,
    ...(request.environment !== null && request.action !== 'deploy' ? { environment: request.environment } : {}),
    ...(Object.keys(request.args).length > 0 ? { args: request.args } : {}),
    ...(request.principal ? { principal: request.principal } : {}),
    ...(Object.keys(rest).length > 0 ? { context: rest } : {}),
  };
}

/** The request in the form of the AuthZEN Authorization API. */
export function authzenForm(request: Request): { readonly [key: string]: unknown } {
  const { context } = shortForm(request) as { context?: object };
  const properties = { ...(request.assume ? request.attributes : null), ...(request.principal ? { onBehalfOf: request.principal } : {}) };
  return {
    subject: { type: 'agent', id: request.agent, ...(Object.keys(properties).length > 0 ? { properties } : {}) },
    action: { name: request.action },
    resource: { type: request.resource.type, id: request.resource.id, ...(request.resource.properties ? { properties: request.resource.properties } : {}) },
    context: { ...(request.environment !== null ? { environment: request.environment } : {}), ...(Object.keys(request.args).length > 0 ? { args: request.args } : {}), ...context },
  };
}
