// A tool call as a manifest's Cedar policy is asked of it: what the host tells beside the tool and its arguments is not known here.
import { ANYTHING, entityOf, isRecord, text, valueOfArgument, valueOfJson, type CedarRequest, type Entity, type EntityStore, type Json, type Result } from '../cedar';
import type { ArgumentValues } from '../permissions';

/** Where a point finds the tool's name and arguments in the host's snapshot. */
export interface PointPaths {
  readonly name: readonly string[] | null;
  readonly args: readonly string[] | null;
  /** it asks annotators, whose answers are not known */
  readonly annotated: boolean;
}

const STEP = /\.([A-Za-z_][\w-]*)|\["([^"]*)"\]|\['([^']*)'\]/y;

/** `$snap.tool_call.args` and `$.tool_call.args` as names; null for another root, and for a place in a list. */
export function snapshotPath(written: string | null): readonly string[] | null {
  const root = /^\$(?:snap(?=$|[.[]))?/.exec(written ?? '');
  if (!root || written === null) return null;
  const names: string[] = [];
  STEP.lastIndex = root[0].length;
  while (STEP.lastIndex < written.length) {
    const match = STEP.exec(written);
    if (!match) return null;
    names.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return names;
}

export function requestFor(tool: string, given: ArgumentValues, paths: PointPaths, entities: EntityStore): CedarRequest {
  const root = open();
  if (paths.name && paths.name.length > 0) put(root, paths.name, text(tool));
  if (paths.args && paths.args.length > 0) put(root, paths.args, valueOfArgument(given, NONE) ?? ANYTHING);
  root.set('annotations', { kind: 'record', fields: new Map(), open: paths.annotated });
  return {
    principal: { kind: 'entity', type: 'Agent', id: null }, action: { kind: 'entity', type: 'Action', id: 'pre_tool_call' }, resource: { kind: 'entity', type: 'Tool', id: tool },
    context: { kind: 'record', fields: root, open: true }, entities,
  };
}

const NONE: ReadonlySet<string> = new Set();
const open = (): Map<string, Result> => new Map();

function put(into: Map<string, Result>, names: readonly string[], value: Result): void {
  const [first = '', ...rest] = names;
  if (rest.length === 0) {
    into.set(first, value);
    return;
  }
  const here = into.get(first);
  const fields = here?.kind === 'record' ? new Map(here.fields) : open();
  put(fields, rest, value);
  into.set(first, { kind: 'record', fields, open: true });
}

/** The entities of a file, as Cedar reads them; null where it is none. */
export function entityStore(json: Json): EntityStore | null {
  if (!Array.isArray(json)) return null;
  const known = new Map<string, { readonly attributes: Result; readonly tags: Result; readonly parents: readonly Entity[] }>();
  for (const one of json as readonly Json[]) {
    const uid = isRecord(one) ? entityOf(one['uid']) : null;
    if (!isRecord(one) || !uid) return null;
    const parents = (Array.isArray(one['parents']) ? (one['parents'] as readonly Json[]) : []).flatMap((parent) => entityOf(parent) ?? []);
    known.set(keyOf(uid), { attributes: valueOfJson(one['attrs'] ?? {}), tags: valueOfJson(one['tags'] ?? {}), parents });
  }
  const lookUp = (entity: Entity, part: 'attributes' | 'tags'): Result | null => (entity.type === null || entity.id === null ? ANYTHING : (known.get(keyOf(entity))?.[part] ?? null));
  return {
    attributes: (entity) => lookUp(entity, 'attributes'), tags: (entity) => lookUp(entity, 'tags'),
    within(entity, group) {
      if (entity.type === null || entity.id === null) return null;
      const seen = new Map([[keyOf(entity), entity]]);
      for (const [key, at] of seen) {
        if (at.type === group.type && at.id === group.id) return true;
        for (const parent of known.get(key)?.parents ?? []) if (!seen.has(keyOf(parent))) seen.set(keyOf(parent), parent);
      }
      return false;
    },
  };
}

const keyOf = ({ type, id }: Entity): string => JSON.stringify([type, id]);
