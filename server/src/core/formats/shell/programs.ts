// What a simple command really runs: assignments before it and wrappers around it taken off, one after the other.
import type { SimpleCommand } from './command-line';

export interface Stripped {
  /** the command without what was taken off */
  readonly text: string;
  /** index of the first word that is left */
  readonly word: number;
  /** names of the variables that were assigned before it */
  readonly assigned: readonly string[];
}

/** Wrappers that run their argument as the actual command. */
const PLAIN: ReadonlySet<string> = new Set(['nohup', 'builtin', 'noglob']);
const OPTIONED: ReadonlySet<string> = new Set(['command', 'time', 'nice', 'stdbuf', 'timeout', 'xargs']);

/** Whether a word may be a wrapper, so that what stands behind it is looked at too. */
export const isWrapper = (word: string): boolean => PLAIN.has(word) || OPTIONED.has(word);

/** The command as written, then without each wrapper in turn; assignments are taken off wherever they stand. */
export function strippedForms(command: SimpleCommand): readonly Stripped[] {
  const { words, text } = command;
  const forms: Stripped[] = [{ text, word: 0, assigned: [] }];
  const assigned: string[] = [];
  const from = (word: number): void => void (words[word] && forms.push({ text: text.slice(words[word].at), word, assigned: [...assigned] }));
  let at = 0;
  for (let guard = 0; guard < 40; guard++) {
    const name = /^([A-Za-z_]\w*)\+?=/.exec(words[at]?.value ?? '')?.[1];
    if (name !== undefined) {
      assigned.push(name);
      at++;
      from(at);
      continue;
    }
    const next = wrapped(command, at);
    if (next === null || next <= at || next >= words.length) return forms;
    at = next;
    from(at);
  }
  return forms;
}

/** The word at which the wrapped command begins, or null where the word at `at` is no wrapper. */
function wrapped({ words }: SimpleCommand, at: number): number | null {
  const value = (index: number): string => words[index]?.value ?? '';
  const program = value(at);
  const options = (index: number, takesValue: RegExp): number => {
    let i = index;
    while (value(i).startsWith('-') && value(i) !== '-') i += takesValue.test(value(i)) ? 2 : 1;
    return i;
  };
  if (PLAIN.has(program)) return at + 1;
  switch (program) {
    case 'command':
      return value(at + 1).startsWith('-') && value(at + 1) !== '-p' ? null : at + (value(at + 1) === '-p' ? 2 : 1);
    case 'time':
      return options(at + 1, /^-[fo]$/);
    case 'nice':
      return options(at + 1, /^-n$/);
    case 'stdbuf':
      return options(at + 1, /^-[ioe]$/);
    case 'timeout':
      return options(at + 1, /^-[ks]$/) + 1;
    case 'xargs':
      return value(at + 1).startsWith('-') ? null : at + 1;
    default:
      return null;
  }
}

/** The name of the program without its folder. */
export const programName = (word: string): string => word.slice(word.lastIndexOf('/') + 1);
