// Conditions of the small worlds, each with the fields that it reads: a pair of worlds speaks of few fields, so that all their values can be tried.
import fc from 'fast-check';
import { LINES, PATHS } from './small-foreign';
import type { PlainValue } from '../../../server/src/core/yaml';

/** A field that requests bring, and every value of it that the conditions below can tell apart; null: it is not there. Agents, names and environments are tried always. */
export const FIELDS = {
  'args.amount': [null, 0, 15, 20, 35, 50, 75, 100, 300, 450, 475, 500, 500.5, 700, 900, 1000],
  'args.urgent': [null, true, false],
  'args.note': [null, '', 'a', 'b', 'ab', 'abc', 'zoe'],
  'args.tags': [null, [], ['x'], ['y'], ['ab'], ['z'], ['x', 'y'], ['x', 'ab'], ['ab', 'y'], ['z', 'q'], ['x', 'y', 'ab']],
  'args.deep': [null, {}, { value: 0 }, { value: 1 }, { value: 2 }],
  principal: [null, { id: 'zoe', groups: ['hr'] }, { id: 'zoe', roles: [] }, { id: 'cid', groups: [], roles: ['boss', 'x'] }, { id: 'cid', groups: ['hr', 'it'] }, { groups: ['hr', 'it'], roles: ['x'] }, { groups: ['y'] }, { id: 'x', roles: ['boss'] }],
  'context.via': [null, ['one'], ['two'], ['one', 'x'], ['two', 'x']],
  'context.labels': [null, ['vip'], ['x'], ['x', 'y'], ['x', 'vip']],
  'context.time': [null, '2026-11-28T10:00:00Z', '2026-12-20T00:00:00Z', '2026-12-21T10:00:00Z', '2026-12-27T10:00:00Z', '2026-12-30T10:00:00Z'],
  'context.cost': [null, 0, 1, 5],
  'context.ext': [null, { mode: 'x' }, { mode: 'y', level: 3 }, { mode: 'x', level: 1 }, { level: 2.5 }, { mode: 'x', level: 4 }, { mode: 'y' }, { mode: 'y', level: 1 }],
  'args.command': [null, ...LINES],
  'args.file_path': [null, ...PATHS],
  'context.channel': [null, 'mail', 'chat'],
  'context.stage': [null, 'production', 'test'],
  resource: [null, { labels: { kind: 'money' }, capabilities: ['reads-private-data'] }, { owner: 'own', labels: {} }, { classification: 'restricted', labels: { kind: 'paper' }, owner: 'risk', capabilities: [] }],
} as const satisfies Record<string, readonly PlainValue[]>;
export type Field = keyof typeof FIELDS;

/** By the fields that they read. The first list reads no field: its outcome hangs on names, on what the workspace says, or on nothing. */
const ATOMS: readonly (readonly [fields: readonly Field[], texts: readonly string[]])[] = [
  [[], [
    'agent.id == "one"', 'agent.id.startsWith("o")', '"clerk" in agent.roles', 'size(agent.roles) > 1', '"boss" in agent.roles && agent.id != "two"', 'agent.team == "own"', 'agent.lifecycle == "pilot"', 'agent.labels.tier == "gold"', 'has(agent.labels.tier)', 'agent.autonomy == "act"',
    '"changes-state" in agent.capabilities', 'has(agent.capabilities)', 'context.environment == "prod"', 'context.environment in ["dev", "lab"]', 'resource.id.startsWith("pay/")', 'resource.id in ["pay/refund", "orders"]', 'resource.server == "pay"', 'resource.type == "tool"',
    'resource.stage == "production"', 'agent.platform == "edge"', 'action.name == "read"', 'action.name in ["deploy", "delegate"]', 'false', 'true', '1', '1 / 0 > 1',
  ]],
  [['args.amount'], ['args.amount > 500', 'args.amount <= 20', 'args.amount == 500', 'args.amount != 100', 'args.amount >= 500.5', 'has(args.amount)', 'args.amount in [20, 900]', '!(args.amount in [100, 500])', 'args.amount > 500 && args.amount < 100', 'args.amount > 20 && args.amount <= 500', 'args.amount * 2 > 900', 'args.amount * 2 > 100', 'args.amount % 2 == 1', 'args.amount - 50 < 0', 'args.amount == "500"', '-args.amount < -100', '500 <= args.amount', 'variables.large', '!variables.large', 'variables.deeper']],
  [['args.urgent'], ['args.urgent', '!args.urgent', 'has(args.urgent)', 'args.urgent == true', 'args.urgent != has(args.urgent)']],
  [['args.note'], ['args.note == "a"', 'args.note != "ab"', 'args.note.startsWith("ab")', 'args.note.endsWith("b")', '!args.note.contains("b")', 'args.note in ["a", "b"]', 'size(args.note) > 1', 'args.note.matches("^a.*")', 'args.note > "a"', 'args.note.size() == 0']],
  [['args.tags'], ['"x" in args.tags', '!("y" in args.tags)', 'size(args.tags) > 1', 'args.tags.exists(t, t == "ab")', 'args.tags.all(t, t.startsWith("a"))', 'args.tags == []', 'args.tags[0] == "x"']],
  [['args.deep'], ['args.deep.value == 1', 'has(args.deep.value)', 'has(args.deep) && has(args.deep.value)', 'args.deep.value > 1 || !has(args.deep)']],
  [['principal'], ['"hr" in principal.groups', 'has(principal.id) && principal.id == "zoe"', 'principal.id != "cid"', '"boss" in principal.roles', 'principal.roles.exists(r, r == "boss")', '!has(principal.id)', 'size(principal.groups) > 1', 'principal.id.startsWith("c")']],
  [['context.via'], ['size(context.via) > 0', '"one" in context.via', 'context.via.all(v, v == "one")', '!(agent.id in context.via)']],
  [['context.labels'], ['"vip" in context.labels', 'size(context.labels) == 1', 'context.labels.exists(l, l == "vip")']],
  [['context.time'], ['context.time >= timestamp("2026-12-20T00:00:00Z")', 'context.time < timestamp("2026-12-27T10:00:00Z")', 'context.time.getDayOfWeek() in [0, 6]', 'context.time.getDayOfWeek() == 6', 'context.time - timestamp("2026-12-20T00:00:00Z") > duration("24h")', 'timestamp("2026-12-20T00:00:00Z") == context.time']],
  [['context.cost'], ['has(context.cost) && context.cost > 1', 'context.cost <= 1', 'context.cost == 0']],
  [['context.ext'], ['context.ext.mode == "x"', 'has(context.ext.level)', 'context.ext.level > 2', 'context.ext.mode != "x" || context.ext.level < 3']],
  [['context.stage'], ['has(context.stage) && context.stage == "production"', 'context.stage != "test"', '!has(context.stage)']],
  [['resource'], ['resource.labels.kind == "money"', 'has(resource.labels.kind)', 'resource.owner == "own"', '"reads-private-data" in resource.capabilities', 'resource.classification == "restricted"', 'resource.owner != agent.team']],
  [['args.command'], ['args.command.startsWith("git ")', 'args.command == "make"', 'args.command.contains("rm")']],
  [['args.file_path'], ['args.file_path.startsWith("src/")', 'has(args.file_path)']],
  [['context.channel'], ['context.channel == "mail"', 'has(context.channel)']],
  [['args.amount', 'args.urgent'], ['args.amount > 100 ? args.urgent : has(args.amount)', 'args.urgent ? args.amount > 20 : args.amount > 500', '(args.amount > 100) == args.urgent']],
  [['args.note', 'principal'], ['args.note == principal.id', 'args.note.startsWith(principal.id)', 'principal.id in [args.note, "cid"]']],
  [['args.amount', 'context.cost'], ['args.amount > context.cost * 100', 'args.amount + context.cost >= 500']],
  [['args.note', 'args.tags'], ['args.note in args.tags']],
];

