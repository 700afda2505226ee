// The names in a file's conditions: literals that are compared with a name, keys of the Catalog, a policy's own variables.
import { childrenOf, parseCondition, type Expr, type Literal, type Parse } from '../../core/conditions';
import type { NameKind } from '../../core/documents';
import { pattern, type Span } from '../../core/text';
import { nodeAt, resolve, scalarMap, textOf, valueOf, type Node } from '../../core/yaml';
import type { DocumentFacts, Workspace } from '../../core/workspace';
import { meant } from './meant';
import { boundBy, keyKind, kindsAt, routeOf, type Bound, type Route, type Scope } from './routes';

/** A name in a condition. */
export interface ConditionName {
  readonly kind: NameKind;
  readonly name: string;
  readonly span: Span;
  /** false where escapes hide it: the span is then the whole literal */
  readonly exact: boolean;
  /** `field`: written as `catalog.teams.name`, which takes identifiers only */
  readonly form: 'text' | 'field' | 'variable';
  /** several things have the name, and the condition does not say which is meant */
  readonly unsure: boolean;
}

/** A test of a part of a name: `agent.id.startsWith("refund-")`. */
export interface PartialTest {
  readonly kind: NameKind;
  readonly test: 'startsWith' | 'endsWith' | 'contains' | 'matches';
  readonly text: string;
  readonly span: Span;
}

export interface ConditionNames {
  readonly names: readonly ConditionName[];
  readonly partial: readonly PartialTest[];
  /** conditions that cannot be read */
  readonly unread: readonly Span[];
}

const RESOURCES: readonly NameKind[] = ['tool', 'data', 'agent', 'model', 'channel', 'environment'];
const OF_ACTION: Readonly<Record<string, NameKind>> = { call: 'tool', read: 'data', write: 'data', delete: 'data', delegate: 'agent', invoke: 'model', respond: 'channel', deploy: 'environment' };

/** What a walk over a condition meets. */
export interface NameSink {
  /** a text that stands for a name of one of the kinds */
  literal(kinds: readonly NameKind[], literal: Literal): void;
  field(kind: NameKind, name: string, span: Span, form: 'field' | 'variable'): void;
  /** a key in brackets: of the Catalog, or of the policy's variables */
  key(operand: Route, literal: Literal): void;
  partial(kinds: readonly NameKind[], test: PartialTest['test'], text: string, span: Span): void;
}

/** `about`: only conditions that hold one of these texts are looked at; absent: all. */
export function conditionNames(workspace: Workspace, document: DocumentFacts, text: string, about: readonly string[] | null = null, parse: Parse = parseCondition): ConditionNames {
  const found: { names: ConditionName[]; partial: PartialTest[]; unread: Span[] } = { names: [], partial: [], unread: [] };
  const wanted = document.conditions.filter(({ node }) => about === null || about.some((one) => node.text.includes(one)));
  if (wanted.length === 0) return found;
  const variables = policyVariableTrees(document.root, document.kind === 'Policy', parse);
  const policy = document.name ?? '';
  for (const { node, path, env } of wanted) {
    const { ast, sound } = parse(node.text);
    if (!ast) found.unread.push({ start: node.start, end: node.end });
    const map = scalarMap(text, node);
    const place = (span: Span): Span => map.span(span.start, span.end);
    const types = path[1] === 'rules' ? resourceKinds(document.root, Number(path[2])) : RESOURCES;
    const variable = (name: string, span: Span, exact: boolean, form: ConditionName['form']): void => void (env === 'policy' && found.names.push({ kind: 'variable', name: `${policy}/${name}`, span: place(span), exact: map.exact && exact, form, unsure: false }));
    const sink: NameSink = {
      literal(kinds, literal) {
        if (typeof literal.value !== 'string' || literal.value === '') return;
        const value = literal.value;
        const known = kinds.includes('resource') && env === 'policy' ? resourceMeant(workspace, types, value) : kinds;
        for (const kind of known) {
          for (const part of meant(workspace, kind, value, true)) {
            const inner = literal.textSpan && { start: literal.textSpan.start + part.from, end: literal.textSpan.start + part.to };
            const span = place(inner ?? literal.span);
            const exact = map.exact && inner !== undefined && text.slice(span.start, span.end) === value.slice(part.from, part.to);
            found.names.push({ kind: part.kind, name: part.name, span, exact, form: 'text', unsure: known.length > 1 });
          }
        }
      },
      field(kind, name, span, form) {
        if (form === 'variable') variable(name, span, true, form);
        else found.names.push({ kind, name, span: place(span), exact: map.exact, form, unsure: false });
      },
      key(operand, literal) {
        if (isVariables(operand) && typeof literal.value === 'string') variable(literal.value, literal.textSpan ?? literal.span, literal.textSpan !== undefined, 'text');
        const kind = keyKind(operand);
        if (kind) sink.literal([kind], literal);
      },
      partial(kinds, test, part, span) {
        for (const kind of kinds.flatMap((one) => (one === 'resource' ? types : [one]))) found.partial.push({ kind, test, text: part, span: place(span) });
      },
    };
    for (const expr of ast ? [ast] : sound) walkNames(expr, variables, sink);
  }
  return found;
}

const isVariables = (route: Route): boolean => route.length === 1 && route[0] === 'variables';

