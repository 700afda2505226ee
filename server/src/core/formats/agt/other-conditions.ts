// The condition languages of AGT's .NET and TypeScript engines as they behave. Both leave texts in quotes whole and must match to the end; what they do not understand is false.
// Sources: `PolicyRule.cs` and `policy.ts` of the toolkit, read 2026-11.
import type { Lookup } from './python-condition';

const MAX_LENGTH = 2_000;
const PATH = String.raw`([\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*)`;
const pattern = (rest: string): RegExp => new RegExp(`^${PATH}${rest}$`, 'u');
const NUMBER = String.raw`(\d+(?:\.\d+)?)`;

/** The parts between a word that stands outside quotes. */
function split(text: string, word: string, anyCase: boolean): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    if (quote === '' ? c === '"' || c === "'" : c === quote) quote = quote === '' ? c : '';
    else if (quote === '' && (anyCase ? text.slice(at, at + word.length).toLowerCase() === word : text.startsWith(word, at))) {
      parts.push(text.slice(start, at));
      start = at + word.length;
      at = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}

function holds(text: string, anyCase: boolean, atom: (text: string) => boolean): boolean {
  if (text.length > MAX_LENGTH) return false;
  return split(text.trim(), ' or ', anyCase).some((part) => split(part.trim(), ' and ', anyCase).every((one) => atom(one.trim())));
}

const EQUALS = pattern(String.raw`\s*(==|!=)\s*['"]([^'"]+)['"]`);
const COMPARES = pattern(String.raw`\s*(>=|<=|>|<)\s*${NUMBER}`);
const WITHIN = pattern(String.raw`\s+in\s+${PATH}`);
const NAME = pattern('');

/** .NET: a list in brackets and a number after `==` are not understood, and a missing field is no number. */
export const dotnetHolds = (text: string, lookup: Lookup): boolean => holds(text, true, (one) => {
  const equals = EQUALS.exec(one);
  if (equals) return (textOf(lookup(equals[1] ?? '')) === equals[3]) === (equals[2] === '==');
  const compared = COMPARES.exec(one);
  if (compared) {
    const written = textOf(lookup(compared[1] ?? ''))?.replaceAll(',', '');
    return written !== undefined && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(written) && compare(Number(written), compared[2] ?? '', Number(compared[3]));
  }
  const within = WITHIN.exec(one);
  if (within) {
    const [item, list] = [textOf(lookup(within[1] ?? '')), lookup(within[2] ?? '')];
    if (item === undefined) return false;
    return Array.isArray(list) ? list.some((entry) => textOf(entry) === item) : typeof list === 'string' && list.split(',').some((entry) => entry.trim() === item);
  }
  const value = NAME.test(one) ? lookup(one) : undefined;
  return typeof value === 'string' ? value !== '' && value.toLowerCase() !== 'false' : value !== undefined && value !== null && value !== false && value !== 0;
});

/** As .NET writes a value; undefined where there is none. */
const textOf = (value: unknown): string | undefined => (value === undefined || value === null ? undefined : typeof value === 'boolean' ? (value ? 'True' : 'False') : typeof value === 'object' ? '' : String(value));

const IN_LIST = pattern(String.raw`\s+(not\s+)?in\s+\[([^\]]*)\]`);
const EQUALS_TEXT = pattern(String.raw`\s*(==|!=)\s*['"]([^'"]*)['"]\s*`);
const EQUALS_NUMBER = pattern(String.raw`\s*(==|!=)\s*${NUMBER}\s*`);
const EQUALS_WORD = pattern(String.raw`\s*==\s*(true|false)\s*`);
const COMPARES_NUMBER = pattern(String.raw`\s*(>=|<=|>|<)\s*${NUMBER}\s*`);

/** TypeScript: with numbers, truth values, lists and `not in`; a missing field is no number. */
export const typescriptHolds = (text: string, lookup: Lookup): boolean => holds(text, false, (one) => {
  const listed = IN_LIST.exec(one);
  if (listed) {
    const items = (listed[3] ?? '').split(',').map((entry) => entry.trim().replace(/^['"]|['"]$/g, '')).filter((entry) => entry !== '');
    return items.includes(String(lookup(listed[1] ?? ''))) === (listed[2] === undefined);
  }
  const equals = EQUALS_TEXT.exec(one);
  if (equals) return (lookup(equals[1] ?? '') === equals[3]) === (equals[2] === '==');
  const number = EQUALS_NUMBER.exec(one);
  if (number) return (Number(lookup(number[1] ?? '')) === Number(number[3])) === (number[2] === '==');
  const word = EQUALS_WORD.exec(one);
  if (word) return lookup(word[1] ?? '') === (word[2] === 'true');
  const compared = COMPARES_NUMBER.exec(one);
  if (compared) return compare(Number(lookup(compared[1] ?? '')), compared[2] ?? '', Number(compared[3]));
  return NAME.test(one) && Boolean(lookup(one));
});

function compare(value: number, operator: string, target: number): boolean {
  if (operator === '>') return value > target;
  if (operator === '<') return value < target;
  return operator === '>=' ? value >= target : value <= target;
}

/** Every name that a condition may read. */
export function namesInText(text: string): readonly string[] {
  const bare = text.slice(0, MAX_LENGTH).replace(/"[^"]*"|'[^']*'/g, ' ');
  return [...new Set([...bare.matchAll(new RegExp(PATH, 'gu'))].map((match) => match[1] ?? '').filter((name) => !/^(?:and|or|in|not|true|false|\d+(?:\.\d+)?)$/i.test(name)))].sort();
}
