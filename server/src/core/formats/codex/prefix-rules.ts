// Prefix rules of Codex: a command that begins with the words of a pattern is allowed, asked for, or forbidden.
import type { Span } from '../../text';
import type { Spanned } from '../format';
import { splitCommands, type SimpleCommand } from '../shell';
import type { ArgumentTest, PermissionEffect, TestResult } from '../permissions';
import { relatedTest } from './prefix-relations';
import { isKnownSafe } from './safe';
import { readRules, type Literal, type RuleFile } from './starlark';

export interface PrefixRule {
  readonly span: Span;
  /** where the pattern stands */
  readonly at: Span;
  /** for each word the words that fit */
  readonly pattern: readonly (readonly string[])[];
  readonly decision: Spanned<string> | null;
  readonly effect: PermissionEffect | null;
  readonly justification: Spanned<string> | null;
  readonly match: readonly Spanned<readonly string[]>[];
  readonly notMatch: readonly Spanned<readonly string[]>[];
}

export const EFFECTS: ReadonlyMap<string, PermissionEffect> = new Map<string, PermissionEffect>([['allow', 'allow'], ['prompt', 'require_approval'], ['forbidden', 'deny']]);

/** `host_executable`: the only places from which a program is the one that rules name without a place. */
export type HostPaths = ReadonlyMap<string, readonly string[]>;

export interface PrefixRules {
  readonly rules: readonly PrefixRule[];
  readonly hosts: HostPaths;
  readonly others: RuleFile['others'];
}

export function readPrefixRules(text: string): PrefixRules {
  const file = readRules(text);
  const rules = file.calls.filter((call) => call.name === 'prefix_rule').flatMap((call): PrefixRule[] => {
    const pattern = call.args.get('pattern');
    if (!pattern || !('items' in pattern)) return [];
    const decision = textOf(call.args.get('decision'));
    return [{
      span: call.span, at: pattern.span, pattern: pattern.items.map(wordsOf), decision,
      effect: decision === null ? 'allow' : (EFFECTS.get(decision.value) ?? null),
      justification: textOf(call.args.get('justification')),
      match: examplesOf(call.args.get('match')), notMatch: examplesOf(call.args.get('not_match')),
    }];
  });
  const others = [...file.others, ...file.calls.filter((call) => call.name !== 'prefix_rule' && call.name !== 'host_executable').map((call) => call.span)];
  const hosts = new Map<string, readonly string[]>();
  for (const { name, args } of file.calls) {
    const program = name === 'host_executable' ? textOf(args.get('name')) : null;
    const paths = args.get('paths');
    if (program && paths && 'items' in paths) hosts.set(program.value, wordsOf(paths));
  }
  return { rules, hosts, others };
}

const textOf = (literal: Literal | undefined): Spanned<string> | null => (literal && 'value' in literal ? literal : null);
const wordsOf = (literal: Literal): readonly string[] => ('value' in literal ? [literal.value] : literal.items.flatMap((item) => ('value' in item ? [item.value] : [])));

/** An example is a command line, or its words. */
function examplesOf(literal: Literal | undefined): Spanned<readonly string[]>[] {
  if (!literal || !('items' in literal)) return [];
  return literal.items.map((item) => ('value' in item ? { value: words(item.value), span: item.span } : { value: wordsOf(item), span: item.span }));
}

const words = (line: string): readonly string[] => splitCommands(line).commands[0]?.words.map((word) => word.value) ?? [];

/** Whether a command begins with the words of a pattern. */
export const fits = (pattern: PrefixRule['pattern'], command: readonly string[]): boolean =>
  pattern.length > 0 && command.length >= pattern.length && pattern.every((alternatives, index) => alternatives.includes(command[index] ?? ''));

export const patternText = (pattern: PrefixRule['pattern']): string => pattern.map((alternatives) => (alternatives.length === 1 ? (alternatives[0] ?? '') : `[${alternatives.join('|')}]`)).join(' ');

