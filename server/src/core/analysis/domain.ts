// The variables of one place of the request space (an action on a resource): fields with their classes, entries and sizes of lists, opaque conditions; and formulas as diagrams over them.
import { Timestamp, type ConditionInput, type Value } from '../conditions';
import { answerable } from './answerable';
import { attribute, type Atom, type Attribute, type Formula } from './formula';
import { allowed, classOf, fieldClasses, fixedClass, holdsFor, textMatches, type FieldClass } from './classes';
import { BudgetSpent, Diagrams, ERROR, FALSE, TRUE, type Budget, type NodeId } from './nodes';
import { sameShape, shapeOf, type Shape } from './shape';
import { matchesParts, textClasses, textOfLength, type Parts } from './text-classes';
import { atomsOf } from './formula';

export type OpaqueAtom = Extract<Atom, { kind: 'opaque' }>;

/** An entry of a list: a value, or any text with just these matches that is none of `except`. */
export type Entry = { readonly kind: 'value'; readonly value: string | number | boolean | null } | { readonly kind: 'texts'; readonly sample: string; readonly matches: readonly boolean[]; readonly patterns: readonly Parts[]; readonly except: readonly string[] };

export type Variable = { readonly key: string; readonly mask: readonly boolean[] } & (
  | { readonly kind: 'field'; readonly of: Attribute; readonly classes: readonly FieldClass[]; readonly patterns: readonly Parts[] }
  | { readonly kind: 'entry'; readonly of: Attribute; readonly entry: Entry }
  | { readonly kind: 'size'; readonly of: Attribute; readonly classes: readonly FieldClass[] }
  | { readonly kind: 'opaque'; readonly atom: OpaqueAtom; readonly fails: boolean }
);

export interface DomainOptions {
  readonly atoms: ReadonlyMap<string, Atom>;
  /** the shapes that a field may have, one a side */
  shapes(of: Attribute): readonly Shape[];
  /** names down to here are maps that are always there: 1 for `args`, 2 for `context.ext` */
  base(of: Attribute): number;
  /** the text that stands for all of a class, for fields that the place itself fixes */
  fixed(of: Attribute): string | null;
  readonly untyped: boolean;
  readonly budget: Budget;
}

export class Domain {
  readonly variables: readonly Variable[];
  /** of each variable the classes that exist, how many, and its level as text */
  readonly masks: readonly (readonly boolean[])[];
  readonly sizes: readonly number[];
  readonly levels: readonly string[];
  readonly diagrams: Diagrams;
  /** FALSE for what is no request: where fields do not fit together, or answers to questions of other tools exclude each other */
  readonly valid: NodeId;
  /** The same of fields alone: whoever has fitting fields has fitting answers. */
  readonly fitting: NodeId;
  readonly #levels = new Map<string, number>();
  readonly #atoms = new Map<string, NodeId>();
  readonly #formulas = new Map<Formula, NodeId>();
  readonly #base: (of: Attribute) => number;
  readonly #usual = new Map<number, FieldClass | null>();

