// Documentation of the `schema/...` codes.
import { agent, rule } from '../examples';
import type { CodeDoc } from '../../rule';

export const schemaDocs: readonly CodeDoc[] = [
  {
    code: 'schema/unknown-key',
    severity: 'error',
    title: 'A key that does not exist here',
    doc: 'The key is not one of those that this place knows. Nothing would read it, so what it says would not hold. Keys of your own are free under `annotations` and `labels`, and anywhere when they begin with `x-`.',
    bad: agent('autonmy: assist'),
    good: agent('autonomy: assist\nx-cost-centre: 4711'),
  },
  {
    code: 'schema/required',
    severity: 'error',
    title: 'A key that is missing',
    doc: 'The key is needed here. The finding stands at the key of the map that lacks it. The fix inserts the key with a value to fill in.',
    bad: agent('data: [{ source: orders-db }]'),
    good: agent('data: [{ source: orders-db, access: [read] }]'),
  },
  {
    code: 'schema/enum',
    severity: 'error',
    title: 'A value that is none of those allowed',
    doc: 'Only certain values have a meaning here. The message names them, and the nearest one is offered as a fix.',
    bad: agent('lifecycle: productive'),
    good: agent('lifecycle: production'),
  },
  {
    code: 'schema/type',
    severity: 'error',
    title: 'A value of the wrong type',
    doc: 'A text stands where a list is expected, a list where a text is, a number where a text is, or nothing at all. Numbers and `true` or `false` that are meant as text need quotes.',
    bad: agent('roles: refund-clerk'),
    good: agent('roles: [refund-clerk]'),
  },
  {
    code: 'schema/format',
    severity: 'error',
    title: 'Text that is not written as it must be',
    doc: 'Names are DNS labels (`refund-assistant`), durations a whole number with a unit (`60s`, `30m`, `4h`, `400d`), dates days of the calendar (`2027-01-05`), resources a type and a name (`tool:payments/refund`), paths lie inside the workspace.',
    bad: agent('logging: { sink: siem, events: [input], retention: 13 months }'),
    good: agent('logging: { sink: siem, events: [input], retention: 400d }'),
  },
  {
    code: 'schema/range',
    severity: 'error',
    title: 'A number or a list outside its bounds',
    doc: 'The value is too small, too large, or the list is empty where at least one entry is needed (a pattern list without entries would match nothing).',
    bad: agent('slo: { availability: 99.5 }'),
    good: agent('slo: { availability: 0.995 }'),
  },
  {
    code: 'schema/combination',
    severity: 'error',
    title: 'Keys that do not go together',
    doc: 'What is said here needs, or excludes, something else: `effect: require_approval` needs `approval`, and only with it may `approval` stand; `oblige` needs `obligations`; an `allow` needs `actions` and `resources` (write `"*"` for all).',
    bad: rule('id: refunds\neffect: require_approval\nactions: [call]'),
    good: rule('id: refunds\neffect: require_approval\nactions: [call]\napproval: { from: [finance-ops] }'),
  },
];
