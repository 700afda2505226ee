// Texts cut into the classes that patterns can tell apart: every combination of patterns that some text has, with one such text.

import { spend, type Budget } from './nodes';

/** The parts of a pattern between its stars; one part alone is that text. */
export type Parts = readonly string[];

export const partsOf = (pattern: string): Parts => pattern.split('*');
export const startsWith = (text: string): Parts => [text, ''];
export const endsWith = (text: string): Parts => ['', text];
export const contains = (text: string): Parts => ['', text, ''];

export interface TextClass {
  /** a text of the class */
  readonly text: string;
  /** which of the patterns its texts match */
  readonly matches: readonly boolean[];
}

/** Past these the classes are not known: hostile patterns multiply. */
const MAX_STATES = 20_000;
const MAX_CLASSES = 2_000;

const STAR = '';
/** Texts that read well where any text will do. */
const WORDS: readonly string[] = ['other', 'something', 'anything'];

/** Positions of each pattern that is still alive, as a text that identifies the state. */
interface State {
  readonly text: string;
  readonly alive: readonly (readonly [pattern: number, positions: readonly number[]])[];
}

/** The classes of all texts but `except`; null where there are too many. `empty`: whether the empty text counts. */
export function textClasses(patterns: readonly Parts[], except: readonly string[], empty: boolean, budget: Budget | null = null): readonly TextClass[] | null {
  const count = patterns.length;
  if (count === 0) return [{ text: empty && !except.includes('') ? '' : plainText(except), matches: [] }];
  const tokens = [...patterns, ...except.map((text) => [text])].map(tokensOf);
  const other = freshCharacter([...patterns.flat(), ...except]);
  const seen = new Set<string>();
  const found = new Map<string, TextClass>();
  const start: State = { text: '', alive: tokens.flatMap((list, index) => [[index, close(list, [0])] as const]) };
  let open: State[] = [start];
  // where the empty text does not count, the same state may be reached again by one that does
  if (empty) seen.add(keyOf(start));
  while (open.length > 0) {
    const next: State[] = [];
    for (const state of open) {
      const accepted = state.alive.filter(([index, positions]) => positions.includes(tokens[index]?.length ?? -1)).map(([index]) => index);
      if ((empty || state.text !== '') && !accepted.some((index) => index >= count)) {
        const key = accepted.join(' ');
        if (!found.has(key)) {
          const matches = new Array<boolean>(count).fill(false);
          for (const index of accepted) matches[index] = true;
          found.set(key, { text: state.text, matches });
          if (found.size > MAX_CLASSES) return null;
        }
      }
      const characters = new Set([other, ...state.alive.flatMap(([index, positions]) => positions.map((at) => tokens[index]?.[at] ?? STAR))]);
      if (budget) spend(budget, 1 + ((state.alive.length * characters.size) >> 2));
      for (const character of characters) {
        if (character === STAR) continue;
        const after: State = { text: state.text + character, alive: state.alive.flatMap(([index, positions]) => step(tokens[index] ?? [], index, positions, character)) };
        const key = keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > MAX_STATES) return null;
        next.push(after);
      }
    }
    open = next;
  }
  return [...found.values()].map((one) => readable(one, other, tokens, count));
}

/** Texts longer than this are not looked for letter by letter. */
const MAX_LENGTH = 4_000;

/**
 * A text of a class that is at least `low` and at most `high` long; null where there is none, undefined where that was not found out.
 * The first state of a length stands for all texts that lead there.
 */
