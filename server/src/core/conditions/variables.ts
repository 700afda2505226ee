// The policy's own variables: evaluated where they are used, once per request; cycles are named and never followed.
import { type Expr, variablesIn } from './ast';
import { compileIn } from './compile';
import type { Evaluation } from './evaluation';
import { MAX_STEPS, MAX_VARIABLE_DEPTH } from './limits';
import type { Run, VariableReader } from './scope';
import { CelError, type Value } from './values';

/** name → its condition, or null when its text is malformed. */
export type VariableAsts = ReadonlyMap<string, Expr | null>;

interface Slot {
  run: Run;
  value: Value;
  owner: Evaluation | null;
  generation: number;
}

/** Compiles the variables of one policy; those that are malformed, part of a cycle or nested too deeply are errors when read. */
export function compileVariables(asts: VariableAsts): VariableReader {
  const slots = new Map<string, Slot>();
  const readers = new Map<string, Run>();
  for (const name of asts.keys()) {
    const slot: Slot = { run: () => null, value: null, owner: null, generation: -1 };
    slots.set(name, slot);
    readers.set(name, (evaluation) => (slot.owner === evaluation && slot.generation === evaluation.generation ? slot.value : remember(slot, evaluation)));
  }
  const reader: VariableReader = { read: (name) => readers.get(name) ?? null };
  const depths = depthsOf(asts);
  for (const [name, ast] of asts) {
    const slot = slots.get(name);
    if (!slot) continue;
    const fault = faultOf(name, ast, depths.get(name) ?? 0);
    slot.run = ast === null || fault !== null ? () => fault : compileIn(ast, reader, name);
  }
  return reader;
}

function faultOf(name: string, ast: Expr | null, depth: number): CelError | null {
  const span = ast?.span ?? { start: 0, end: 0 };
  if (ast === null) return new CelError('value', `The variable \`${name}\` cannot be read: its condition is malformed.`, span, name);
  if (depth === Infinity) return new CelError('value', `The variable \`${name}\` uses itself.`, span, name);
  return depth > MAX_VARIABLE_DEPTH ? new CelError('limit', `The variable \`${name}\` uses others more than ${MAX_VARIABLE_DEPTH} deep.`, span, name) : null;
}

/** A variable has a budget of its own: whether a rule has one must not depend on which rule came first. */
function remember(slot: Slot, evaluation: Evaluation): Value {
  const { steps, locals } = evaluation;
  evaluation.steps = MAX_STEPS;
  evaluation.locals = [];
  const value = slot.run(evaluation);
  evaluation.steps = steps;
  evaluation.locals = locals;
  slot.value = value;
  slot.owner = evaluation;
  slot.generation = evaluation.generation;
  return value;
}

/** How deep each variable uses others; Infinity for the members of a cycle. */
function depthsOf(asts: VariableAsts): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const cycle of variableCycles(asts)) for (const name of cycle) depths.set(name, Infinity);
  for (const name of inDependencyOrder(asts)) {
    if (depths.has(name)) continue;
    const ast = asts.get(name);
    let depth = 0;
    if (ast) for (const used of variablesIn(ast)) if (depths.get(used) !== Infinity) depth = Math.max(depth, 1 + (depths.get(used) ?? 0));
    depths.set(name, depth);
  }
  return depths;
}

/** The names so that each stands after those that it uses (inside a cycle in any order). No recursion: a policy may hold thousands. */
export function inDependencyOrder(asts: VariableAsts): readonly string[] {
  const done: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of asts.keys()) {
    const stack: string[] = [start];
    while (stack.length > 0) {
      const name = stack[stack.length - 1] ?? '';
      const ast = asts.get(name);
      if (!state.has(name)) {
        state.set(name, 'open');
        if (ast) for (const used of variablesIn(ast)) if (asts.has(used) && !state.has(used)) stack.push(used);
        continue;
      }
      stack.pop();
      if (state.get(name) === 'open') {
        state.set(name, 'done');
        done.push(name);
      }
    }
  }
  return done;
}

/** The cycles: each a group of variables that use one another (or one that uses itself), in the order of the policy. */
export function variableCycles(asts: VariableAsts): readonly (readonly string[])[] {
  const uses = new Map<string, readonly string[]>();
  const usedBy = new Map<string, string[]>();
  for (const [name, ast] of asts) {
    const used = ast ? [...variablesIn(ast)].filter((other) => asts.has(other)) : [];
    uses.set(name, used);
    for (const other of used) usedBy.set(other, [...(usedBy.get(other) ?? []), name]);
  }
  // Kosaraju: in the reverse of the order of completion, what reaches a variable against the arrows is in its group.
  const assigned = new Set<string>();
  const groups: string[][] = [];
  for (const root of [...inDependencyOrder(asts)].reverse()) {
    if (assigned.has(root)) continue;
    const group: string[] = [];
    const stack = [root];
    assigned.add(root);
    while (stack.length > 0) {
      const name = stack.pop() ?? '';
      group.push(name);
      for (const other of usedBy.get(name) ?? []) {
        if (assigned.has(other)) continue;
        assigned.add(other);
        stack.push(other);
      }
    }
    if (group.length > 1 || uses.get(root)?.includes(root)) groups.push(group);
  }
  const order = [...asts.keys()];
  const place = new Map(order.map((name, index) => [name, index]));
  return groups.map((group) => group.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))).sort((a, b) => (place.get(a[0] ?? '') ?? 0) - (place.get(b[0] ?? '') ?? 0));
}

/** All variables that a condition uses, directly or through others. */
export function variablesReached(ast: Expr, asts: VariableAsts): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...variablesIn(ast)];
  while (open.length > 0) {
    const name = open.pop() ?? '';
    if (reached.has(name)) continue;
    reached.add(name);
    const used = asts.get(name);
    if (used) open.push(...variablesIn(used));
  }
  return reached;
}
