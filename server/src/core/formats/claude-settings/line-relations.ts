// Which answers to two questions about one command line exclude each other: what is allowed under fewer rules is under more, `git push` is under `git`, what removes the root only reads nothing.
// Only what is certain is told; whoever asks takes everything else for possible.
import type { ArgumentTest } from '../permissions';
import { isWrapper, programName } from '../shell';
import { mayNeedExact, type CommandPattern } from './command-pattern';
import { FILE_COMMANDS } from './judge';
import { GIT_READS, MAY_READ } from './read-only';

/** What decides whether a line is approved, beside the rule that asks. */
export interface ApprovalTerms {
  readonly allowed: readonly CommandPattern[];
  readonly powershells: readonly CommandPattern[];
  /** what may be written to */
  readonly edits: readonly string[];
  readonly additional: readonly string[];
  readonly editing: boolean;
  readonly anything: boolean;
}

export type LineQuestion =
  /** a part of the line matches, and all of it is approved */
  | { readonly kind: 'allowed'; readonly pattern: CommandPattern; readonly terms: ApprovalTerms }
  /** a part of the line matches */
  | { readonly kind: 'named'; readonly pattern: CommandPattern }
  /** it removes what is vital */
  | { readonly kind: 'critical' }
  /** every part only reads, or works on files of the working directory as well */
  | { readonly kind: 'reads' | 'files'; readonly terms: ApprovalTerms }
  /** the path of a tool that reads matches, from there on; it lies in a working directory */
  | { readonly kind: 'path'; readonly anchor: 'working' | 'home' | 'root' }
  | { readonly kind: 'inside' };

/** A question of Claude Code that others of its kind are compared with. */
interface LineTest extends ArgumentTest {
  readonly line: LineQuestion;
}

const isLineTest = (test: ArgumentTest): test is LineTest => 'line' in test;

/** The test, able to tell which answers its question and another about the same call exclude. */
export function lineTest(test: ArgumentTest, line: LineQuestion): ArgumentTest {
  const made: LineTest = { ...test, sure: true, line, excludes: (its, other, others) => isLineTest(other) && exclude(line, its, other.line, others), excludesAll: allowedOtherwise };
  return made;
}

/** What is approved, and is none of what some rules name, is approved without leave for that too. */
function allowedOtherwise(some: readonly ArgumentTest[], none: readonly ArgumentTest[], nor: readonly ArgumentTest[]): boolean {
  const line = (test: ArgumentTest): LineQuestion | null => (isLineTest(test) ? test.line : null);
  const named = nor.flatMap((test) => { const asked = line(test); return asked?.kind === 'named' ? [asked.pattern] : []; });
  const allowed = none.flatMap((test) => { const asked = line(test); return asked?.kind === 'allowed' ? [asked] : []; });
  if (named.length !== nor.length || allowed.length !== none.length) return false;
  const left = (pattern: CommandPattern): boolean => named.some((wide) => covers(wide, pattern));
  return some.every((test) => {
    const asked = line(test);
    if (asked?.kind !== 'allowed') return false;
    const rest: ApprovalTerms = { ...asked.terms, allowed: asked.terms.allowed.filter((pattern) => !left(pattern)) };
    return left(asked.pattern) || allowed.some(({ pattern, terms }) => covers(pattern, asked.pattern) && within(rest, terms));
  });
}

/** Whether no call has both answers; the order of the two does not matter. */
export const exclude = (one: LineQuestion, its: boolean, other: LineQuestion, others: boolean): boolean => (its && excludes(one, other, others)) || (others && excludes(other, one, its));

/** Whether a yes to `one` leaves no room for `answer` to the other. */
function excludes(one: LineQuestion, other: LineQuestion, answer: boolean): boolean {
  if (!answer) return implies(one, other);
  switch (one.kind) {
    case 'critical':
      return other.kind === 'allowed' || other.kind === 'reads' || other.kind === 'files';
    case 'named': {
      if (other.kind === 'reads') return readsNever(one.pattern);
      if (other.kind === 'files') return readsNever(one.pattern) && editsNever(one.pattern);
      if (other.kind !== 'allowed') return false;
      const { allowed, editing } = other.terms;
      return readsNever(one.pattern) && (!editing || editsNever(one.pattern)) && allowed.every((pattern) => apart(pattern, one.pattern));
    }
    default:
      return false;
  }
}

