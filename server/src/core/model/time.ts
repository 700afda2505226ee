// Points in time as requests and options write them: RFC 3339 with its zone.
import { parseDate } from '../text';

const TIME = /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds since 1970, or null for what is no time. */
export function parseTime(text: string): number | null {
  const match = TIME.exec(text);
  if (!match || parseDate(match[1] ?? '') === null) return null;
  // more digits than milliseconds are cut
  const fraction = (match[3] ?? '').slice(0, 4);
  const time = Date.parse(`${match[1]}T${text.slice(11, 19)}${fraction}${(match[4] ?? 'Z').toUpperCase()}`);
  return Number.isNaN(time) ? null : time;
}
