// Where the parts of a condition lead: `agent.team` to a team, `manifest.spec.tools[0].ref` to what the manifest's schema says stands there.
import { pathOf, type Expr, type Literal } from '../../core/conditions';
import { isChoice, nameKinds, propertySchema, schemaFor, type NameKind, type Schema } from '../../core/documents';

/** Steps from a root: names of fields, 0 for an entry of a list, `KEY` for a key of a map. */
export type Route = readonly (string | 0)[];
const KEY = '\0key';

/** What a name bound by a macro stands for. */
export type Bound = { readonly route: Route } | { readonly literals: readonly Literal[] };
export type Scope = ReadonlyMap<string, Bound>;

const FACTS: ReadonlyMap<string, NameKind> = new Map<string, NameKind>([
  ['agent id', 'agent'], ['agent roles 0', 'role'], ['agent team', 'team'], ['principal id', 'person'], ['context environment', 'environment'], ['context channel', 'channel'], ['context via 0', 'agent'],
  ['resource id', 'resource'], ['resource owner', 'team'], ['resource server', 'server'], ['resource integration', 'integration'],
]);

const MAX_DEPTH = 8;

/** The route of an expression that is a plain path, through macros' names and the policy's variables; null for any other. */
export function routeOf(expr: Expr, scope: Scope, variables: ReadonlyMap<string, Expr>, depth = 0): Route | null {
  if (depth > MAX_DEPTH) return null;
  if (expr.kind === 'identifier') {
    const bound = scope.get(expr.name);
    return bound ? ('route' in bound ? bound.route : null) : [expr.name];
  }
  const path = pathOf(expr);
  if (path?.[0] === 'variables' && path.length === 2 && !scope.has('variables')) {
    const variable = variables.get(path[1] ?? '');
    return variable ? routeOf(variable, NOTHING, variables, depth + 1) : null;
  }
  if (expr.kind === 'select' || expr.kind === 'index') {
    const operand = routeOf(expr.operand, scope, variables, depth);
    if (!operand) return null;
    if (expr.kind === 'select') return [...operand, expr.field];
    return [...operand, expr.index.kind === 'literal' && typeof expr.index.value === 'string' ? expr.index.value : 0];
  }
  return expr.kind === 'macro' && expr.name === 'filter' ? routeOf(expr.range, scope, variables, depth + 1) : null;
}

const NOTHING: Scope = new Map();

/** What a macro binds its name to. */
export function boundBy(range: Expr, scope: Scope, variables: ReadonlyMap<string, Expr>): Bound | null {
  if (range.kind === 'list') return { literals: range.items.filter((item): item is Literal => item.kind === 'literal') };
  const route = routeOf(range, scope, variables);
  return route && { route: [...route, keyKind(route) === null ? 0 : KEY] };
}

/** The kinds of names that can stand at a route. */
export function kindsAt(route: Route): readonly NameKind[] {
  const fact = FACTS.get(route.join(' '));
  if (fact) return [fact];
  if (route[route.length - 1] === KEY) {
    const kind = keyKind(route.slice(0, -1));
    return kind ? [kind] : [];
  }
  return [...new Set(schemasAt(route).flatMap(nameKinds).map(({ kind }) => kind))];
}

/** What the keys of the map at a route are names of, or null. */
export function keyKind(route: Route): NameKind | null {
  for (const schema of schemasAt(route)) {
    const declared = schema.propertyNames?.['x-declares'] ?? schema.propertyNames?.['x-ref'];
    if (declared && declared !== 'document') return declared;
  }
  return null;
}

/** The schemas that can hold at a route into a manifest or the Catalog, through all branches of unions. */
function schemasAt(route: Route): readonly Schema[] {
  const [root, ...rest] = route;
  if (root !== 'manifest' && root !== 'catalog') return [];
  let here = branches(schemaFor(root === 'manifest' ? 'agent' : 'catalog'));
  for (const step of root === 'manifest' ? rest : ['spec', ...rest]) here = here.flatMap((schema) => branches(step === 0 ? (schema.items ?? null) : propertySchema(schema, step)));
  return here;
}

const branches = (schema: Schema | null): readonly Schema[] => (schema === null ? [] : schema.oneOf && !isChoice(schema) ? schema.oneOf : [schema]);