export function textOfLength(patterns: readonly Parts[], except: readonly string[], matches: readonly boolean[], low: number, high: number): string | null | undefined {
  const count = patterns.length;
  const tokens = [...patterns, ...except.map((text) => [text])].map(tokensOf);
  const other = freshCharacter([...patterns.flat(), ...except]);
  // past the longest way through all patterns every length repeats
  const most = Math.min(high, Math.max(0, low) + tokens.reduce((sum, list) => sum + list.length + 1, 1));
  if (most > MAX_LENGTH) return undefined;
  let open: readonly State[] = [{ text: '', alive: tokens.flatMap((list, index) => [[index, close(list, [0])] as const]) }];
  for (let length = 0; length <= most && open.length > 0; length++) {
    if (length >= low) {
      for (const state of open) {
        const accepted = new Set(state.alive.filter(([index, positions]) => positions.includes(tokens[index]?.length ?? -1)).map(([index]) => index));
        if (tokens.every((_, index) => accepted.has(index) === (index < count && matches[index] === true))) return state.text;
      }
    }
    const next = new Map<string, State>();
    for (const state of open) {
      for (const character of new Set([other, ...state.alive.flatMap(([index, positions]) => positions.map((at) => tokens[index]?.[at] ?? STAR))])) {
        if (character === STAR) continue;
        const after: State = { text: state.text + character, alive: state.alive.flatMap(([index, positions]) => step(tokens[index] ?? [], index, positions, character)) };
        const key = keyOf(after);
        if (!next.has(key)) next.set(key, after);
      }
      if (next.size > MAX_CLASSES) return undefined;
    }
    open = [...next.values()];
  }
  return null;
}

/** True where the text matches. */
export function matchesParts(parts: Parts, text: string): boolean {
  const tokens = tokensOf(parts);
  let positions = close(tokens, [0]);
  for (let at = 0; at < text.length && positions.length > 0; at++) positions = step(tokens, 0, positions, text.charAt(at))[0]?.[1] ?? [];
  return positions.includes(tokens.length);
}

/** A text that is none of these. */
const plainText = (except: readonly string[]): string => WORDS.find((word) => !except.includes(word)) ?? freshCharacter(except);

/** Characters, and '' for a star. */
function tokensOf(parts: Parts): readonly string[] {
  const tokens: string[] = [];
  parts.forEach((part, index) => {
    if (index > 0) tokens.push(STAR);
    for (let at = 0; at < part.length; at++) tokens.push(part.charAt(at));
  });
  return tokens;
}

function step(tokens: readonly string[], index: number, positions: readonly number[], character: string): readonly (readonly [number, readonly number[]])[] {
  const after: number[] = [];
  for (const at of positions) {
    if (tokens[at] === STAR) after.push(at);
    else if (tokens[at] === character) after.push(at + 1);
  }
  return after.length === 0 ? [] : [[index, close(tokens, after)]];
}

/** Steps over stars; what stands before the last star that is reached adds nothing. */
function close(tokens: readonly string[], positions: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (let at of positions) for (all.add(at); at < tokens.length && tokens[at] === STAR; ) all.add(++at);
  let last = -1;
  for (const at of all) if (at < tokens.length && tokens[at] === STAR && at > last) last = at;
  return [...all].filter((at) => at >= last).sort((a, b) => a - b);
}

const keyOf = (state: State): string => state.alive.map(([index, positions]) => `${index}:${positions.join(',')}`).join(' ');

/** A character that stands in none of the texts. */
function freshCharacter(texts: readonly string[]): string {
  const used = new Set(texts.join(''));
  for (const character of 'xoanz0189QWZ') if (!used.has(character)) return character;
  for (let code = 0x3b1; ; code++) if (!used.has(String.fromCharCode(code))) return String.fromCharCode(code);
}

/** The same class with a text that reads better, where there is one. */
function readable(one: TextClass, other: string, tokens: readonly (readonly string[])[], count: number): TextClass {
  const same = (text: string): boolean => tokens.every((list, index) => accepts(list, text) === (index < count ? (one.matches[index] ?? false) : false));
  if (!one.text.includes(other)) return one;
  for (const word of WORDS) for (const text of [one.text.replace(other, word), one.text.replaceAll(other, word)]) if (same(text)) return { ...one, text };
  return one;
}

function accepts(tokens: readonly string[], text: string): boolean {
  let positions: readonly number[] = close(tokens, [0]);
  for (let at = 0; at < text.length && positions.length > 0; at++) positions = step(tokens, 0, positions, text.charAt(at))[0]?.[1] ?? [];
  return positions.includes(tokens.length);
}
