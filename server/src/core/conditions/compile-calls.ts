// Calls of functions and methods, and the literals of lists and maps.
import type { Call, ListExpr, MapExpr } from './ast';
import { Evaluation } from './evaluation';
import { type CallSite, functionNamed, matchText, type Overload } from './functions';
import { fail, type Run, type Scope } from './scope';
import { isOfKind } from './types';
import { CelError, fieldOf, kindOf, type MapValue, PartialList, type Value } from './values';

export function compileCall(node: Call, scope: Scope): Run {
  const info = functionNamed(node.name, node.receiver !== null);
  if (!info) {
    const error = fail(scope, node.nameSpan, 'type', `There is no function \`${node.name}\`.`);
    return () => error;
  }
  const parts = node.receiver === null ? node.args : [node.receiver, ...node.args];
  const runs = parts.map((part) => scope.compile(part, scope));
  const site: CallSite = { fail: (kind, message) => fail(scope, node.span, kind, message), patterns: scope.patterns, zones: scope.zones };
  const overloads = info.overloads.filter((candidate) => candidate.params.length === runs.length);
  const code = compileTextMethod(node, runs, overloads, site) ?? general(node, runs, overloads, site);
  if (!parts.every((part) => part.kind === 'literal')) return code;
  // Of constants alone, such as `timestamp("2026-12-20T00:00:00Z")`: every function gives the same for the same.
  const value = code(new Evaluation());
  return () => value;
}

/** Methods of two texts, the most frequent calls: no list of arguments is made. */
function compileTextMethod(node: Call, runs: readonly Run[], overloads: readonly Overload[], site: CallSite): Run | null {
  const [receiver, argument] = runs;
  if (node.receiver === null || runs.length !== 2 || !receiver || !argument) return null;
  const slow = general(node, runs, overloads, site);
  switch (node.name) {
    case 'startsWith':
      return (evaluation) => {
        const [a, b] = [receiver(evaluation), argument(evaluation)];
        return typeof a === 'string' && typeof b === 'string' ? a.startsWith(b) : slow(evaluation);
      };
    case 'endsWith':
      return (evaluation) => {
        const [a, b] = [receiver(evaluation), argument(evaluation)];
        return typeof a === 'string' && typeof b === 'string' ? a.endsWith(b) : slow(evaluation);
      };
    case 'matches':
      return (evaluation) => {
        const [a, b] = [receiver(evaluation), argument(evaluation)];
        return typeof a === 'string' && typeof b === 'string' ? matchText(a, b, site, evaluation) : slow(evaluation);
      };
    default:
      return null;
  }
}

function general(node: Call, runs: readonly Run[], overloads: readonly Overload[], site: CallSite): Run {
  return (evaluation) => {
    const values: Value[] = [];
    for (const run of runs) {
      const value = run(evaluation);
      if (value instanceof CelError) return value;
      values.push(value);
    }
    for (const candidate of overloads) {
      if (candidate.params.every((type, index) => isOfKind(values[index] ?? null, type))) return candidate.run(values, site, evaluation);
    }
    if (values.some((value) => value instanceof PartialList)) return site.fail('missing', 'The list is not known completely.');
    const given = values.map(kindOf).join(', ');
    const nothing = node.receiver !== null && values[0] === null;
    return site.fail(nothing ? 'missing' : 'type', `\`${node.name}\` is not defined for ${given === '' ? 'no arguments' : given}.`);
  };
}

export function compileList(node: ListExpr, scope: Scope): Run {
  if (node.items.every((item) => item.kind === 'literal' && !item.inexact)) {
    const values: readonly Value[] = node.items.map((item) => (item.kind === 'literal' ? item.value : null));
    return () => values;
  }
  const runs = node.items.map((item) => scope.compile(item, scope));
  return (evaluation) => {
    const values: Value[] = [];
    for (const run of runs) {
      const value = run(evaluation);
      if (value instanceof CelError) return value;
      values.push(value);
    }
    return values;
  };
}

export function compileMap(node: MapExpr, scope: Scope): Run {
  const entries = node.entries.map(({ key, value }) => ({ key: scope.compile(key, scope), value: scope.compile(value, scope), node: key }));
  return (evaluation) => {
    const map: Record<string, Value> = Object.create(null);
    for (const entry of entries) {
      const key = entry.key(evaluation);
      if (key instanceof CelError) return key;
      if (typeof key !== 'string') return fail(scope, entry.node.span, 'type', `The keys of a map are text; this is ${kindOf(key)}.`);
      if (fieldOf(map as MapValue, key) !== undefined) return fail(scope, entry.node.span, 'value', `The key \`${key}\` stands twice in this map.`);
      const value = entry.value(evaluation);
      if (value instanceof CelError) return value;
      map[key] = value;
    }
    return map as MapValue;
  };
}
