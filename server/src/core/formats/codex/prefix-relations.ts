// Which answers to two questions of Codex about one command exclude each other: `git push` begins with `git` as well, and nothing begins with both `git` and `rm`. Only what is certain is told.
import type { ArgumentTest } from '../permissions';
import { maybeSafe } from './safe';

/** For each word the words that fit. */
type Pattern = readonly (readonly string[])[];

export type PrefixQuestion =
  /** some command begins so */
  | { readonly kind: 'named'; readonly pattern: Pattern }
  /** every command begins so */
  | { readonly kind: 'allowed'; readonly pattern: Pattern }
  /** there are several commands, and each begins as one of these */
  | { readonly kind: 'together'; readonly patterns: readonly Pattern[] }
  /** every command is known to be safe */
  | { readonly kind: 'safe' };

interface PrefixTest extends ArgumentTest {
  readonly prefix: PrefixQuestion;
  /** which programs by their place are taken for those of a bare name */
  readonly among: string;
}

const isPrefixTest = (test: ArgumentTest): test is PrefixTest => 'prefix' in test;

/** The test, able to tell which answers its question and another about the same call exclude. */
export function relatedTest(test: ArgumentTest, prefix: PrefixQuestion, among = ''): ArgumentTest {
  const made: PrefixTest = {
    ...test, sure: true, prefix, among,
    // what is safe is named without a place
    excludes: (its, other, others) => its && isPrefixTest(other) && (among === other.among || prefix.kind === 'safe') && excludes(prefix, other.prefix, others),
  };
  return made;
}

/** Whether a yes to `one` leaves no room for `answer` to the other. */
function excludes(one: PrefixQuestion, other: PrefixQuestion, answer: boolean): boolean {
  if (answer) {
    if (other.kind !== 'named') return false;
    if (one.kind === 'allowed') return apart(one.pattern, other.pattern);
    if (one.kind === 'together') return one.patterns.every((pattern) => apart(pattern, other.pattern));
    return one.kind === 'safe' && other.pattern.length > 0 && !(other.pattern[0] ?? []).some(maybeSafe);
  }
  if (one.kind === 'together') return other.kind === 'together' && one.patterns.every((pattern) => other.patterns.some((wide) => covers(wide, pattern)));
  if (one.kind === 'safe') return other.kind === 'safe';
  return (other.kind === 'named' || (one.kind === 'allowed' && other.kind === 'allowed')) && covers(other.pattern, one.pattern);
}

/** Whatever begins as the narrow one begins as the wide one. */
const covers = (wide: Pattern, narrow: Pattern): boolean => wide.length > 0 && wide.length <= narrow.length && wide.every((words, index) => (narrow[index] ?? []).every((word) => words.includes(word)));

/** Nothing begins as both. */
const apart = (one: Pattern, other: Pattern): boolean => one.some((words, index) => index < other.length && !words.some((word) => (other[index] ?? []).includes(word)));
