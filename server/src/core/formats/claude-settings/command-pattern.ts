// `Bash(...)`: which commands the text in the brackets stands for.
import { pattern } from '../../text';
import { programName, strippedForms, type SimpleCommand } from '../shell';

export interface CommandPattern {
  /** equal for patterns that stand for the same commands */
  readonly key: string;
  /** the whole tool: every command */
  readonly everything: boolean;
  /** one command, without a wildcard */
  readonly exact: boolean;
  /** what stands before the first wildcard */
  readonly prefix: string;
  matches(text: string): boolean;
}

/** Null stands for every command. `:*` at the very end is a trailing wildcard behind a blank, which also stands for nothing at all; elsewhere it is text. */
export function commandPattern(specifier: string | null, ignoreCase = false): CommandPattern {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const written = fold((specifier ?? '*').trim());
  const source = written.endsWith(':*') ? `${written.slice(0, -2)} *` : written;
  const stars = source.split('*').length - 1;
  const everything = /^[\s*]*$/.test(source);
  const prefix = stars === 0 ? source : source.slice(0, source.indexOf('*')).trimEnd();
  const exact = stars === 0;
  const whole = pattern(source);
  const bare = stars === 1 && source.endsWith(' *') ? source.slice(0, -2) : null;
  const matches = everything ? () => true : exact ? (text: string) => fold(text) === source : (text: string) => fold(text) === bare || whole.matches(fold(text));
  return { key: everything ? '*' : source, everything, exact, prefix: everything ? '' : prefix, matches };
}

/** Variables whose assignment before a command changes nothing that a rule looks at. */
const SAFE: ReadonlySet<string> = new Set([
  'NODE_ENV', 'LANG', 'LANGUAGE', 'LC_ALL', 'LC_CTYPE', 'LC_TIME', 'LC_NUMERIC', 'LC_COLLATE', 'LC_MESSAGES', 'TZ', 'TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR', 'CLICOLOR', 'COLUMNS', 'LINES',
  'CI', 'DEBUG', 'RUST_BACKTRACE', 'RUST_LOG', 'PYTHONUNBUFFERED', 'PYTHONDONTWRITEBYTECODE', 'GOOS', 'GOARCH', 'CGO_ENABLED', 'GO111MODULE',
]);

/** Programs that run another one, so that no prefix approves them. */
const RUNNERS: ReadonlySet<string> = new Set(['watch', 'setsid', 'ionice', 'flock']);
const FIND_RUNS: ReadonlySet<string> = new Set(['-exec', '-execdir', '-ok', '-okdir', '-delete', '-fprint', '-fprint0', '-fprintf', '-fls']);

/** Whether there are commands of the program that only a rule for the very command may allow. */
export const mayNeedExact = (program: string): boolean => RUNNERS.has(program) || program === 'find';

/** Whether only a rule for this very command may allow it. */
function needsExact({ words }: SimpleCommand, from: number): boolean {
  const program = programName(words[from]?.value ?? '');
  return RUNNERS.has(program) || (program === 'find' && words.some((word, index) => index > from && FIND_RUNS.has(word.value)));
}

/** Whether a rule of `allow` covers the command: past wrappers, but past no assignment that could change what runs. */
export function allowsCommand(rule: CommandPattern, command: SimpleCommand): boolean {
  for (const { text, word, assigned } of strippedForms(command)) {
    if (!assigned.every((name) => SAFE.has(name))) return rule.everything;
    if (!rule.matches(text)) continue;
    if (rule.everything || rule.exact || !needsExact(command, word)) return true;
  }
  return false;
}

/** Whether a rule of `deny` or `ask` is for the command: past wrappers and past every assignment. */
export const restrictsCommand = (rule: CommandPattern, command: SimpleCommand): boolean => rule.everything || strippedForms(command).some(({ text }) => rule.matches(text));
