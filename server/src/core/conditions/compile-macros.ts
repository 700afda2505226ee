// all, exists, exists_one, map, filter. Each entry costs the size of the body, so that nesting cannot outrun the bound.
import { type Macro, sizeOf } from './ast';
import type { Evaluation } from './evaluation';
import { fail, notBool, tooMuch, type Run, type Scope } from './scope';
import { CelError, isList, isMap, keysOf, kindOf, PartialList, type Value } from './values';

export function compileMacro(node: Macro, scope: Scope): Run {
  const range = scope.compile(node.range, scope);
  const inner: Scope = { ...scope, locals: [...scope.locals, node.variable] };
  const body = scope.compile(node.body, inner);
  const filter = node.filter === null ? null : scope.compile(node.filter, inner);
  const slot = scope.locals.length;
  const cost = 1 + sizeOf(node.body) + (node.filter === null ? 0 : sizeOf(node.filter));
  const unknown = fail(scope, node.range.span, 'missing', 'The list is not known completely.');

  /** Runs `step` for each entry until it gives a value; null when all entries are through. */
  const each = (evaluation: Evaluation, items: readonly Value[], step: (evaluation: Evaluation) => Value | undefined): Value | undefined => {
    for (const item of items) {
      if (!evaluation.spend(cost)) return tooMuch(scope, node);
      evaluation.locals[slot] = item;
      const result = step(evaluation);
      if (result !== undefined) return result;
    }
    return undefined;
  };

  const entries = (evaluation: Evaluation): { items: readonly Value[]; complete: boolean } | CelError => {
    const value = range(evaluation);
    if (isList(value)) return { items: value, complete: true };
    if (value instanceof PartialList) return { items: value.known, complete: false };
    if (value instanceof CelError) return value;
    return isMap(value) ? { items: keysOf(value), complete: true } : fail(scope, node.range.span, value === null ? 'missing' : 'type', `\`${node.name}\` goes over a list or the keys of a map; this is ${kindOf(value)}.`);
  };

  switch (node.name) {
    case 'all':
    case 'exists': {
      const deciding = node.name === 'exists';
      return (evaluation) => {
        const list = entries(evaluation);
        if (list instanceof CelError) return list;
        let fault: CelError | null = null;
        const decided = each(evaluation, list.items, () => {
          const value = body(evaluation);
          if (value === deciding) return deciding;
          if (value !== !deciding) fault ??= notBool(inner, node.body, value);
          return undefined;
        });
        return decided ?? fault ?? (list.complete ? !deciding : unknown);
      };
    }
    case 'exists_one':
      return (evaluation) => {
        const list = entries(evaluation);
        if (list instanceof CelError) return list;
        if (!list.complete) return unknown;
        let count = 0;
        const fault = each(evaluation, list.items, () => {
          const value = body(evaluation);
          if (value === true) count++;
          return typeof value === 'boolean' ? undefined : notBool(inner, node.body, value);
        });
        return fault ?? count === 1;
      };
    case 'map':
    case 'filter':
      return (evaluation) => {
        const list = entries(evaluation);
        if (list instanceof CelError) return list;
        if (!list.complete) return unknown;
        const result: Value[] = [];
        const predicate = node.name === 'filter' ? body : filter;
        const fault = each(evaluation, list.items, () => {
          const item = evaluation.locals[slot] ?? null;
          const keep = predicate === null ? true : predicate(evaluation);
          if (keep === false) return undefined;
          if (keep !== true) return notBool(inner, node.filter ?? node.body, keep);
          if (node.name === 'filter') result.push(item);
          else {
            evaluation.locals[slot] = item;
            const value = body(evaluation);
            if (value instanceof CelError) return value;
            result.push(value);
          }
          return undefined;
        });
        return fault ?? result;
      };
  }
}
