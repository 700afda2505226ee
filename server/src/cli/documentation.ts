// The documentation of codes, as the command line shows it.
import { CODES, codeBody, codeDoc } from '../core/lint';
import type { CodeDoc } from '../core/lint';
import { nearest } from '../core/text';
import type { CodeDocumentation } from './reports';

/** All documented codes, sorted. */
export const allCodes = (): readonly CodeDoc[] => [...CODES].sort((a, b) => (a.code < b.code ? -1 : 1));

export function documentation(code: string): CodeDocumentation | null {
  const found = codeDoc(code);
  return found ? { title: found.title, markdown: codeBody(found), severity: found.severity } : null;
}

/** The code nearest to one that is not known: by spelling, else the same last word in another family. */
export function nearestCode(code: string): string | null {
  const codes = allCodes().map((doc) => doc.code);
  const last = code.split('/').pop() ?? code;
  return nearest(code, codes) ?? codes.find((known) => known.split('/').pop() === last) ?? nearestByName(last, codes);
}

function nearestByName(last: string, codes: readonly string[]): string | null {
  const names = new Map(codes.map((known) => [known.split('/').pop() ?? known, known]));
  const name = nearest(last, names.keys());
  return name === null ? null : names.get(name) ?? null;
}