function implies(one: LineQuestion, other: LineQuestion): boolean {
  switch (one.kind) {
    case 'allowed':
      if (other.kind === 'named') return covers(other.pattern, one.pattern);
      return other.kind === 'allowed' && covers(other.pattern, one.pattern) && within(one.terms, other.terms);
    case 'named':
      return other.kind === 'named' && covers(other.pattern, one.pattern);
    case 'reads':
      return (other.kind === 'reads' || other.kind === 'files') && writesWithin(one.terms, other.terms);
    case 'files':
      return other.kind === 'files' && writesWithin(one.terms, other.terms);
    case 'path':
      return other.kind === 'inside' && one.anchor === 'working';
    default:
      return false;
  }
}

const keys = (patterns: readonly CommandPattern[]): ReadonlySet<string> => new Set(patterns.map(({ key }) => key));
const among = (few: readonly string[], many: ReadonlySet<string>): boolean => few.every((one) => many.has(one));

/** Whatever is approved under these is under those. */
function within(few: ApprovalTerms, many: ApprovalTerms): boolean {
  const there = keys(many.allowed);
  return few.allowed.every((one) => there.has(one.key) || many.allowed.some((other) => allowsAsMuch(other, one))) && among([...keys(few.powershells)], keys(many.powershells)) && writesWithin(few, many);
}

/** Whether a rule approves every part that the other does. A rule for one very command may approve what wildcards do not. */
function allowsAsMuch(wide: CommandPattern, narrow: CommandPattern): boolean {
  if (wide.exact || !covers(wide, narrow)) return false;
  if (!narrow.exact) return true;
  const lead = leadOf(narrow);
  return lead !== null && !mayNeedExact(programName(lead.words[0] ?? ''));
}

function writesWithin(few: ApprovalTerms, many: ApprovalTerms): boolean {
  return among(few.edits, new Set(many.edits)) && among(few.additional, new Set(many.additional)) && (!few.editing || many.editing) && (!few.anything || many.anything);
}

/** `git push` where the pattern is `git push *`, which is for that as well. */
const bareOf = ({ key, exact }: CommandPattern): string | null => (!exact && key.endsWith(' *') && key.indexOf('*') === key.length - 1 ? key.slice(0, -2) : null);

/** Whether the wide pattern is for whatever the narrow one is for: one that takes the text of another, stars and all, takes all that the other does. */
function covers(wide: CommandPattern, narrow: CommandPattern): boolean {
  if (wide.everything || wide.key === narrow.key) return true;
  if (narrow.everything || wide.exact) return false;
  const bare = bareOf(narrow);
  return wide.matches(narrow.key) && (bare === null || wide.matches(bare));
}

interface Lead {
  /** every text of the pattern, with a blank behind it, begins so */
  readonly text: string;
  readonly words: readonly string[];
}

/** The certain beginning of what a pattern is for, where its first word is whole, runs nothing else, and nothing in it could cut a line or be written in another way. */
function leadOf({ key, everything, exact }: CommandPattern): Lead | null {
  if (everything) return null;
  const text = exact ? `${key} ` : key.slice(0, key.indexOf('*'));
  const words = text.split(' ');
  words.pop();
  const first = words[0] ?? '';
  if (first === '' || first.includes('=') || isWrapper(first) || !/^[\w./@:+-]+(?: [\w./@:+=,%-]+)* ?$/.test(text)) return null;
  return { text, words };
}

/** No command is for both patterns. */
function apart(one: CommandPattern, other: CommandPattern): boolean {
  const a = leadOf(one);
  const b = leadOf(other);
  return a !== null && b !== null && !a.text.startsWith(b.text) && !b.text.startsWith(a.text);
}

/** No command of the pattern is one of those that only read. */
function readsNever(pattern: CommandPattern): boolean {
  const lead = leadOf(pattern);
  if (!lead) return false;
  const [program = '', form] = lead.words;
  return program === 'git' ? form !== undefined && !GIT_READS.has(form) : !MAY_READ.has(program);
}

function editsNever(pattern: CommandPattern): boolean {
  const lead = leadOf(pattern);
  return lead !== null && !FILE_COMMANDS.has(lead.words[0] ?? '');
}
