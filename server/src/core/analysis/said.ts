// Diagrams of one place as constraints: boxes in as few constraints as some orders of its variables give.
import { neverBoth } from '../policy';
import type { PlainValue } from '../yaml';
import { boxesOf, mergeBoxes, type Box } from './boxes';
import type { Variable } from './domain';
import { constraintsOf, nameOfVariable } from './form';
import { TRUE, type NodeId } from './nodes';
import type { PlaceAnalysis } from './place';
import type { Constraint, RegionForm } from './types';

/** A box as constraints. */
export interface Said {
  readonly constraints: RegionForm;
  readonly text: string;
  readonly sets: ReadonlyMap<string, readonly number[]>;
  readonly opaque: readonly string[];
}

/** With more constraints than these, only one order of variables is tried. */
const MANY_BOXES = 60;

/** The boxes of a diagram, those of one value united. `first`: the variable that is split first; null: as they stand. */
export function boxesFor({ domain: { diagrams, masks, sizes, levels } }: PlaceAnalysis, node: NodeId, first: number | null, keep: (terminal: NodeId) => boolean, most: number): { readonly boxes: readonly Box<NodeId>[]; readonly whole: boolean } {
  let whole = true;
  let boxes: Box<NodeId>[] = [];
  if (first === null) ({ boxes, whole } = boxesOf(diagrams, node, masks, keep, most));
  else {
    const groups = new Map<NodeId, number[]>();
    masks[first]?.forEach((there, klass) => {
      if (!there) return;
      const child = diagrams.restrict(node, first, klass);
      const known = groups.get(child);
      if (known) known.push(klass);
      else groups.set(child, [klass]);
    });
    for (const [child, classes] of groups) for (const box of boxesOf(diagrams, child, masks, keep, most).boxes) boxes.push({ ...box, sets: new Map([[String(first), classes], ...box.sets]) });
  }
  return { boxes: mergeBoxes(boxes, levels, String, (one) => one, (level) => sizes[Number(level)] ?? 0), whole };
}

/** Where a condition is true, in as few constraints as some orders of its variables give. */
export function fewestOf(analysis: PlaceAnalysis, node: NodeId, most: number, constraints: Constraints): { readonly all: readonly Said[]; readonly whole: boolean } {
  const say = (first: number | null): { readonly boxes: readonly Box<NodeId>[]; readonly whole: boolean; readonly price: number } => {
    const { boxes, whole } = boxesFor(analysis, node, first, (terminal) => terminal === TRUE, most);
    return { boxes, whole, price: boxes.reduce((sum, { sets }) => sum + [...sets].reduce((product, [level, set]) => product * constraints.of(analysis, Number(level), set).length, 1), 0) };
  };
  let best = say(null);
  if (best.boxes.length >= 3 && best.price <= MANY_BOXES) {
    const levels = analysis.domain.diagrams.reach(node).levels;
    for (const level of [...levels].sort((a, b) => a - b).slice(1)) {
      // what is asked only where something else is there comes after it
      if (analysis.domain.parents(level).some((parent) => levels.has(parent))) continue;
      const other = say(level);
      if (other.price < best.price) best = other;
    }
  }
  return { all: best.boxes.flatMap((box) => saidOf(analysis, box, constraints)), whole: best.whole };
}

/** A box without the answers that follow from others in it: who is told that a line is `git push x` need not be told that it removes nothing. */
function withoutImplied({ domain: { variables } }: PlaceAnalysis, sets: Box<NodeId>['sets']): Box<NodeId>['sets'] {
  const answers = [...sets].flatMap(([level, [answer, ...more]]) => {
    const variable = variables[Number(level)];
    const question = variable?.kind === 'opaque' ? variable.atom.question : undefined;
    return question && more.length === 0 && answer !== undefined && answer < 2 ? [{ level, question, answer: answer === 1 }] : [];
  });
  if (answers.length < 2) return sets;
  const needed = new Map(sets);
  // what is not so says less than what is so
  for (const one of answers.toSorted((a, b) => Number(a.answer) - Number(b.answer))) {
    const implied = answers.some((other) => other !== one && needed.has(other.level) && other.question.resource === one.question.resource && neverBoth(other.question.test, other.answer, one.question.test, !one.answer));
    if (implied) needed.delete(one.level);
  }
  return needed;
}

