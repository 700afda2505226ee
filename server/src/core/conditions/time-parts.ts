// The methods that read parts of timestamps and durations: getFullYear, getHours, ...
import type { CallSite, FunctionInfo, Overload } from './functions';
import { zoneShift } from './times';
import { DURATION, INTEGER, STRING, TIMESTAMP } from './types';
import { Duration, Timestamp, type Value } from './values';

const DAY = 86_400_000;

/** What a method gives of a timestamp (shifted into the zone) and, for four of them, of a duration. */
interface TimePart {
  readonly name: string;
  readonly doc: string;
  readonly ofTime: (date: Date) => number;
  readonly ofDuration?: (ms: number) => number;
}

const dayOfYear = (date: Date): number => {
  const first = new Date(0);
  first.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - first.getTime()) / DAY);
};

const PARTS: readonly TimePart[] = [
  { name: 'getFullYear', doc: 'The year.', ofTime: (date) => date.getUTCFullYear() },
  { name: 'getMonth', doc: 'The month, from 0 (January) to 11.', ofTime: (date) => date.getUTCMonth() },
  { name: 'getDate', doc: 'The day of the month, from 1.', ofTime: (date) => date.getUTCDate() },
  { name: 'getDayOfMonth', doc: 'The day of the month, from 0.', ofTime: (date) => date.getUTCDate() - 1 },
  { name: 'getDayOfWeek', doc: 'The day of the week, from 0 (Sunday) to 6.', ofTime: (date) => date.getUTCDay() },
  { name: 'getDayOfYear', doc: 'The day of the year, from 0.', ofTime: dayOfYear },
  { name: 'getHours', doc: 'The hour of a timestamp, or all hours of a duration.', ofTime: (date) => date.getUTCHours(), ofDuration: (ms) => Math.trunc(ms / 3_600_000) },
  { name: 'getMinutes', doc: 'The minute of a timestamp, or all minutes of a duration.', ofTime: (date) => date.getUTCMinutes(), ofDuration: (ms) => Math.trunc(ms / 60_000) },
  { name: 'getSeconds', doc: 'The second of a timestamp, or all seconds of a duration.', ofTime: (date) => date.getUTCSeconds(), ofDuration: (ms) => Math.trunc(ms / 1000) },
  { name: 'getMilliseconds', doc: 'The milliseconds within the second.', ofTime: (date) => date.getUTCMilliseconds(), ofDuration: (ms) => Math.trunc(ms % 1000) },
];

/** The methods for the table of functions. Zones: `UTC`, an offset such as `+02:00`, or a name that the platform knows, such as `Europe/Paris`. */
export const TIME_PARTS: readonly FunctionInfo[] = PARTS.map(({ name, doc, ofTime, ofDuration }) => ({
  name,
  method: true,
  doc: `${doc} In UTC, or in the zone given: \`"+02:00"\`, \`"Europe/Paris"\`.`,
  example: `context.time.${name}()`,
  overloads: [
    { params: [TIMESTAMP], result: INTEGER, run: ([time]) => ofTime(new Date(Math.floor((time as Timestamp).ms))) },
    { params: [TIMESTAMP, STRING], result: INTEGER, run: ([time, zone], site, evaluation) => (evaluation.spend(20) ? inZone(time as Timestamp, zone as string, ofTime, site) : site.fail('limit', 'The condition does too much work.')) },
    ...(ofDuration ? [{ params: [DURATION], result: INTEGER, run: ([value]: readonly Value[]) => ofDuration((value as Duration).ms) + 0 } satisfies Overload] : []),
  ],
}));

function inZone(time: Timestamp, zone: string, ofTime: (date: Date) => number, site: CallSite): Value {
  let shift = site.zones.get(zone);
  if (shift === undefined) {
    shift = zoneShift(zone);
    if (site.zones.size >= 16) site.zones.clear();
    site.zones.set(zone, shift);
  }
  return shift ? ofTime(new Date(Math.floor(shift(time.ms)))) : site.fail('value', `\`${zone.slice(0, 64)}\` is not a time zone.`);
}
