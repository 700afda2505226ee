// Multi-valued decision diagrams: nodes that are equal are one node, so that two functions are equal where their numbers are.

/** A node (from 0) or a terminal (below 0). */
export type NodeId = number;

/** Thrown when more nodes are needed than allowed; caught where an answer is made. */
export class BudgetSpent extends Error {}

/** Terminals of conditions. */
export const FALSE: NodeId = -1;
export const TRUE: NodeId = -2;
export const ERROR: NodeId = -3;

/** What one answer may cost: nodes of diagrams, and steps of work around them. */
export interface Budget {
  left: number;
  work: number;
}

/** Steps of work for each node allowed. */
const WORK_PER_NODE = 4;

export const budgetOf = (nodes: number): Budget => ({ left: nodes, work: nodes * WORK_PER_NODE });

/** Takes steps of work; past the last one there is no answer. */
export function spend(budget: Budget, steps: number): void {
  budget.work -= steps;
  if (budget.work < 0) throw new BudgetSpent();
}

const OFFSET = 1 << 25;

/** The diagrams over one list of variables; a level is the variable's place in the list. */
export class Diagrams {
  readonly #levels: number[] = [];
  readonly #children: (readonly NodeId[])[] = [];
  readonly #known = new Map<string, NodeId>();
  readonly #memos = new Map<string, Map<number, NodeId>>();

  constructor(
    /** the number of classes of each variable */
    readonly sizes: readonly number[],
    private readonly budget: Budget,
  ) {}

