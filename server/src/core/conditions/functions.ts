// The functions and methods of conditions, one table: what the checker accepts, what hover and completion say, what running does.
import type { Evaluation } from './evaluation';
import { MAX_WHOLE } from './limits';
import type { PatternCache } from './patterns';
import { durationOf, formatDuration, formatTimestamp, parseDuration, parseTimestamp, timestampOf } from './times';
import { TIME_PARTS } from './time-parts';
import { BOOL, BYTES, DURATION, DYN, INTEGER, listOf, mapOf, NUMBER, STRING, TIMESTAMP, type Type } from './types';
import { textLength, type CelError, Duration, type ErrorKind, kindOf, keysOf, type MapValue, Timestamp, type Value } from './values';

/** What an implementation may ask of the call that runs it. */
export interface CallSite {
  fail(kind: ErrorKind, message: string): CelError;
  readonly patterns: PatternCache;
  /** functions that shift a time into a named zone, null for zones that are not known */
  readonly zones: Map<string, ((ms: number) => number) | null>;
}

export interface Overload {
  /** of a method the receiver comes first */
  readonly params: readonly Type[];
  readonly result: Type;
  /** `args` fit `params`; none is an error */
  run(args: readonly Value[], site: CallSite, evaluation: Evaluation): Value;
}

export interface FunctionInfo {
  readonly name: string;
  /** called as `receiver.name(...)` */
  readonly method: boolean;
  readonly doc: string;
  readonly example: string;
  readonly overloads: readonly Overload[];
}

const LIST = listOf(DYN);
const MAP = mapOf(DYN);
const TOO_MUCH = 'The condition does too much work.';

const overload = (params: readonly Type[], result: Type, run: Overload['run']): Overload => ({ params, result, run });
const fn = (name: string, doc: string, example: string, ...overloads: Overload[]): FunctionInfo => ({ name, method: false, doc, example, overloads });
const method = (name: string, doc: string, example: string, ...overloads: Overload[]): FunctionInfo => ({ name, method: true, doc, example, overloads });

const textMethod = (run: (text: string, other: string) => boolean): Overload =>
  overload([STRING, STRING], BOOL, ([text, other], site, evaluation) => (evaluation.spend((text as string).length >> 6) ? run(text as string, other as string) : site.fail('limit', TOO_MUCH)));

const SIZES = [
  overload([STRING], INTEGER, ([text], site, evaluation) => (evaluation.spend((text as string).length >> 6) ? textLength(text as string) : site.fail('limit', TOO_MUCH))),
  overload([LIST], INTEGER, ([list]) => (list as readonly Value[]).length),
  overload([MAP], INTEGER, ([map], site, evaluation) => {
    const size = keysOf(map as MapValue).length;
    return evaluation.spend(size >> 3) ? size : site.fail('limit', TOO_MUCH);
  }),
  overload([BYTES], INTEGER, ([bytes]) => (bytes as Uint8Array).length),
];

const MATCHES = overload([STRING, STRING], BOOL, ([text, pattern], site, evaluation) => matchText(text as string, pattern as string, site, evaluation));

/** Whether the pattern is found in the text; its cost is text times pattern. */
export function matchText(text: string, source: string, site: CallSite, evaluation: Evaluation): Value {
  let result = site.patterns.get(source);
  if (!result) {
    if (!evaluation.spend(500)) return site.fail('limit', TOO_MUCH);
    result = site.patterns.compile(source);
  }
  if ('fault' in result) return site.fail('value', result.fault);
  return evaluation.spend(Math.ceil((text.length * result.pattern.size) / 256)) ? result.pattern.test(text) : site.fail('limit', TOO_MUCH);
}

const whole = (value: number, site: CallSite): Value => (Math.abs(value) <= MAX_WHOLE ? value + 0 : site.fail('value', `\`${value}\` is beyond the whole numbers that are exact (2^53-1).`));

const characters = (text: string): readonly string[] => Array.from(text);

function substring(text: string, from: number, to: number | null, site: CallSite, evaluation: Evaluation): Value {
  if (!evaluation.spend(text.length >> 3)) return site.fail('limit', TOO_MUCH);
  const parts = characters(text);
  const end = to ?? parts.length;
  if (!Number.isInteger(from) || !Number.isInteger(end) || from < 0 || end > parts.length || from > end) return site.fail('value', `\`substring\` asks for ${from} to ${end} of a text of ${parts.length} characters.`);
  return parts.slice(from, end).join('');
}

function indexIn(text: string, part: string, last: boolean, site: CallSite, evaluation: Evaluation): Value {
  if (!evaluation.spend(text.length >> 3)) return site.fail('limit', TOO_MUCH);
  const at = last ? text.lastIndexOf(part) : text.indexOf(part);
  return at < 0 ? -1 : textLength(text.slice(0, at));
}

function joined(list: readonly Value[], separator: string, site: CallSite, evaluation: Evaluation): Value {
  let length = 0;
  for (const item of list) {
    if (typeof item !== 'string') return site.fail('type', `\`join\` needs a list of text; it holds ${kindOf(item)}.`);
    length += item.length + separator.length;
  }
  return evaluation.spend(list.length + (length >> 4)) ? list.join(separator) : site.fail('limit', TOO_MUCH);
}