  constructor(options: DomainOptions) {
    const variables = makeVariables(options);
    this.variables = variables;
    this.masks = variables.map((variable) => variable.mask);
    this.sizes = this.masks.map((mask) => mask.filter(Boolean).length);
    this.levels = variables.map((_, level) => String(level));
    variables.forEach((variable, level) => this.#levels.set(variable.key, level));
    this.diagrams = new Diagrams(variables.map((variable) => variable.mask.length), options.budget);
    this.#base = options.base;
    this.fitting = this.#fitting(options);
    this.valid = this.diagrams.and(this.fitting, answerable(variables, this.diagrams));
  }

  level(key: string): number | undefined {
    return this.#levels.get(key);
  }

  node(formula: Formula): NodeId {
    let node = this.#formulas.get(formula);
    if (node === undefined) this.#formulas.set(formula, (node = this.#make(formula)));
    return node;
  }

  /** The levels of what must be there, and of a fitting type, before a variable is asked for. */
  parents(level: number): readonly number[] {
    const variable = this.variables[level];
    if (!variable) return [];
    const of = variable.kind === 'opaque' ? variable.atom.strict : variable.kind === 'field' ? (variable.of.derived?.strict ?? []) : [variable.of];
    const around = (one: Attribute): readonly string[] => Array.from({ length: Math.max(0, one.names.length - 1 - this.#base(one)) }, (_, index) => attribute(one.names.slice(0, this.#base(one) + 1 + index)).key);
    const keys = [...of.flatMap((one) => [one.key, ...around(one)]), ...(variable.kind === 'field' && !variable.of.derived ? around(variable.of) : [])];
    return keys.flatMap((key) => this.#levels.get(key) ?? []);
  }

  /** A class of a field of which nothing is said: missing where that may be. */
  usual(level: number): FieldClass | undefined {
    let known = this.#usual.get(level);
    if (known === undefined) {
      const variable = this.variables[level];
      const classes = variable && (variable.kind === 'field' || variable.kind === 'size') ? variable.classes.filter((_, index) => variable.mask[index] === true) : [];
      this.#usual.set(level, (known = classes.find((one) => one.kind === 'missing') ?? classes[0] ?? null));
    }
    return known ?? undefined;
  }

  /** The function where requests are valid, FALSE where they are not; nothing is said of fields that it does not ask for. */
  where(node: NodeId): NodeId {
    const { diagrams, valid } = this;
    if (valid === TRUE) return node;
    return diagrams.join('where valid', node, diagrams.project(valid, diagrams.reach(node).levels), (a, b) => (a === FALSE || b === FALSE ? FALSE : b === TRUE ? a : null));
  }

  #make(formula: Formula): NodeId {
    const { diagrams } = this;
    switch (formula.kind) {
      case 'constant':
        return formula.value === null ? ERROR : formula.value ? TRUE : FALSE;
      case 'atom':
        return this.atom(formula.atom);
      case 'not':
        return diagrams.not(this.node(formula.part));
      case 'sure': {
        const part = this.node(formula.part);
        return diagrams.join('sure', part, part, (x) => (x === ERROR ? FALSE : x === TRUE || x === FALSE ? x : null));
      }
      case 'if': {
        const condition = this.node(formula.condition);
        const [then, otherwise] = [this.node(formula.then), this.node(formula.otherwise)];
        // an error of the condition is one of the whole; the branch that is not taken does not count
        const yes = diagrams.join('if', condition, then, (x, y) => (x === TRUE ? y : x === FALSE ? FALSE : x === ERROR ? ERROR : null));
        const no = diagrams.join('else', condition, otherwise, (x, y) => (x === TRUE || x === ERROR ? FALSE : x === FALSE ? y : null));
        return diagrams.or(yes, no);
      }
      default:
        return formula.parts.map((part) => this.node(part)).reduce((a, b) => (formula.kind === 'and' ? diagrams.and(a, b) : diagrams.or(a, b)));
    }
  }

  atom(atom: Atom): NodeId {
    let node = this.#atoms.get(atom.key);
    if (node === undefined) this.#atoms.set(atom.key, (node = atom.kind === 'opaque' ? this.#opaque(atom) : atom.of.derived ? this.#derived(atom, atom.of) : this.#inside(atom.of, this.#field(atom))));
    return node;
  }

  /** A question about a variable. Classes that do not exist are answered as one that does, so that what can never differ is one node. */
  split(level: number, answers: readonly NodeId[]): NodeId {
    const mask = this.masks[level] ?? [];
    const known = mask.indexOf(true);
    return this.diagrams.make(level, known < 0 ? answers : answers.map((answer, index) => (mask[index] ? answer : (answers[known] ?? answer))));
  }

  /** Asked only where the maps around the field are there. */
  #inside(of: Attribute, node: NodeId): NodeId {
    let result = node;
    for (let length = of.names.length - 1; length > this.#base(of); length--) {
      const level = this.#levels.get(attribute(of.names.slice(0, length)).key);
      const variable = level === undefined ? undefined : this.variables[level];
      if (level === undefined || variable?.kind !== 'field') throw new BudgetSpent();
      const within = result;
      result = this.split(level, variable.classes.map((one) => (one.kind === 'map' ? within : ERROR)));
    }
    return result;
  }

  #field(atom: Exclude<Atom, { kind: 'opaque' }>): NodeId {
    const level = this.#levels.get(atom.of.key);
    const variable = level === undefined ? undefined : this.variables[level];
    if (level === undefined || variable?.kind !== 'field') throw new BudgetSpent();
    return this.split(level, variable.classes.map((one) => this.#answer(atom, one, variable.patterns)));
  }

  #answer(atom: Exclude<Atom, { kind: 'opaque' }>, one: FieldClass, patterns: readonly Parts[]): NodeId {
    // what is not known of an agent's capabilities is a list all the same
    if (one.kind === 'missing') return atom.kind !== 'present' ? ERROR : atom.of.key === 'agent.capabilities' ? TRUE : FALSE;
    const truth = (value: boolean): NodeId => (value ? TRUE : FALSE);
    switch (atom.kind) {
      case 'present':
        return TRUE;
      case 'truth':
        return one.kind === 'value' && typeof one.value === 'boolean' ? truth(one.value) : ERROR;
      case 'compare':
        if (one.kind === 'numbers') return truth(holdsFor(atom.op, one.sample, atom.value));
        return one.kind === 'value' && typeof one.value === 'number' ? truth(holdsFor(atom.op, one.value, atom.value)) : ERROR;
      case 'among':
        return truth(one.kind === 'value' && atom.values.includes(one.value));
      case 'text':
        return one.kind === 'texts' || (one.kind === 'value' && typeof one.value === 'string') ? truth(textMatches(one, atom.parts, patterns)) : ERROR;
      case 'member':
        if (one.kind === 'map' && typeof atom.value !== 'string') return ERROR;
        return one.kind === 'list' || one.kind === 'map' ? this.#entry(atom.of, (entry) => entry.kind === 'value' && entry.value === atom.value) : ERROR;
      case 'some':
        return one.kind === 'list' ? this.#entry(atom.of, (entry) => (entry.kind === 'value' ? typeof entry.value === 'string' && matchesParts(atom.parts, entry.value) : entry.matches[entry.patterns.findIndex((known) => JSON.stringify(known) === JSON.stringify(atom.parts))] === true)) : ERROR;
      case 'size': {
        if (one.kind === 'value' && typeof one.value === 'string') return truth(holdsFor(atom.op, lengthOf(one.value), atom.value));
        if (one.kind !== 'list' && one.kind !== 'map' && one.kind !== 'texts') return ERROR;
        const level = this.#levels.get(`size(${atom.of.key})`);
        const variable = level === undefined ? undefined : this.variables[level];
        if (level === undefined || variable?.kind !== 'size') throw new BudgetSpent();
        return this.split(level, variable.classes.map((size) => truth(holdsFor(atom.op, size.kind === 'numbers' ? size.sample : size.kind === 'value' ? Number(size.value) : 0, atom.value))));
      }
    }
  }

  /** True where the list has one of these entries. */
  #entry(of: Attribute, is: (entry: Entry) => boolean): NodeId {
    let node: NodeId = FALSE;
    this.variables.forEach((variable, level) => {
      if (variable.kind === 'entry' && variable.of.key === of.key && is(variable.entry)) node = this.diagrams.or(node, this.diagrams.make(level, [FALSE, TRUE]));
    });
    return node;
  }

  #opaque(atom: OpaqueAtom): NodeId {
    const level = this.#levels.get(atom.key);
    if (level === undefined) throw new BudgetSpent();
    return this.#needing(atom, this.diagrams.make(level, this.variables[level]?.mask.length === 3 ? [FALSE, TRUE, ERROR] : [FALSE, TRUE]), (input) => truthOf(atom.evaluate?.(input) ?? null));
  }

  #derived(atom: Exclude<Atom, { kind: 'opaque' }>, of: Attribute): NodeId {
    const level = this.#levels.get(of.key);
    const variable = level === undefined ? undefined : this.variables[level];
    const { derived } = of;
    if (variable?.kind !== 'field' || !derived) throw new BudgetSpent();
    return this.#needing(derived, this.#field(atom), (input) => {
      const value = derived.evaluate(input);
      const index = value === undefined ? -1 : classOf(variable.classes, variable.patterns, value);
      const one = variable.classes[index];
      return one ? this.#answer(atom, one, variable.patterns) : ERROR;
    });
  }

  /** Asked only where all that it reads is there; known where the one field that it reads has one value. */
  #needing(needs: Pick<OpaqueAtom, 'reads' | 'strict' | 'input'>, asked: NodeId, evaluate: (input: ConditionInput) => NodeId): NodeId {
    let node = asked;
    const only = needs.reads.length === 1 && needs.strict.length === 1 ? needs.strict[0] : undefined;
    const fields = needs.strict.flatMap((of) => {
      const at = this.#levels.get(of.key);
      return at === undefined ? [] : [{ of, at }];
    }).sort((a, b) => b.at - a.at);
    for (const { of, at } of fields) {
      const variable = this.variables[at];
      if (variable?.kind !== 'field') continue;
      const within = node;
      node = this.#inside(of, this.split(at, variable.classes.map((one) => {
        if (one.kind === 'missing') return ERROR;
        return only && one.kind === 'value' ? evaluate(withValue(needs.input, only.names, valueOf(only, one.value))) : within;
      })));
    }
    return node;
  }

  #fitting({ shapes }: DomainOptions): NodeId {
    const { diagrams, variables } = this;
    let valid: NodeId = TRUE;
    // where the sides differ in what fits, a request fits one of them
    let [before, after]: [NodeId, NodeId] = [TRUE, TRUE];
    variables.forEach((variable, level) => {
      if (variable.kind !== 'field') return;
      const [first, second] = shapes(variable.of);
      if (!first || !second || sameShape(first, second)) return;
      const fits = (shape: Shape): NodeId => this.#within(variable.of, diagrams.make(level, variable.classes.map((one) => (allowed(one, shape) ? TRUE : FALSE))));
      [before, after] = [diagrams.and(before, fits(first)), diagrams.and(after, fits(second))];
    });
    valid = diagrams.or(before, after);
    variables.forEach((size, level) => {
      if (size.kind !== 'size') return;
      // a list is at least as long as the entries that it is known to have
      const entries = variables.flatMap((variable, at) => (variable.kind === 'entry' && variable.of.key === size.of.key ? [at] : [])).sort((a, b) => b - a);
      let counts: NodeId[] = Array.from({ length: entries.length + 1 }, (_, count) => this.split(level, size.classes.map((one) => ((one.kind === 'numbers' ? (one.high === Infinity ? Infinity : one.high - 1) : one.kind === 'value' ? Number(one.value) : 0) >= count ? TRUE : FALSE))));
      for (const at of entries) counts = counts.slice(0, -1).map((none, count) => diagrams.make(at, [none, counts[count + 1] ?? FALSE]));
      const at = this.#levels.get(size.of.key);
      const field = at === undefined ? undefined : variables[at];
      if (at === undefined || field?.kind !== 'field') return;
      // a text of a kind has only some lengths
      valid = diagrams.and(valid, this.#within(field.of, this.split(at, field.classes.map((one) => {
        if (one.kind === 'texts') return this.split(level, size.classes.map((length) => (textIn(field, one, length) === null ? FALSE : TRUE)));
        return one.kind === 'list' || one.kind === 'map' ? (counts[0] ?? TRUE) : TRUE;
      }))));
    });
    return valid;
  }

  /** Like `#inside`, where a field that is not asked for is no fault. */
  #within(of: Attribute, node: NodeId): NodeId {
    return this.diagrams.map('error is true', this.#inside(of, node), (terminal) => (terminal === ERROR ? TRUE : terminal));
  }
}