  level(node: NodeId): number {
    return node < 0 ? Infinity : (this.#levels[node] ?? Infinity);
  }

  children(node: NodeId): readonly NodeId[] {
    return this.#children[node] ?? [];
  }

  /** The node of a variable with one child a class; a child where all are the same. */
  make(level: number, children: readonly NodeId[]): NodeId {
    const first = children[0] ?? FALSE;
    if (children.every((child) => child === first)) return first;
    const key = `${level}:${children.join(',')}`;
    let node = this.#known.get(key);
    if (node === undefined) {
      // a node of many classes is as large as several
      if ((this.budget.left -= 1 + (children.length >> 4)) < 0) throw new BudgetSpent();
      node = this.#levels.length;
      this.#levels.push(level);
      this.#children.push(children);
      this.#known.set(key, node);
    }
    return node;
  }

  /** `on` gives the terminal of each terminal. What was computed under a name is kept: equal names must be equal functions. */
  map(name: string, node: NodeId, on: (terminal: NodeId) => NodeId): NodeId {
    const memo = this.#memo(name);
    const visit = (at: NodeId): NodeId => {
      let result = memo.get(at);
      if (result === undefined) {
        spend(this.budget, 1);
        memo.set(at, (result = at < 0 ? on(at) : this.make(this.level(at), this.children(at).map(visit))));
      }
      return result;
    };
    return visit(node);
  }

  /** Both functions at once. `on` may answer before both are terminals; null sends it on to the children. */
  join(name: string, a: NodeId, b: NodeId, on: (a: NodeId, b: NodeId) => NodeId | null): NodeId {
    const memo = this.#memo(name);
    const visit = (x: NodeId, y: NodeId): NodeId => {
      const settled = on(x, y);
      if (settled !== null) return settled;
      const key = (x + OFFSET) * (OFFSET * 2) + (y + OFFSET);
      let result = memo.get(key);
      if (result === undefined) {
        spend(this.budget, 1);
        const [lx, ly] = [this.level(x), this.level(y)];
        const level = Math.min(lx, ly);
        const size = this.sizes[level] ?? 0;
        const [cx, cy] = [lx === level ? this.children(x) : null, ly === level ? this.children(y) : null];
        const children = new Array<NodeId>(size);
        for (let i = 0; i < size; i++) children[i] = visit(cx ? (cx[i] ?? FALSE) : x, cy ? (cy[i] ?? FALSE) : y);
        memo.set(key, (result = this.make(level, children)));
      }
      return result;
    };
    return visit(a, b);
  }

  /** `&&` with errors: false absorbs. */
  and(a: NodeId, b: NodeId): NodeId {
    return a <= b ? this.join('and', a, b, andOn) : this.join('and', b, a, andOn);
  }

  /** `||` with errors: true absorbs. */
  or(a: NodeId, b: NodeId): NodeId {
    return a <= b ? this.join('or', a, b, orOn) : this.join('or', b, a, orOn);
  }

  not(node: NodeId): NodeId {
    return this.map('not', node, (terminal) => (terminal === TRUE ? FALSE : terminal === FALSE ? TRUE : ERROR));
  }

  /** Where an error counts as true, or as false. */
  settle(node: NodeId, error: NodeId): NodeId {
    return this.map(error === TRUE ? 'error is true' : 'error is false', node, (terminal) => (terminal === ERROR ? error : terminal));
  }

  /** True where the second is true wherever the first is. Errors count as false in both. */
  within(a: NodeId, b: NodeId): boolean {
    return this.join('outside', a, b, (x, y) => (x === FALSE || x === ERROR || y === TRUE ? FALSE : x < 0 && y < 0 ? TRUE : null)) === FALSE;
  }

  /** The part of `a` where `b` is not. */
  minus(a: NodeId, b: NodeId): NodeId {
    return this.join('outside', a, b, (x, y) => (x === FALSE || x === ERROR || y === TRUE ? FALSE : x < 0 && y < 0 ? TRUE : null));
  }

  /** The child of one class of a variable, wherever the variable stands. */
  restrict(node: NodeId, level: number, klass: number): NodeId {
    if (this.level(node) > level) return node;
    const memo = this.#memo(`at ${level} ${klass}`);
    const visit = (at: NodeId): NodeId => {
      const here = this.level(at);
      if (here > level) return at;
      if (here === level) return this.children(at)[klass] ?? FALSE;
      let result = memo.get(at);
      if (result === undefined) memo.set(at, (result = this.make(here, this.children(at).map(visit))));
      return result;
    };
    return visit(node);
  }

  /** Where the other variables can be such that the function of conditions is true. */
  project(node: NodeId, levels: ReadonlySet<number>): NodeId {
    const memo = this.#memo(`over ${[...levels].sort((a, b) => a - b).join()}`);
    const visit = (at: NodeId): NodeId => {
      if (at < 0) return at;
      let result = memo.get(at);
      if (result === undefined) {
        const level = this.level(at);
        const children = this.children(at).map(visit);
        memo.set(at, (result = levels.has(level) ? this.make(level, children) : children.reduce((a, b) => this.or(a, b))));
      }
      return result;
    };
    return visit(node);
  }

  /** The terminals that can be reached, and the variables on the way. */
  reach(node: NodeId): { readonly terminals: ReadonlySet<NodeId>; readonly levels: ReadonlySet<number> } {
    const terminals = new Set<NodeId>();
    const levels = new Set<number>();
    const seen = new Set<NodeId>();
    const open = [node];
    while (open.length > 0) {
      const at = open.pop() ?? FALSE;
      if (at < 0) terminals.add(at);
      else if (!seen.has(at)) {
        seen.add(at);
        levels.add(this.level(at));
        open.push(...this.children(at));
      }
    }
    return { terminals, levels };
  }

  #memo(name: string): Map<number, NodeId> {
    let memo = this.#memos.get(name);
    if (!memo) this.#memos.set(name, (memo = new Map()));
    return memo;
  }
}

function andOn(x: NodeId, y: NodeId): NodeId | null {
  if (x === FALSE || y === FALSE) return FALSE;
  if (x === TRUE || x === y) return y;
  return y === TRUE ? x : null;
}

function orOn(x: NodeId, y: NodeId): NodeId | null {
  if (x === TRUE || y === TRUE) return TRUE;
  if (x === FALSE || x === y) return y;
  return y === FALSE ? x : null;
}
