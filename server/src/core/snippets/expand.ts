// A body with every tab stop at its default: the text that stands there when one inserts it and types nothing.
import type { Span } from '../text';
import { VARIABLES, type Part } from './syntax';

type Stop = Part & { readonly kind: 'stop' };

/** The text of a tab stop or variable in the expanded body. */
export interface Filled extends Span {
  /** `default`: a placeholder; `choice`: one of several; `empty`: what stands for a text that the author left to whoever types; `variable`: what the editor fills in */
  readonly kind: 'default' | 'choice' | 'empty' | 'variable';
}

export interface Expanded {
  readonly text: string;
  /** for each character of `text` where it comes from in the body */
  readonly offsets: readonly number[];
  readonly filled: readonly Filled[];
  /** true where it would be longer than anybody needs: the rest was left out */
  readonly cut?: boolean;
}

/** Values for variables; one that is not named has its default, or nothing. */
export type Values = (name: string) => string | null;

export interface ExpandOptions {
  /** what stands for tab stops without a default where a value is expected; nothing by default */
  readonly filler?: string;
  /** which of its choices a tab stop takes, by the place of the stop in the body; else the first */
  readonly choose?: ReadonlyMap<number, number>;
}

/** the longest text that a snippet may become */
export const MAX_EXPANDED = 50_000;
/** parts written: a few placeholders within each other repeat without end */
const MAX_STEPS = 20_000;
const INDENT = '  ';

/** A tab stop that stands twice has the text of its first placeholder, as in the editor, and a transform what it makes of that once one has passed it. */
export function expand(parts: readonly Part[], values: Values, { filler = '', choose }: ExpandOptions = {}): Expanded {
  const first = new Map<number, Stop>();
  const collect = (list: readonly Part[]): void => {
    for (const part of list) {
      // each `$0` is for itself
      if (part.kind === 'stop' && part.index !== 0 && (part.children.length > 0 || part.choices !== null) && !first.has(part.index)) first.set(part.index, part);
      if (part.kind !== 'text' && part.children) collect(part.children);
    }
  };
  collect(parts);
  let text = '';
  const offsets: number[] = [];
  const filled: Filled[] = [];
  let steps = 0;
  const full = (): boolean => text.length > MAX_EXPANDED || steps > MAX_STEPS;
  const put = (value: string, at: number | readonly number[]): void => {
    for (let i = 0; i < value.length && text.length <= MAX_EXPANDED; i++) {
      const from = typeof at === 'number' ? at : (at[i] ?? at.at(-1) ?? 0);
      // a tab that indents becomes the indentation of the document, which in YAML is two blanks
      const written = value[i] === '\t' && text.slice(text.lastIndexOf('\n') + 1).trim() === '' ? INDENT : (value[i] ?? '');
      text += written;
      for (let n = 0; n < written.length; n++) offsets.push(from);
    }
  };
  const note = (start: number, kind: Filled['kind']): void => {
    if (text.length > start) filled.push({ start, end: text.length, kind });
  };
  const variable = ({ name, children, transform, start: at }: Part & { kind: 'variable' }, start: number): void => {
    const value = values(name);
    const made = transform ? transform.apply(value ?? '') : value;
    if (made !== null) put(made, at);
    else if (children) write(children);
    // of what the editor does not know it writes the name
    else if (!VARIABLES.has(name)) put(name, at);
    else if (filler !== '' && expectsValue(text)) {
      // what only the editor knows
      put(filler, at);
      return note(start, 'empty');
    } else if (value !== null) put(value, at);
    note(start, 'variable');
  };
  const stop = (part: Stop, source: Stop, start: number): void => {
    const choice = source.choices?.[choose?.get(source.start) ?? 0];
    if (choice) {
      put(choice.text, Array.from(choice.text, (_, i) => Math.min(choice.start + i, Math.max(choice.start, choice.end - 1))));
      note(start, 'choice');
    } else if (source.children.length > 0) {
      write(source.children);
      note(start, 'default');
    } else if (filler !== '' && expectsValue(text) && !(part.index === 0 && text.endsWith('.'))) {
      put(filler, part.start);
      note(start, 'empty');
    }
  };
  /** What the transform makes of what would stand here; all of it comes from this tab stop. */
  const transformed = (part: Stop, source: Stop, start: number): void => {
    stop(part, source, start);
    const noted = filled.findIndex((one) => one.start >= start);
    const empty = filled.at(-1)?.kind === 'empty' && text.length > start;
    const before = empty ? '' : text.slice(start);
    const made = part.transform?.apply(before) ?? null;
    if (made === '' && empty) return;
    text = text.slice(0, start);
    offsets.length = start;
    if (noted >= 0) filled.length = noted;
    put(made ?? before, part.start);
    note(start, made === null ? 'empty' : 'default');
  };
  const open = new Set<number>();
  const write = (list: readonly Part[]): void => {
    for (const part of list) {
      if (full()) return;
      steps++;
      const start = text.length;
      if (part.kind === 'text') put(part.text, part.offsets);
      else if (part.kind === 'variable') variable(part, start);
      else if (!open.has(part.index)) {
        // a placeholder within itself would never end
        open.add(part.index);
        // of several with a text the first one counts, wherever it stands
        const source = part.index === 0 ? part : (first.get(part.index) ?? part);
        if (part.transform) transformed(part, source, start);
        else stop(part, source, start);
        open.delete(part.index);
      }
    }
  };
  write(parts);
  return full() ? { text, offsets, filled, cut: true } : { text, offsets, filled };
}

/** Whether what is written so far leaves a value open: behind a colon, a dash, a bracket, a quote, or on the line under a key. */
function expectsValue(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (line.trim() !== '') return /(?:[:\-[{,"'/.=<>(!]|\b(?:in|==))\s*$/.test(line);
  const above = before.trimEnd();
  const key = above.slice(above.lastIndexOf('\n') + 1);
  return key.endsWith(':') && (/^ */.exec(key)?.[0].length ?? 0) < line.length;
}

/** Dates as the day of the clock; names of files as a plain example. */
export const valuesAt = (now: number): Values => {
  const date = new Date(now).toISOString();
  const known = new Map<string, string>([
    ['CURRENT_YEAR', date.slice(0, 4)], ['CURRENT_YEAR_SHORT', date.slice(2, 4)], ['CURRENT_MONTH', date.slice(5, 7)], ['CURRENT_DATE', date.slice(8, 10)], ['CURRENT_HOUR', date.slice(11, 13)],
    ['CURRENT_MINUTE', date.slice(14, 16)], ['CURRENT_SECOND', date.slice(17, 19)], ['TM_FILENAME_BASE', 'example'], ['TM_FILENAME', 'example.agent.yaml'], ['WORKSPACE_NAME', 'workspace'],
    ['LINE_COMMENT', '#'], ['RANDOM', '123456'], ['RANDOM_HEX', 'a1b2c3'], ['UUID', '00000000-0000-4000-8000-000000000000'],
  ]);
  return (name) => known.get(name) ?? null;
};