/** A text of a class and as long as the other says; null where there is none. */
export function textIn({ classes, patterns }: Extract<Variable, { kind: 'field' }>, of: Extract<FieldClass, { kind: 'texts' }>, length: FieldClass): string | null | undefined {
  const [low, high] = length.kind === 'value' ? [Number(length.value), Number(length.value)] : length.kind === 'numbers' ? [length.low + 1, length.high - 1] : [0, Infinity];
  return textOfLength(patterns, classes.flatMap((one) => (one.kind === 'value' && typeof one.value === 'string' ? [one.value] : [])), of.matches, Math.max(0, low), high);
}

const truthOf = (value: boolean | null): NodeId => (value === null ? ERROR : value ? TRUE : FALSE);

/** Times are numbers here and times in conditions. */
export const valueOf = (of: Attribute, value: unknown): Value => (of.key === 'context.time' && typeof value === 'number' ? new Timestamp(value) : (value as Value));

/** The input with a field set. */
export function withValue(input: ConditionInput, names: readonly string[], value: Value): ConditionInput {
  const [name = '', ...rest] = names;
  if (rest.length === 0) return { ...input, [name]: value };
  const inner = Object.hasOwn(input, name) ? input[name] : undefined;
  return { ...input, [name]: withValue(typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as ConditionInput) : {}, rest, value) as Value };
}

