// What an attribute of a region is called when it is read aloud, which numbers it can be, and what these are called.
import type { Interval } from './intervals';

/** A number that is always there and always whole. */
export interface WholeSubject {
  readonly kind: 'whole';
  /** `the hour in Europe/Berlin`, `via` */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** `{ low: 1, high: 5 }` → `Monday to Friday`, to stand behind `is`; or a predicate of its own, such as `is empty` */
  said(interval: Interval): string;
}

/** Anything else. */
export interface PlainSubject {
  readonly kind: 'plain';
  readonly name: string;
}

export type Subject = WholeSubject | PlainSubject;

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** Parts of the time: from which number to which, and how far what people call them lies from it. */
const PARTS: Readonly<Record<string, { readonly name: string; readonly least: number; readonly most: number; readonly shift?: number; readonly names?: readonly string[] }>> = {
  getFullYear: { name: 'the year', least: -Infinity, most: Infinity },
  getMonth: { name: 'the month', least: 0, most: 11, names: MONTHS },
  getDate: { name: 'the day of the month', least: 1, most: 31 },
  getDayOfMonth: { name: 'the day of the month', least: 0, most: 30, shift: 1 },
  getDayOfWeek: { name: 'the day', least: 0, most: 6, names: DAYS },
  getDayOfYear: { name: 'the day of the year', least: 0, most: 365, shift: 1 },
  getHours: { name: 'the hour', least: 0, most: 23 },
  getMinutes: { name: 'the minute', least: 0, most: 59 },
  getSeconds: { name: 'the second', least: 0, most: 59 },
  getMilliseconds: { name: 'the millisecond', least: 0, most: 999 },
};

const PART = /^context\.time\.(get[A-Za-z]+)\((?:"([^"\\]*)"|'([^'\\]*)')?\)$/;
const VIA = 'size(context.via)';

export function subjectOf(attribute: string): Subject {
  if (attribute === VIA) return { kind: 'whole', name: 'via', least: 0, most: Infinity, said: viaWords };
  const [, method = '', double, single] = PART.exec(attribute) ?? [];
  const part = Object.hasOwn(PARTS, method) ? PARTS[method] : undefined;
  if (!part) return { kind: 'plain', name: plainName(attribute) };
  const zone = double ?? single ?? 'UTC';
  const word = (value: number): string => part.names?.[value] ?? String(value + (part.shift ?? 0));
  return { kind: 'whole', name: `${part.name} (${zone})`, least: part.least, most: part.most, said: (interval) => runWords(interval, word) };
}

/** `8`, `8 to 17`, `2027 or later` */
function runWords({ low, high }: Interval, word: (value: number) => string): string {
  if (low === high) return word(low);
  if (low === -Infinity) return `${word(high)} or earlier`;
  if (high === Infinity) return `${word(low)} or later`;
  return `${word(low)} to ${word(high)}`;
}

/** The chain of agents that asked for it. */
function viaWords({ low, high }: Interval): string {
  if (high === 0) return 'empty';
  if (high === Infinity) return low === 1 ? 'not empty' : `a chain of ${low} agents or more`;
  return low === high ? `a chain of ${agents(low)}` : `a chain of ${low} to ${agents(high)}`;
}

const agents = (count: number): string => `${count} ${count === 1 ? 'agent' : 'agents'}`;

/** `args.amount` → `amount`; what is more than a name stays as it is written, but for `context.` inside. */
const plainName = (attribute: string): string => (/^(args|context)\.[\w.]+$/.test(attribute) ? attribute.replace(/^(args|context)\./, '') : attribute.replace(/^("(?:[^"\\]|\\.)*" in )(?:args|context)\./, '$1'));

const MEMBER = /^"(?:[^"\\]|\\.)*" in (?:context\.(?:via|labels)|agent\.\w+)$/;

/** True where the attribute says that a list that is always there holds something: it does or it does not. */
export const isMember = (attribute: string): boolean => MEMBER.test(attribute);
