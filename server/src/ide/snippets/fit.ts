// Whether a text can be put at a place: it is put there, and nothing may be wrong with it that was not wrong before.
import { CONFIG_FILE, readConfig, readDocuments, type SoundMemo } from '../../core/documents';
import { expand, parseBody, valuesAt } from '../../core/snippets';
import type { Span } from '../../core/text';
import { ParseMemo, parseJson, parseYaml } from '../../core/yaml';

/** Files beyond are not tried: it would be felt while typing. */
const MAX_TEXT = 200_000;

/** Tries an insertion in snippet syntax in the text of a file; the same question asked again of one text is answered from `before`. */
export function createFit(path: string, text: string, now: number): (replace: Span, insert: string) => boolean {
  const known = new Map<string, readonly Fault[]>();
  // of one insertion after the other only what is inserted is read anew
  const memo: SoundMemo = { parse: new ParseMemo(), sound: new WeakMap() };
  const faultsOf = (tried: string): readonly Fault[] => faultsIn(path, tried, memo);
  const without = (replace: Span): readonly Fault[] => {
    const id = `${replace.start} ${replace.end}`;
    let faults = known.get(id);
    if (!faults) known.set(id, (faults = faultsOf(text.slice(0, replace.start) + text.slice(replace.end))));
    return faults;
  };
  return (replace, insert) => {
    if (text.length > MAX_TEXT) return false;
    const filled = expand(parseBody(insert).parts, valuesAt(now), { filler: 'x' });
    const end = replace.start + filled.text.length;
    const blanks = filled.filled.filter(({ kind }) => kind === 'empty').map(({ start, end: stop }) => ({ start: start + replace.start, end: stop + replace.start }));
    const after = faultsOf(text.slice(0, replace.start) + filled.text + text.slice(replace.end)).filter((fault) => !blanks.some((blank) => blank.start < fault.end && fault.start < blank.end));
    const inside = after.filter((fault) => fault.start < end && fault.end > replace.start);
    if (inside.some((fault) => fault.start >= replace.start)) return false;
    return after.length <= without(replace).length;
  };
}

type Fault = Span;

function faultsIn(path: string, text: string, memo: SoundMemo): readonly Fault[] {
  const json = path.endsWith('.json');
  const tree = json ? parseJson(text) : parseYaml(text, 0, memo.parse);
  const documents = path === CONFIG_FILE ? [readConfig(tree, text)] : readDocuments(tree, path, text, json ? undefined : memo);
  return [...tree.documents.flatMap(({ problems }) => problems.map(({ span }) => span)), ...documents.flatMap((document) => document?.problems.map(({ span }) => span) ?? [])];
}
