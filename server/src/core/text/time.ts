// Dates and durations of the language: `2027-01-05` holds through the end of that day UTC; `60s`, `30m`, `4h`, `400d`.

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DURATION = /^(\d+)([smhd])$/;
const UNIT: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds since 1970 at the beginning of the day (UTC), or null for what is not a day of the calendar. */
export function parseDate(text: string): number | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : null;
}

/** The last millisecond at which something dated thus still holds, or null. */
export function endOfDate(text: string): number | null {
  const start = parseDate(text);
  return start === null ? null : start + 86_400_000 - 1;
}

/** Milliseconds, or null. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  return match ? Number(match[1]) * (UNIT[match[2] ?? ''] ?? 0) : null;
}