/** Texts that are no condition. */
const BROKEN = ['args.amount >', 'and', 'args.amount > 5 args', 'nothing.at.all == 1'];

export interface Palette {
  readonly fields: readonly Field[];
  readonly condition: fc.Arbitrary<string>;
  /** there are files of other tools */
  readonly foreign: boolean;
}

/** Fields whose values together make few requests. */
const FEW: readonly (readonly Field[])[] = [
  ['args.amount'], ['args.amount', 'args.urgent'], ['args.amount'], ['args.amount', 'context.cost'], ['args.note'], ['args.note', 'principal'], ['args.note', 'args.tags'], ['args.note', 'args.urgent'], ['args.tags', 'principal'], ['args.tags', 'args.deep'],
  ['args.deep', 'context.ext'], ['principal'], ['principal', 'context.time'], ['context.time', 'args.urgent'], ['context.via', 'context.labels'], ['context.via', 'context.channel'], ['context.cost', 'context.ext'], ['args.amount', 'context.channel'], ['args.urgent', 'args.deep', 'context.labels'], ['resource', 'context.stage'], ['resource', 'args.urgent'], ['context.stage', 'args.amount'], [],
];

const paletteOf = (fields: readonly Field[], foreign: boolean): Palette => {
  const free = fc.constantFrom(...(ATOMS[0]?.[1] ?? []));
  const mine = ATOMS.slice(1).filter(([reads]) => reads.every((field) => fields.includes(field))).flatMap(([, texts]) => texts);
  const atom = mine.length === 0 ? free : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...mine) }, { weight: 1, arbitrary: free });
  const condition = fc.oneof(
    { weight: 10, arbitrary: atom }, { weight: 2, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `(${a}) && (${b})`) }, { weight: 2, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `(${a}) || (${b})`) },
    { weight: 1, arbitrary: fc.tuple(atom, atom, atom).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`) }, { weight: 1, arbitrary: fc.tuple(atom, atom, atom).map(([a, b, c]) => `(${a}) && !(${b}) || (${c})`) }, { weight: 1, arbitrary: atom.map((a) => `!(${a})`) },
  );
  return { fields, foreign, condition: fc.oneof({ weight: 40, arbitrary: condition }, { weight: 1, arbitrary: fc.constantFrom(...BROKEN) }) };
};

export const palettes: readonly Palette[] = FEW.map((fields) => paletteOf(fields, false));
export const FOREIGN: Palette = paletteOf(['args.command', 'args.file_path'], true);

/** Whether the analysis cannot look into some condition of these texts, or not all values of what they read are tried: then it may say less, or more than was tried. */
export const isOpaque = (texts: string): boolean => OPAQUE.some((part) => texts.includes(part));

const OPAQUE: readonly string[] = [
  '== \\"500', '* 2', '% 2', '- 50', '-args', 'getDayOfWeek', 'matches', '- timestamp', 'note > ', '== principal', 'startsWith(principal', 'in [args', 'context.cost * ', '+ context', 'in args.tags)', 'note in args', 'tags == ', 'tags[0]', '.all(', '!= has(', ') == args', 'in context.via', '1 / 0', '!= agent.team', 'principal', 'resource.labels', 'resource.owner', 'resource.capabilities', 'resource.classification',
];