const CONVERSIONS: readonly FunctionInfo[] = [
  fn('size', 'The number of characters, entries or bytes.', 'size(args.items)', ...SIZES),
  fn('int', 'A whole number: of a number without its fraction (towards zero), of digits in text, of a timestamp in seconds since 1970.', 'int(args.amount)',
    overload([NUMBER], INTEGER, ([value], site) => whole(Math.trunc(value as number), site)),
    overload([STRING], INTEGER, ([text], site) => (/^[+-]?\d{1,30}$/.test(text as string) ? whole(Number(text), site) : site.fail('value', 'The text is not a whole number.'))),
    overload([TIMESTAMP], INTEGER, ([time]) => Math.floor((time as Timestamp).ms / 1000))),
  fn('double', 'A number, also from text. Numbers are one domain: of a number it is the number.', 'double(args.amount)',
    overload([NUMBER], NUMBER, ([value]) => value ?? null),
    overload([STRING], NUMBER, ([text], site) => {
      const value = /^[+-]?(\d{1,400}\.?\d{0,400}|\.\d{1,400})([eE][+-]?\d{1,4})?$/.test(text as string) ? Number(text) : NaN;
      return Number.isFinite(value) ? value : site.fail('value', 'The text is not a number.');
    })),
  fn('string', 'The value as text.', 'string(args.amount)',
    overload([STRING], STRING, ([value]) => value ?? null),
    overload([NUMBER], STRING, ([value]) => String(value)),
    overload([BOOL], STRING, ([value]) => String(value)),
    overload([TIMESTAMP], STRING, ([value]) => formatTimestamp(value as Timestamp)),
    overload([DURATION], STRING, ([value]) => formatDuration(value as Duration)),
    overload([BYTES], STRING, ([value], site, evaluation) => {
      const text = decodeUtf8(value as Uint8Array);
      return text === null ? site.fail('value', 'The bytes are not UTF-8 text.') : evaluation.spend(text.length >> 4) ? text : site.fail('limit', TOO_MUCH);
    })),
  fn('bool', 'true or false from the text `true` or `false`.', 'bool(args.urgent)',
    overload([BOOL], BOOL, ([value]) => value ?? null),
    overload([STRING], BOOL, ([text], site) => (text === 'true' || text === 'false' ? text === 'true' : site.fail('value', 'The text is neither `true` nor `false`.')))),
  fn('bytes', 'The UTF-8 bytes of a text.', 'bytes(args.body)',
    overload([BYTES], BYTES, ([value]) => value ?? null),
    overload([STRING], BYTES, ([text], site, evaluation) => (evaluation.spend((text as string).length >> 2) ? encodeUtf8(text as string) : site.fail('limit', TOO_MUCH)))),
  fn('timestamp', 'A point in time from text such as `2026-12-20T00:00:00Z` (RFC 3339, with a zone), or from seconds since 1970.', 'timestamp("2026-12-20T00:00:00Z")',
    overload([TIMESTAMP], TIMESTAMP, ([value]) => value ?? null),
    overload([STRING], TIMESTAMP, ([text], site) => parseTimestamp(text as string) ?? site.fail('value', 'The text is not a timestamp such as `2026-12-20T00:00:00Z`.')),
    overload([NUMBER], TIMESTAMP, ([seconds], site) => timestampOf((seconds as number) * 1000) ?? site.fail('value', 'The number of seconds is outside the years 1 to 9999.'))),
  fn('duration', 'A length of time from text such as `30m`, `1h30m`, `1.5s`, `400d`.', 'duration("4h")',
    overload([DURATION], DURATION, ([value]) => value ?? null),
    overload([STRING], DURATION, ([text], site) => parseDuration(text as string) ?? site.fail('value', 'The text is not a duration such as `30m` or `1h30m`.')),
    overload([NUMBER], DURATION, ([seconds], site) => durationOf((seconds as number) * 1000) ?? site.fail('value', 'The duration is too long.'))),
  fn('dyn', 'The value itself, with its type not checked.', 'dyn(args.value)', overload([DYN], DYN, ([value]) => value ?? null)),
  fn('matches', 'Whether the pattern (RE2) is found in the text.', 'matches(args.url, "^https://")', MATCHES),
];