const PARTIAL: ReadonlySet<string> = new Set(['startsWith', 'endsWith', 'contains', 'matches']);

/** Tells the sink of each place in an expression that stands for a name. */
export function walkNames(root: Expr, variables: ReadonlyMap<string, Expr>, sink: NameSink): void {
  const compare = (side: Expr, other: Expr, scope: Scope): void => {
    const route = routeOf(other, scope, variables);
    const kinds = route ? kindsAt(route) : [];
    if (kinds.length > 0) for (const literal of literalsOf(side, scope)) sink.literal(kinds, literal);
  };
  const visit = (expr: Expr, scope: Scope, depth: number): void => {
    if (depth > 200) return;
    const next = (inner: Expr, within = scope): void => visit(inner, within, depth + 1);
    switch (expr.kind) {
      case 'binary':
        if (expr.op === '==' || expr.op === '!=') {
          compare(expr.left, expr.right, scope);
          compare(expr.right, expr.left, scope);
        } else if (expr.op === 'in') {
          const route = expr.right.kind === 'list' ? null : routeOf(expr.right, scope, variables);
          const kind = route && keyKind(route);
          if (expr.right.kind === 'list') for (const item of expr.right.items) compare(item, expr.left, scope);
          else if (route) for (const literal of literalsOf(expr.left, scope)) sink.literal(kind ? [kind] : kindsAt([...route, 0]), literal);
        }
        break;
      case 'select': {
        const operand = routeOf(expr.operand, scope, variables);
        if (operand && isVariables(operand)) sink.field('variable', expr.field, expr.fieldSpan, 'variable');
        const kind = operand && keyKind(operand);
        if (kind) sink.field(kind, expr.field, expr.fieldSpan, 'field');
        break;
      }
      case 'index': {
        const operand = routeOf(expr.operand, scope, variables);
        if (operand && expr.index.kind === 'literal') sink.key(operand, expr.index);
        break;
      }
      case 'macro': {
        // a name that is bound to something unknown hides the root of the same name
        const inner = new Map(scope).set(expr.variable, boundBy(expr.range, scope, variables) ?? UNKNOWN);
        next(expr.range);
        if (expr.filter) next(expr.filter, inner);
        return next(expr.body, inner);
      }
      case 'call': {
        const route = expr.receiver && PARTIAL.has(expr.name) ? routeOf(expr.receiver, scope, variables) : null;
        const [argument] = expr.args;
        if (route && argument?.kind === 'literal' && typeof argument.value === 'string') sink.partial(kindsAt(route), expr.name as PartialTest['test'], argument.value, argument.span);
        break;
      }
      default:
    }
    for (const part of childrenOf(expr)) next(part);
  };
  visit(root, new Map(), 0);
}

const UNKNOWN: Bound = { route: ['\0'] };

const literalsOf = (expr: Expr, scope: Scope): readonly Literal[] => {
  if (expr.kind === 'literal') return [expr];
  if (expr.kind === 'conditional') return [...literalsOf(expr.then, scope), ...literalsOf(expr.else, scope)];
  const bound = expr.kind === 'identifier' ? scope.get(expr.name) : undefined;
  return bound && 'literals' in bound ? bound.literals : [];
};

/** The trees of a policy's variables, as far as they can be read. */
export function policyVariableTrees(root: Node | null, isPolicy: boolean, parse: Parse = parseCondition): ReadonlyMap<string, Expr> {
  const found = new Map<string, Expr>();
  const map = isPolicy ? resolve(nodeAt(root, ['spec', 'variables'])) : null;
  for (const pair of map?.kind === 'map' ? map.pairs.slice(0, 200) : []) {
    const source = textOf(pair.value);
    const ast = source === null ? null : parse(source).ast;
    if (ast) found.set(pair.key.text, ast);
  }
  return found;
}

/** The kinds of resources that a rule speaks of, by its `resources` and `actions`. */
export function resourceKinds(root: Node | null, rule: number): readonly NameKind[] {
  const item = nodeAt(root, ['spec', 'rules', rule]);
  const entries = (key: string): string[] => {
    const list = valueOf(item, key);
    return list?.kind === 'seq' ? list.items.flatMap((one) => textOf(one) ?? []).filter((one) => !one.startsWith('!')) : [];
  };
  const [resources, actions] = [entries('resources'), entries('actions')];
  const named = resources.length === 0 ? RESOURCES : RESOURCES.filter((kind) => resources.some((one) => one.startsWith(`${kind}:`) || pattern(one.split(':')[0] ?? '').matches(kind)));
  const done = actions.length === 0 ? RESOURCES : RESOURCES.filter((kind) => Object.entries(OF_ACTION).some(([action, of]) => of === kind && actions.some((one) => pattern(one).matches(action))));
  return named.filter((kind) => done.includes(kind));
}

/** What `resource.id` compared with a text can mean: what is declared under the name; where nothing is, the one kind that is possible. */
function resourceMeant(workspace: Workspace, kinds: readonly NameKind[], name: string): readonly NameKind[] {
  const declared = kinds.filter((kind) => workspace.find(kind, name).length > 0);
  if (declared.length > 0) return declared;
  return kinds.length === 1 ? kinds : name.includes('/') && kinds.includes('tool') && !kinds.includes('model') ? ['tool'] : [];
}