/** The commands of a shell line that the tool judges one by one; where it cannot take the line apart it judges the shell itself. */
function commandsOf(command: unknown): { readonly commands: readonly (readonly string[])[]; readonly sound: boolean } | null {
  if (Array.isArray(command) && command.every((word) => typeof word === 'string')) {
    const list = command as readonly string[];
    const shell = /^(?:.*\/)?(?:ba|z|da)?sh$/.test(list[0] ?? '') && /^-[a-z]*c$/.test(list[1] ?? '') && list.length === 3;
    return shell ? commandsOf(list[2]) : { commands: [list], sound: true };
  }
  if (typeof command !== 'string') return null;
  const line = splitCommands(command);
  const plain = line.sound && line.commands.every((one) => !one.nested && one.redirects.length === 0 && !one.words.some((word) => word.glob || word.value.includes('$')));
  return { commands: line.commands.map(wordsIn), sound: plain };
}

const wordsIn = ({ words: list }: SimpleCommand): readonly string[] => list.map((word) => word.value);

/** All rules that count together, which know what a program by its place stands for. */
export interface Programs {
  readonly hosts: HostPaths;
  readonly patterns: readonly PrefixRule['pattern'][];
}

/**
 * Whether the pattern is for a command. A program by its place from the root that no rule names so is the one of its bare name: where `host_executable` lists the place, or says nothing of the
 * name; then it is so only in newer versions, which is enough for what restricts.
 */
function applies({ pattern, effect }: Pick<PrefixRule, 'pattern' | 'effect'>, command: readonly string[], { hosts, patterns }: Programs): TestResult {
  if (fits(pattern, command)) return true;
  const [program = '', ...rest] = command;
  const name = program.startsWith('/') ? program.slice(program.lastIndexOf('/') + 1) : '';
  if (name === '' || !fits(pattern, [name, ...rest]) || patterns.some((other) => fits(other, command))) return false;
  const listed = hosts.get(name);
  if (listed) return listed.includes(program);
  return effect === 'allow' ? 'unknown' : true;
}

const keyOf = ({ hosts, patterns }: Programs): string => (hosts.size === 0 && !patterns.some((words) => words[0]?.some((word) => word.startsWith('/'))) ? '' : ` among ${JSON.stringify([[...hosts], patterns])}`);

/** An allow must hold for every command of a line, the rest for one. */
export function prefixTest({ pattern, effect }: PrefixRule, programs: Programs): ArgumentTest {
  const text = patternText(pattern);
  const example = pattern.map(([word = '']) => word).join(' ');
  return relatedTest({
    key: `codex prefix ${effect ?? ''} ${text}${keyOf(programs)}`, words: `\`args.command\` begins with \`${text}\``, args: ['command'], examples: [example, `${example} x`],
    test({ command }) {
      const split = commandsOf(command);
      if (!split) return 'error';
      const hits = split.commands.map((one) => applies({ pattern, effect }, one, programs));
      if (effect !== 'allow') return hits.includes(true);
      if (!hits.some((hit) => hit !== false)) return false;
      if (!split.sound) return 'unknown';
      return hits.includes(false) ? false : hits.includes('unknown') ? 'unknown' : true;
    },
  }, { kind: effect === 'allow' ? 'allowed' : 'named', pattern }, keyOf(programs));
}

/** Several allow rules together cover a line whose commands each one of them allows. */
export function allAllowedTest(rules: readonly PrefixRule[], programs: Programs): ArgumentTest {
  const allowed = rules.filter((rule) => rule.effect === 'allow');
  return relatedTest({
    key: `codex allowed ${allowed.map((rule) => patternText(rule.pattern)).join(' ; ')}${keyOf(programs)}`, words: 'each command of the line is allowed by a rule', args: ['command'],
    test({ command }) {
      const split = commandsOf(command);
      if (!split) return 'error';
      const answers = split.commands.map((one) => allowed.map((rule) => applies(rule, one, programs)));
      if (answers.length < 2 || !answers.every((answer) => answer.some((hit) => hit !== false))) return false;
      return split.sound && answers.every((answer) => answer.includes(true)) ? true : 'unknown';
    },
  }, { kind: 'together', patterns: allowed.map(({ pattern }) => pattern) }, keyOf(programs));
}

/** Commands that need no rule. */
export const safeTest: ArgumentTest = relatedTest({
  key: 'codex known safe', examples: ['ls'], words: 'every command of the line is one that is known to be safe', args: ['command'],
  test({ command }) {
    const split = commandsOf(command);
    if (!split) return false;
    return split.sound ? isKnownSafe(split.commands) : false;
  },
}, { kind: 'safe' });
