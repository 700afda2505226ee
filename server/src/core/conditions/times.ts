// Timestamps (RFC 3339) and durations (`1h30m`, `1.5s`, `400d`) from text and back, and their parts in a time zone.
import { Duration, Timestamp } from './values';

const TIMESTAMP = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;
const OFFSET = /^([+-]?)(\d{2}):(\d{2})$/;
const DURATION_PART = /(\d+(?:\.\d+)?|\.\d+)(d|h|ms|m|us|s|ns)/y;
const UNIT: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1, us: 0.001, ns: 0.000_001 };

/** 0001-01-01 (Date.UTC takes years below 100 as of the last century, hence the detour) up to the year 10000. */
const EARLIEST = new Date(0).setUTCFullYear(1, 0, 1);
const END = Date.UTC(10_000, 0, 1);
/** Ten thousand years, CEL's bound. */
const LONGEST = 315_576_000_000 * 1000;

const toMicros = (ms: number): number => Math.round(ms * 1000) / 1000;

export const timestampOf = (ms: number): Timestamp | null => (ms >= EARLIEST && ms < END ? new Timestamp(toMicros(ms)) : null);
export const durationOf = (ms: number): Duration | null => (Math.abs(ms) <= LONGEST ? new Duration(toMicros(ms)) : null);

/** A timestamp with its zone, such as `2026-12-20T00:00:00Z`, or null. */
export function parseTimestamp(text: string): Timestamp | null {
  const match = TIMESTAMP.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const fraction = match[7] === undefined ? 0 : Number(`0.${match[7]}`) * 1000;
  const offset = offsetOf(match[8] ?? 'Z');
  if (offset === null) return null;
  return timestampOf(date.getTime() + hour * 3_600_000 + minute * 60_000 + second * 1000 + toMicros(fraction) - offset);
}

/** A duration as one or more numbers with units, `-` before the whole; null for what is none. Days are ours, the rest is CEL's. */
export function parseDuration(text: string): Duration | null {
  const negative = text.startsWith('-');
  const body = negative || text.startsWith('+') ? text.slice(1) : text;
  if (body === '0') return new Duration(0);
  if (body === '' || body.length > 100) return null;
  let total = 0;
  DURATION_PART.lastIndex = 0;
  while (DURATION_PART.lastIndex < body.length) {
    const match = DURATION_PART.exec(body);
    if (!match) return null;
    total += Number(match[1]) * (UNIT[match[2] ?? ''] ?? 0);
  }
  return durationOf(negative ? -total : total);
}

/** RFC 3339 in UTC, without a fraction where there is none. */
export function formatTimestamp(time: Timestamp): string {
  const whole = Math.floor(time.ms / 1000) * 1000;
  const micros = Math.round((time.ms - whole) * 1000);
  const text = new Date(whole).toISOString().slice(0, 19);
  return `${text}${micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`}Z`;
}

/** Seconds, as CEL prints them: `5400s`, `1.5s`. */
export const formatDuration = (duration: Duration): string => `${Number((duration.ms / 1000).toFixed(6))}s`;

/** Milliseconds east of UTC for `Z`, `UTC`, `+02:00`, `02:00`, or null. */
function offsetOf(zone: string): number | null {
  if (zone === 'Z' || zone === 'z' || zone === 'UTC' || zone === '') return 0;
  const match = OFFSET.exec(zone);
  if (!match) return null;
  const [hours, minutes] = [Number(match[2]), Number(match[3])];
  if (hours > 23 || minutes > 59) return null;
  return (match[1] === '-' ? -1 : 1) * (hours * 3_600_000 + minutes * 60_000);
}

/** A function that shifts a time into the zone, so that its UTC parts are the zone's; null for a zone that is not known. Named zones come from the platform. */
export function zoneShift(zone: string): ((ms: number) => number) | null {
  const offset = offsetOf(zone);
  if (offset !== null) return (ms) => ms + offset;
  if (zone.length > 64) return null;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    return (ms) => {
      const parts: Record<string, string> = {};
      for (const part of format.formatToParts(ms)) parts[part.type] = part.value;
      const year = Number(parts['year']) * (parts['era'] === 'BC' ? -1 : 1);
      const local = new Date(0);
      local.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
      local.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
      return local.getTime() + (((ms % 1000) + 1000) % 1000);
    };
  } catch {
    return null;
  }
}
