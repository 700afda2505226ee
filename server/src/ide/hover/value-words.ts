// What a value means: an allowed value's own words, a date seen from today, a duration written out.
import { allowedValues, type Schema } from '../../core/documents';
import { endOfDate, parseDate, parseDuration } from '../../core/text';
import { code, count } from '../names/words';

const DAY = 86_400_000;

export function valueWords(schema: Schema, text: string, now: number): string | null {
  const choice = allowedValues(schema).find(({ value }) => String(value) === text);
  if (choice?.description) return `${code(text)}: ${choice.description}`;
  if (schema.format === 'date') return dateWords(text, now, schema['x-expires'] === true);
  return schema.pattern === '^[0-9]+[smhd]$' ? durationWords(text) : null;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `Tuesday, 5 January 2027, in 44 days`; of what expires whether it still holds. */
export function dateWords(text: string, now: number, expires: boolean): string | null {
  const start = parseDate(text);
  const end = endOfDate(text);
  if (start === null || end === null) return null;
  const date = new Date(start);
  const days = Math.round((start - Math.floor(now / DAY) * DAY) / DAY);
  const relative = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : days > 0 ? `in ${days} days` : `${-days} days ago`;
  const state = expires ? (end < now ? ' It has expired.' : ' It holds through the end of that day, UTC.') : '';
  return `${WEEKDAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${relative}.${state}`;
}

const UNITS: readonly (readonly [string, number])[] = [['day', DAY], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000]];

function durationWords(text: string): string | null {
  let left = parseDuration(text);
  if (left === null || !Number.isFinite(left)) return null;
  const parts: string[] = [];
  for (const [word, size] of UNITS) {
    const n = Math.floor(left / size);
    if (n > 0) parts.push(count(n, word));
    left -= n * size;
  }
  return parts.length > 0 ? `${parts.join(' and ')}.` : 'No time at all.';
}