/** Characters, as `size()` counts them. */
const lengthOf = (text: string): number => [...text].length;

const RANKS: readonly string[] = ['agent', 'principal', 'context', 'resource', 'args'];
const rankOf = (of: Attribute): number => (of.derived ? RANKS.length + 1 : of.key === 'context.time' ? RANKS.length : RANKS.indexOf(of.names[0] ?? ''));

function makeVariables({ atoms, shapes, base, fixed, untyped }: DomainOptions): readonly Variable[] {
  const questions = new Map<string, { readonly of: Attribute; readonly asked: Atom[]; nested: boolean }>();
  const ask = (of: Attribute): { readonly asked: Atom[]; nested: boolean } => {
    let known = questions.get(of.key);
    if (!known) {
      questions.set(of.key, (known = { of, asked: [], nested: false }));
      for (const one of of.derived?.strict ?? []) ask(one);
      for (let length = of.names.length - 1; length > base(of); length--) ask(attribute(of.names.slice(0, length))).nested = true;
    }
    return known;
  };
  const opaque: OpaqueAtom[] = [];
  for (const atom of [...atoms.values()].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    if (atom.kind === 'opaque') {
      opaque.push(atom);
      for (const of of atom.strict) ask(of);
    } else ask(atom.of).asked.push(atom);
  }
  const fields: Variable[] = [];
  const derived: Variable[] = [];
  for (const { of, asked, nested } of [...questions.values()].sort((a, b) => rankOf(a.of) - rankOf(b.of) || (a.of.key < b.of.key ? -1 : 1))) {
    const sample = fixed(of);
    const made = sample === null ? fieldClasses(asked, nested, shapes(of), untyped) : fixedClass(sample, asked, of.key === 'resource.server');
    if (made.failed) throw new BudgetSpent();
    const all = sample === null ? shapes(of) : [shapeOf(['text'])];
    const { classes, patterns } = made;
    fields.push({ kind: 'field', key: of.key, of, classes, patterns, mask: classes.map((one) => all.some((shape) => allowed(one, shape))) });
    derived.push(...entriesOf(of, asked));
    if (asked.some((atom) => atom.kind === 'size')) {
      const sizes = asked.flatMap((atom) => (atom.kind === 'size' ? [{ kind: 'compare', key: '', of, op: '<', value: atom.value } as const] : []));
      const { classes: lengths } = fieldClasses(sizes, false, [shapeOf(['number'], { integer: true, min: 0, missing: false })], false);
      derived.push({ kind: 'size', key: `size(${of.key})`, of, classes: lengths, mask: lengths.map((one) => allowed(one, shapeOf(['number'], { integer: true, min: 0, missing: false }))) });
    }
  }
  // of one resource a name stands for one question
  const texts = new Map<string, number>();
  const told = opaque.map((atom): OpaqueAtom => {
    const name = `${atom.question?.resource} ${atom.text}`;
    const known = (texts.get(name) ?? 0) + 1;
    texts.set(name, known);
    return known === 1 ? atom : { ...atom, text: `${atom.text} (${known})` };
  });
  return [...fields, ...derived, ...told.map((atom): Variable => ({ kind: 'opaque', key: atom.key, atom, fails: atom.fails, mask: atom.fails ? [true, true, true] : [true, true] }))];
}

