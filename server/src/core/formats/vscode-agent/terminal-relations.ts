// Which answers to two questions about one command line of VS Code's terminal exclude each other: what `git status` fits, `git` fits; what is approved under few entries is under more.
// Only what is certain is told; whoever asks takes everything else for possible.
import { GIT_READS, MAY_READ } from '../claude-settings/read-only';
import type { ArgumentTest } from '../permissions';
import { isWrapper } from '../shell';

/** An entry of `chat.tools.terminal.autoApprove`. */
interface Entry {
  readonly key: string;
  readonly whole: boolean;
}

export type TerminalQuestion =
  /** a command of the line fits the entry, behind wrappers too; or the whole line does */
  | { readonly kind: 'asks'; readonly entry: Entry }
  /** a command of the line fits the entry, each fits one of all, and none writes; or the whole line fits the entry */
  | { readonly kind: 'approves'; readonly entry: Entry; readonly among: readonly Entry[] }
  /** every command of the line only reads */
  | { readonly kind: 'reads' };

interface TerminalTest extends ArgumentTest {
  readonly terminal: TerminalQuestion;
}

const isTerminalTest = (test: ArgumentTest): test is TerminalTest => 'terminal' in test;

/** The test, able to tell which answers its question and another about the same line exclude. */
export function terminalTest(test: ArgumentTest, terminal: TerminalQuestion): ArgumentTest {
  const made: TerminalTest = {
    ...test, sure: true, terminal, excludesAll: approvedOtherwise,
    excludes: (its, other, others) => its && isTerminalTest(other) && (others ? terminal.kind === 'asks' && other.terminal.kind === 'reads' && readsNever(terminal.entry) : implies(terminal, other.terminal)),
  };
  return made;
}

/** Whether a yes to the one is a yes to the other. */
function implies(one: TerminalQuestion, other: TerminalQuestion): boolean {
  if (one.kind === 'reads' || other.kind === 'reads' || !covers(other.entry, one.entry)) return false;
  return other.kind === 'asks' || (one.kind === 'approves' && (one.entry.whole || within(one.among, other.among)));
}

/** What the few entries approve the many do. */
const within = (few: readonly Entry[], many: readonly Entry[]): boolean => few.every((narrow) => narrow.whole || many.some((wide) => !wide.whole && covers(wide, narrow)));

/** What is approved, and is nothing that some entries ask about, is approved without the entries for that too. */
function approvedOtherwise(some: readonly ArgumentTest[], none: readonly ArgumentTest[], nor: readonly ArgumentTest[]): boolean {
  const asked = (test: ArgumentTest): TerminalQuestion | null => (isTerminalTest(test) ? test.terminal : null);
  const asking = nor.flatMap((test) => { const of = asked(test); return of?.kind === 'asks' ? [of.entry] : []; });
  const approving = none.flatMap((test) => { const of = asked(test); return of?.kind === 'approves' ? [of] : []; });
  if (asking.length !== nor.length || approving.length !== none.length) return false;
  const left = (entry: Entry): boolean => asking.some((wide) => covers(wide, entry));
  return some.every((test) => {
    const of = asked(test);
    if (of?.kind !== 'approves') return false;
    return left(of.entry) || approving.some((other) => covers(other.entry, of.entry) && (of.entry.whole || within(of.among.filter((entry) => !left(entry)), other.among)));
  });
}

/** No command that fits the entry only reads: its first word is whole, and what follows begins no form that does. */
function readsNever({ key, whole }: Entry): boolean {
  const [, program = '', form = ''] = /^([\w./@:+-]+) ([\w-]+)(?: [\w ./@:+-]*)?$/.exec(key) ?? [];
  if (whole || program === '' || isWrapper(program)) return false;
  return program === 'git' ? ![...GIT_READS].some((read) => read.startsWith(form)) : !MAY_READ.has(program);
}

const isPattern = (key: string): boolean => /^\/.+\/[a-z]*$/s.test(key);

/** Whatever fits the narrow entry fits the wide one: it stands for its key up to the end of a word. */
function covers(wide: Entry, narrow: Entry): boolean {
  if (wide.whole !== narrow.whole) return false;
  return wide.key === narrow.key || (!isPattern(wide.key) && !isPattern(narrow.key) && wide.key !== '' && narrow.key.startsWith(wide.key) && !/\w/.test(narrow.key[wide.key.length] ?? ''));
}
