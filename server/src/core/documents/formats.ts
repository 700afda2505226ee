// The formats that the schemas name: days, moments, JSON Pointers.
import { parseDate } from '../text';

const TIME = /^(\d{4}-\d{2}-\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** Whether a text has a format; one that is not known is not checked. */
export function hasFormat(format: string, text: string): boolean {
  if (format === 'date') return parseDate(text) !== null;
  if (format === 'date-time') return isTime(text);
  if (format === 'json-pointer') return POINTER.test(text);
  return true;
}

/** True for a moment as RFC 3339 writes it, on a day of the calendar. */
export function isTime(text: string): boolean {
  const match = TIME.exec(text);
  return match !== null && parseDate(match[1] ?? '') !== null;
}
