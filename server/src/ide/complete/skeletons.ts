// Whole documents, for an empty file and behind `---`.
import { isKind, KINDS, skeleton, stemOfFileName, type Kind } from '../../core/documents';
import type { CompletionItem, NewDocument } from '../types';
import type { Place } from './context';
import { insertion } from './insertion';

const PURPOSE: Readonly<Record<Kind, string>> = {
  Agent: 'An agent: whose it is, what it is for, what it may use.',
  Catalog: 'Teams, tools, data, environments and what else the workspace declares.',
  Policy: 'Rules that decide what agents may do.',
  Standard: 'Requirements that agents must meet.',
  PolicyTest: 'Requests with the decisions that they must get.',
  SnippetLibrary: 'Blocks of text that a team shares.',
};

const FOLDER: Readonly<Record<Kind, readonly [folder: string, word: string]>> = {
  Agent: ['agents', 'agent'], Catalog: ['', 'catalog'], Policy: ['policies', 'policy'], Standard: ['standards', 'standard'], PolicyTest: ['policies', 'policytest'], SnippetLibrary: ['snippets', 'snippets'],
};

/** Documents that can begin here: in an empty file the one that its name speaks of, behind `---` all. */
export function completeDocuments(place: Place, alone: boolean): CompletionItem[] {
  const { expected, path, cursor } = place;
  const kinds = alone && expected ? [expected] : KINDS;
  const json = path.endsWith('.json');
  return kinds.map((kind, index) => ({
    label: `new ${kind}`,
    kind: 'snippet',
    detail: 'a document that is valid as it stands',
    documentation: PURPOSE[kind],
    ...insertion(place, { body: skeleton(kind, nameOf(stemOfFileName(path)), json).trimEnd().split('\n').join(cursor.eol) }),
    sortText: `!${kind === expected ? '0' : '1'}${index}`,
    ...(kind === expected ? { preselect: true } : {}),
  }));
}

/** A text as a name that a document can have. */
export const nameOf = (text: string): string => text.toLowerCase().replace(/\.(ya?ml|json)$/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63).replace(/-+$/, '') || 'example';

/** A new document of a kind: where it would stand and what it would hold; null for a kind that does not exist. */
export function newDocument(kind: string, name: string, exists: (path: string) => boolean): NewDocument | null {
  if (!isKind(kind)) return null;
  const [folder, word] = FOLDER[kind];
  const stem = nameOf(name);
  const pathOf = (n: number): string => `${folder ? `${folder}/` : ''}${stem}${n > 1 ? `-${n}` : ''}.${word}.yaml`;
  let n = 1;
  while (exists(pathOf(n)) && n < 1000) n++;
  return { path: pathOf(n), snippet: skeleton(kind, n > 1 ? `${stem}-${n}` : stem) };
}