const TEXT: readonly FunctionInfo[] = [
  method('size', 'The number of characters, entries or bytes.', 'args.items.size()', ...SIZES),
  method('contains', 'Whether the other text is found in this one.', 'args.subject.contains("refund")', textMethod((text, other) => text.includes(other))),
  method('startsWith', 'Whether the text begins with the other one.', 'resource.id.startsWith("payments/")', textMethod((text, other) => text.startsWith(other))),
  method('endsWith', 'Whether the text ends with the other one.', 'args.to.endsWith("@example.com")', textMethod((text, other) => text.endsWith(other))),
  method('matches', 'Whether the pattern (RE2, a linear engine without look-around) is found in the text; `^` and `$` tie it to the ends.', 'args.url.matches("^https://")', MATCHES),
  method('lowerAscii', 'The text with A to Z in lower case.', 'args.to.lowerAscii()',
    overload([STRING], STRING, ([text], site, evaluation) => (evaluation.spend((text as string).length >> 4) ? (text as string).replace(/[A-Z]+/g, (part) => part.toLowerCase()) : site.fail('limit', TOO_MUCH)))),
  method('upperAscii', 'The text with a to z in upper case.', 'args.currency.upperAscii()',
    overload([STRING], STRING, ([text], site, evaluation) => (evaluation.spend((text as string).length >> 4) ? (text as string).replace(/[a-z]+/g, (part) => part.toUpperCase()) : site.fail('limit', TOO_MUCH)))),
  method('trim', 'The text without white space at its ends.', 'args.name.trim()',
    overload([STRING], STRING, ([text], site, evaluation) => (evaluation.spend((text as string).length >> 4) ? (text as string).trim() : site.fail('limit', TOO_MUCH)))),
  method('substring', 'The characters from one position up to another, counted from 0.', 'args.code.substring(0, 2)',
    overload([STRING, INTEGER], STRING, ([text, from], site, evaluation) => substring(text as string, from as number, null, site, evaluation)),
    overload([STRING, INTEGER, INTEGER], STRING, ([text, from, to], site, evaluation) => substring(text as string, from as number, to as number, site, evaluation))),
  method('indexOf', 'The position at which the other text is first found, or -1.', 'args.to.indexOf("@")', overload([STRING, STRING], INTEGER, ([text, part], site, evaluation) => indexIn(text as string, part as string, false, site, evaluation))),
  method('lastIndexOf', 'The position at which the other text is last found, or -1.', 'args.path.lastIndexOf("/")', overload([STRING, STRING], INTEGER, ([text, part], site, evaluation) => indexIn(text as string, part as string, true, site, evaluation))),
  method('split', 'The parts of the text between the separators.', 'args.to.split(",")',
    overload([STRING, STRING], listOf(STRING), ([text, separator], site, evaluation) => {
      if (!evaluation.spend((text as string).length >> 1)) return site.fail('limit', TOO_MUCH);
      return separator === '' ? characters(text as string) : (text as string).split(separator as string);
    })),
  method('join', 'The texts of a list as one, with a separator between them.', 'args.to.join(",")',
    overload([LIST], STRING, ([list], site, evaluation) => joined(list as readonly Value[], '', site, evaluation)),
    overload([LIST, STRING], STRING, ([list, separator], site, evaluation) => joined(list as readonly Value[], separator as string, site, evaluation))),
];

/** All functions and methods. */
export const FUNCTIONS: readonly FunctionInfo[] = [...CONVERSIONS, ...TEXT, ...TIME_PARTS];

const BY_NAME: ReadonlyMap<string, FunctionInfo> = new Map(FUNCTIONS.map((info) => [(info.method ? '.' : '') + info.name, info]));

/** The function or method of a name, or undefined. */
export const functionNamed = (name: string, isMethod: boolean): FunctionInfo | undefined => BY_NAME.get((isMethod ? '.' : '') + name);

/** `has` and the macros: not functions, since they bind a name or do not evaluate their argument; described here for hover and completion. */
export interface MacroInfo {
  readonly name: string;
  readonly doc: string;
  readonly example: string;
  readonly insert: string;
}

export const HAS: MacroInfo = { name: 'has', doc: 'Whether the field is there. Reading a field that is missing is an error.', example: 'has(principal.id)', insert: 'has($1)' };

export const MACROS: readonly MacroInfo[] = [
  { name: 'all', doc: 'Whether the condition holds for every entry.', example: 'args.to.all(x, x.endsWith("@example.com"))', insert: 'all(${1:x}, $2)' },
  { name: 'exists', doc: 'Whether the condition holds for some entry.', example: 'manifest.spec.approvals.exists(a, a.gate == "deploy")', insert: 'exists(${1:x}, $2)' },
  { name: 'exists_one', doc: 'Whether the condition holds for exactly one entry.', example: 'args.items.exists_one(x, x.main)', insert: 'exists_one(${1:x}, $2)' },
  { name: 'map', doc: 'The list of what the expression gives for every entry.', example: 'args.items.map(x, x.price)', insert: 'map(${1:x}, $2)' },
  { name: 'filter', doc: 'The list of the entries for which the condition holds.', example: 'args.items.filter(x, x.price > 100)', insert: 'filter(${1:x}, $2)' },
];

function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return Uint8Array.from(bytes);
}

/** Text of well-formed UTF-8, or null. TextDecoder is not part of the language's own library. */
function decodeUtf8(bytes: Uint8Array): string | null {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    if (length === 0 || i + length > bytes.length) return null;
    let code = length === 1 ? first : first & (0x7f >> length);
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k] ?? 0;
      if ((next & 0xc0) !== 0x80) return null;
      code = (code << 6) | (next & 0x3f);
    }
    if ((length === 3 && code < 0x800) || (length === 4 && code < 0x10000) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    text += String.fromCodePoint(code);
    i += length;
  }
  return text;
}
