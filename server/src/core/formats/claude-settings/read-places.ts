// The files that the commands of a line read, or perhaps read, as paths that rules can be held against.
import { programName, strippedForms, type CommandLine, type SimpleCommand, type Word } from '../shell';
import { requestPath, type RequestPath } from './path-pattern';

/** A word of a command that may be a path; `path`: null where it is none that can be compared. */
export interface Place {
  readonly value: string;
  readonly glob: boolean;
  readonly path: RequestPath | null;
}

export interface ReadPlaces {
  readonly sure: readonly Place[];
  readonly perhaps: readonly Place[];
}

/** Commands that read the files they name; the rules for reading are for them too. */
const READING: ReadonlySet<string> = new Set(['cat', 'head', 'tail', 'sed', 'less', 'more', 'nl', 'tac']);

export const placeOf = ({ value, glob }: Pick<Word, 'value' | 'glob'>): Place => ({ value, glob, path: requestPath(value) });

/** Its words from the program on, past wrappers and assignments. */
export function operandsOf(part: SimpleCommand): readonly Word[] {
  const forms = strippedForms(part);
  return part.words.slice(forms[forms.length - 1]?.word ?? 0);
}

/** What the commands of a line are given to read; of commands that are not known to read, what they name is read perhaps. */
export function readPlaces(line: CommandLine): ReadPlaces {
  const sure: Place[] = [];
  const perhaps: Place[] = [];
  for (const part of line.commands) {
    const words = operandsOf(part);
    const named = words.slice(1).filter((word) => !word.value.startsWith('-')).map(placeOf);
    (READING.has(programName(words[0]?.value ?? '')) ? sure : perhaps).push(...named);
    for (const { operator, target, glob } of part.redirects) if (operator === '<') sure.push(placeOf({ value: target, glob }));
  }
  return { sure, perhaps };
}
