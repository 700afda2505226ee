// Command lines as Gemini judges them: by the first rule that fits the whole, then each command of the line by all rules again; the strictest of these holds.
import { splitCommands } from '../shell';
import type { ArgumentValues, PermissionEffect, TestResult } from '../permissions';
import type { Question } from './argument-test';

/** A rule for commands; `question` is null where it is for all of them. */
export interface ShellRule {
  readonly effect: PermissionEffect;
  readonly question: Question | null;
  readonly allowRedirection: boolean;
}

/** Which rule decides, by its place; null: none does, so that a person is asked. */
export type Verdict = { readonly effect: PermissionEffect; readonly rule: number | null } | 'unknown';

const MAX_DEPTH = 4;
/** commands of one line that are looked at */
const MAX_COMMANDS = 200;
const ASKED = { effect: 'require_approval', rule: null } as const;

export function judge(rules: readonly ShellRule[], args: ArgumentValues, depth = 0): Verdict {
  const command = args.command;
  if (typeof command !== 'string' || depth > MAX_DEPTH) return 'unknown';
  let at: number | null = null;
  for (const [index, { question }] of rules.entries()) {
    const fits: TestResult = question ? question(args) : true;
    if (fits === 'unknown' || fits === 'error') return 'unknown';
    if (fits) {
      at = index;
      break;
    }
  }
  const rule = at === null ? undefined : rules[at];
  if (rule?.effect === 'deny') return { effect: 'deny', rule: at };
  const line = splitCommands(command);
  // what cannot be taken apart is asked about
  if (!line.sound || line.commands.length === 0 || line.commands.length > MAX_COMMANDS) return ASKED;
  let verdict: Exclude<Verdict, 'unknown'> = rule ? { effect: rule.effect, rule: at } : ASKED;
  if (verdict.effect === 'allow' && rule?.allowRedirection !== true && line.commands.some(({ redirects }) => redirects.length > 0)) verdict = ASKED;
  for (const { text, words } of line.commands) {
    const inner = innerOf(words.map(({ value }) => value));
    for (const part of [...(text.trim() === command.trim() ? [] : [text.trim()]), ...(inner === null ? [] : [inner])]) {
      const found = judge(rules, { command: part }, depth + 1);
      if (found === 'unknown') return 'unknown';
      if (found.effect === 'deny') return found;
      if (found.effect === 'require_approval' && verdict.effect === 'allow') verdict = found;
    }
  }
  return verdict;
}

/** What `bash -c '...'` runs. */
const innerOf = ([program = '', option = '', inner]: readonly string[]): string | null => (/^(?:.*\/)?(?:ba|z|da|k)?sh$/.test(program) && /^-[a-z]*c$/.test(option) && inner !== undefined ? inner : null);