function entriesOf(of: Attribute, asked: readonly Atom[]): Variable[] {
  const values = new Map<string, Entry>();
  const patterns: Parts[] = [];
  for (const atom of asked) {
    if (atom.kind === 'member') values.set(JSON.stringify(atom.value), { kind: 'value', value: atom.value });
    if (atom.kind === 'some') {
      if (atom.parts.length > 1) patterns.push(atom.parts);
      else values.set(JSON.stringify(atom.parts[0] ?? ''), { kind: 'value', value: atom.parts[0] ?? '' });
    }
  }
  const entries: Entry[] = [...values.values()];
  if (patterns.length > 0) {
    const texts = [...values.values()].flatMap((entry) => (entry.kind === 'value' && typeof entry.value === 'string' ? [entry.value] : []));
    const found = textClasses(patterns, texts, false);
    if (!found) throw new BudgetSpent();
    for (const { text, matches } of found) entries.push({ kind: 'texts', sample: text, matches, patterns, except: texts.filter((one) => patterns.every((parts, index) => matchesParts(parts, one) === matches[index])) });
  }
  return entries.map((entry) => ({ kind: 'entry', key: `${JSON.stringify(entry.kind === 'value' ? entry.value : entry.sample)} in ${of.key}${entry.kind === 'value' ? '' : ' or alike'}`, of, entry, mask: [true, true] }));
}

/** The questions of several formulas. */
export function questionsOf(formulas: Iterable<Formula>): ReadonlyMap<string, Atom> {
  const atoms = new Map<string, Atom>();
  const seen = new Set<Formula>();
  for (const formula of formulas) atomsOf(formula, atoms, seen);
  return atoms;
}
