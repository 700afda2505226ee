// A body with every tab stop at its default: the text that stands there when one inserts it and types nothing.
import type { Part } from './syntax';

export interface Expanded {
  readonly text: string;
  /** for each character of `text` where it comes from in the body */
  readonly offsets: readonly number[];
}

/** Values for variables; one that is not named has its default, or nothing. */
export type Values = (name: string) => string | null;

const MAX_TEXT = 200_000;

/** A tab stop that stands twice has the text of its first placeholder, as in the editor. */
export function expand(parts: readonly Part[], values: Values): Expanded {
  const first = new Map<number, Part & { kind: 'stop' }>();
  const collect = (list: readonly Part[]): void => {
    for (const part of list) {
      if (part.kind === 'stop' && (part.children.length > 0 || part.choices !== null) && !first.has(part.index)) first.set(part.index, part);
      if (part.kind !== 'text' && part.children) collect(part.children);
    }
  };
  collect(parts);
  let text = '';
  const offsets: number[] = [];
  const put = (value: string, at: number | readonly number[]): void => {
    if (text.length > MAX_TEXT) return;
    text += value;
    for (let i = 0; i < value.length; i++) offsets.push(typeof at === 'number' ? at : (at[i] ?? at.at(-1) ?? 0));
  };
  const open = new Set<number>();
  const write = (list: readonly Part[]): void => {
    for (const part of list) {
      if (part.kind === 'text') put(part.text, part.offsets);
      else if (part.kind === 'variable') {
        const value = values(part.name);
        if (value !== null) put(value, part.start);
        else if (part.children) write(part.children);
      } else if (!open.has(part.index)) {
        // a placeholder within itself would never end
        open.add(part.index);
        const source = part.children.length > 0 || part.choices ? part : (first.get(part.index) ?? part);
        const choice = source.choices?.[0];
        if (choice) put(choice.text, choice.start);
        else write(source.children);
        open.delete(part.index);
      }
    }
  };
  write(parts);
  return { text, offsets };
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
