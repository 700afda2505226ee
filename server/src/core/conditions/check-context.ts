// What the checker carries: the environment, the types found so far, the problems.
import { nearest, type Fix, type Problem, type Span } from '../text';
import type { Expr } from './ast';
import type { TypeEnvironment } from './environment';
import { DYN, type Type } from './types';

/** The names that macros around have bound, with the types of their entries. */
export type LocalTypes = ReadonlyMap<string, Type>;

export type ConditionCode = 'condition/unknown-field' | 'condition/type' | 'condition/enum' | 'condition/unguarded-field' | 'condition/unsafe-pattern';

export class CheckContext {
  readonly types = new Map<Expr, Type>();
  readonly problems: Problem[] = [];
  readonly #visit: (node: Expr, locals: LocalTypes, context: CheckContext) => Type;

  constructor(
    readonly env: TypeEnvironment,
    visit: (node: Expr, locals: LocalTypes, context: CheckContext) => Type,
  ) {
    this.#visit = visit;
  }

  visit(node: Expr, locals: LocalTypes): Type {
    return this.#visit(node, locals, this);
  }

  add(problem: Problem): void {
    this.problems.push(problem);
  }

  /** Reports a fault; the part counts as unknown from here on. */
  report(code: ConditionCode, span: Span, message: string, fixes: readonly Fix[] = []): Type {
    this.add({ code, span, message, ...(fixes.length > 0 ? { fixes } : {}) });
    return DYN;
  }
}

export interface Suggestion {
  readonly text: string;
  readonly fixes: readonly Fix[];
}

/** "Did you mean": words for the end of a message and the fix, from the nearest of the names. */
export function suggestion(name: string, candidates: Iterable<string>, span: Span): Suggestion {
  const best = nearest(name, candidates);
  return best === null ? { text: '', fixes: [] } : proposal(best, span);
}

/** "Did you mean" for one name. */
export function proposal(best: string, span: Span): Suggestion {
  return { text: ` Did you mean \`${best}\`?`, fixes: [{ title: `Replace by \`${best}\``, safe: false, edits: [{ span, newText: best }] }] };
}

/** A list of names for a message: the first few, and how many more there are. */
export function enumerate(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most).map((name) => `\`${name}\``).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