/** A box that no single constraint can say becomes several. */
export function saidOf(analysis: PlaceAnalysis, box: Box<NodeId>, known: Constraints): readonly Said[] {
  let made: { readonly constraints: { [name: string]: Constraint }; readonly sets: ReadonlyMap<string, readonly number[]> }[] = [];
  const opaque: string[] = [];
  const needed = withoutImplied(analysis, box.sets);
  made = [{ constraints: {}, sets: new Map([...box.sets].filter(([level]) => !needed.has(level))) }];
  analysis.domain.variables.forEach((variable, level) => {
    const set = needed.get(String(level));
    if (!set) return;
    const name = nameOfVariable(variable);
    if ((variable.kind === 'opaque' || (variable.kind === 'field' && variable.of.derived)) && !opaque.includes(name)) opaque.push(name);
    const parts = known.of(analysis, level, set);
    made = made.flatMap((one) => parts.map(({ constraint, classes }) => {
      const before = Object.hasOwn(one.constraints, name) ? one.constraints[name] : undefined;
      return { constraints: { ...one.constraints, [name]: before ? { all: [before, constraint] } : constraint }, sets: new Map([...one.sets, [String(level), classes]]) };
    }));
  });
  return made.map(({ constraints, sets }) => ({ constraints, sets, opaque, text: JSON.stringify(constraints) }));
}

/** What says sets of classes, each made once. */
export class Constraints {
  readonly #known = new Map<Variable, Map<string, readonly { readonly constraint: Constraint; readonly classes: readonly number[] }[]>>();

  of({ domain: { variables } }: PlaceAnalysis, level: number, set: readonly number[]): readonly { readonly constraint: Constraint; readonly classes: readonly number[] }[] {
    const variable = variables[level];
    if (!variable) return [];
    let known = this.#known.get(variable);
    if (!known) this.#known.set(variable, (known = new Map()));
    const key = set.join();
    let made = known.get(key);
    if (!made) {
      const all = constraintsOf(variable, set);
      made = all.map((constraint) => ({ constraint, classes: all.length === 1 ? set : set.filter((index) => variable.mask[index] === true && covers(variable, constraint, index)) }));
      known.set(key, made);
    }
    return made;
  }
}

/** Whether one class lies within a constraint that several classes were split into. */
function covers(variable: PlaceAnalysis['domain']['variables'][number], constraint: Constraint, index: number): boolean {
  if (variable.kind === 'opaque') return 'type' in constraint ? index === 2 : 'is' in constraint && index === (constraint.is ? 1 : 0);
  if (variable.kind === 'entry') return true;
  const one = variable.classes[index];
  if (!one) return false;
  if ('missing' in constraint || one.kind === 'missing') return ('missing' in constraint || ('type' in constraint && constraint.type === 'error')) && one.kind === 'missing';
  if ('all' in constraint) return constraint.all.every((part) => covers(variable, part, index));
  const value: PlainValue | undefined = one.kind === 'value' ? one.value : one.kind === 'numbers' || one.kind === 'texts' || one.kind === 'other' ? one.sample : one.kind === 'list' ? [] : {};
  if ('in' in constraint) return one.kind === 'numbers' ? constraint.in.some((entry) => typeof entry === 'number' && entry > one.low && entry < one.high) : one.kind === 'value' && constraint.in.includes(shown(variable, value));
  if ('notIn' in constraint) return one.kind !== 'value' || !constraint.notIn.includes(shown(variable, value));
  if ('is' in constraint) return value === constraint.is;
  if ('type' in constraint) return constraint.type.startsWith('not ') ? one.kind === 'other' || constraint.type.slice(4) !== typeName(value) : constraint.type === typeName(value);
  if ('matches' in constraint || 'notMatches' in constraint) {
    if (variable.kind !== 'field' || one.kind !== 'texts') return false;
    const wanted = 'matches' in constraint ? constraint.matches : constraint.notMatches;
    return variable.patterns.some((parts, at) => parts.join('*') === wanted && one.matches[at] === 'matches' in constraint);
  }
  const number = typeof value === 'number' ? value : NaN;
  const bound = (limit: number | string | undefined): number | undefined => (typeof limit === 'string' ? Date.parse(limit) : limit);
  const [gt, gte, lt, lte] = [bound(constraint.gt), bound(constraint.gte), bound(constraint.lt), bound(constraint.lte)];
  return (gt === undefined || number > gt) && (gte === undefined || number >= gte) && (lt === undefined || number < lt) && (lte === undefined || number <= lte);
}

const typeName = (value: PlainValue | undefined): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const shown = (variable: { readonly key: string }, value: PlainValue | undefined): PlainValue => (variable.key === 'context.time' && typeof value === 'number' ? new Date(value).toISOString().replace('.000Z', 'Z') : (value ?? null));
