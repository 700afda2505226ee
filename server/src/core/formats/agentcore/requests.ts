// A call behind an AgentCore gateway as Cedar is asked of it: the claims of the token and the gateway's address are not known here, the tool and its arguments are.
import { ANYTHING, entitiesIn, isRecord, valueOfArgument, type CedarPolicy, type CedarRequest, type Entity, type EntityStore, type Json } from '../cedar';
import type { ArgumentValues } from '../permissions';

const PRINCIPALS: readonly string[] = ['AgentCore::OAuthUser', 'AgentCore::IamEntity'];
const ACTION = 'AgentCore::Action';
const GATEWAY = 'AgentCore::Gateway';
/** Actions that every tool's action lies below. */
const GROUPS: ReadonlySet<string> = new Set(['CallTool', 'Mcp']);

/** What policies tell of the gateway that they are for. */
export interface Gateway {
  /** the one type of principal that they name; null where they name none, or both */
  readonly principal: string | null;
  /** the one gateway; null where they name none, or several */
  readonly id: string | null;
  /** parameters that they compare as decimals, as paths: there every number is one */
  readonly decimals: ReadonlySet<string>;
}

/** The gateways that a policy's head names. */
export const gatewaysOf = ({ json }: CedarPolicy): readonly string[] => (entitiesIn(json['resource']) ?? []).flatMap(({ type, id }) => (type === GATEWAY && id !== null ? [id] : []));

/** What all policies of a file tell; the gateway is another question for each, since each may be for another. */
export function callersOf(all: readonly CedarPolicy[]): Omit<Gateway, 'id'> {
  const whole = JSON.stringify(all.map(({ json }) => json));
  const types = PRINCIPALS.filter((type) => whole.includes(JSON.stringify(type)));
  const decimals = new Set<string>();
  for (const { json } of all) walk(json, (node) => {
    for (const name of DECIMAL) for (const side of Array.isArray(node[name]) ? (node[name] as readonly Json[]) : []) {
      const path = inputPath(side);
      if (path) decimals.add(path.join('.'));
    }
  });
  return { principal: types.length === 1 ? (types[0] ?? null) : null, decimals };
}

/** The ids of the actions that a policy's head names; null for every tool's. */
export function actionsOf({ json }: CedarPolicy): readonly string[] | null {
  const named = entitiesIn(json['action']);
  const ids = named?.flatMap(({ type, id }) => (type === ACTION && id !== null ? [id] : [])) ?? null;
  return ids?.some((id) => GROUPS.has(id)) ? null : ids;
}

/** `action`: as policies name the tool. */
export function requestFor({ principal, id, decimals }: Gateway, action: string, args: ArgumentValues): CedarRequest {
  return {
    principal: { kind: 'entity', type: principal, id: null }, action: { kind: 'entity', type: ACTION, id: action }, resource: { kind: 'entity', type: GATEWAY, id },
    context: { kind: 'record', fields: new Map([['input', valueOfArgument(args, decimals) ?? ANYTHING]]), open: true }, entities: ENTITIES,
  };
}

const ENTITIES: EntityStore = {
  attributes: ({ type }) => (type === ACTION ? null : ANYTHING),
  // who calls with credentials of the cloud has no claims
  tags: ({ type }) => (type === 'AgentCore::OAuthUser' || type === null ? { kind: 'record', fields: new Map(), open: true } : null),
  within: (entity, group) => (entity.type === ACTION && group.type === ACTION ? entity.id === group.id || GROUPS.has(group.id ?? '') : within(entity, group)),
};

const within = (entity: Entity, group: Entity): boolean | null => (entity.type === null || entity.id === null ? null : entity.type === group.type && entity.id === group.id);

/** The parameters that the conditions read, outermost names only, and the texts that they compare with. */
export function readsOf({ json }: CedarPolicy): { readonly args: readonly string[]; readonly texts: readonly string[] } {
  const args = new Set<string>();
  const texts = new Set<string>();
  walk(json['conditions'] ?? null, (node) => {
    const path = inputPath(node);
    if (path?.[0] !== undefined) args.add(path[0]);
    const has = node['has'];
    if (isRecord(has) && inputPath(has['left'] ?? null)?.length === 0) for (const attr of Array.isArray(has['attr']) ? (has['attr'] as readonly Json[]) : [has['attr']]) if (typeof attr === 'string') args.add(attr);
    if (typeof node['Value'] === 'string') texts.add(node['Value']);
    const like = node['like'];
    const pattern = isRecord(like) ? like['pattern'] : null;
    if (Array.isArray(pattern)) texts.add((pattern as readonly Json[]).map((part) => (isRecord(part) && typeof part['Literal'] === 'string' ? part['Literal'] : 'x')).join(''));
  });
  return { args: [...args].sort(), texts: [...texts].slice(0, 40) };
}

const DECIMAL: readonly string[] = ['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'];

/** The names behind `context.input`; null for another expression. */
function inputPath(expression: Json): readonly string[] | null {
  const names: string[] = [];
  let here: Json = expression;
  for (let depth = 0; depth < 1_500 && isRecord(here); depth++) {
    const step: Json = here['.'] ?? null;
    if (!isRecord(step) || typeof step['attr'] !== 'string') break;
    names.unshift(step['attr']);
    here = step['left'] ?? null;
  }
  return isRecord(here) && here['Var'] === 'context' && names[0] === 'input' ? names.slice(1) : null;
}

function walk(json: Json, visit: (node: { readonly [key: string]: Json }) => void, depth = 0): void {
  if (depth > 3_000 || typeof json !== 'object' || json === null) return;
  if (isRecord(json)) visit(json);
  for (const child of Object.values(json) as Json[]) walk(child, visit, depth + 1);
}
