// Snippets of the libraries, where they fit: keys of the map at the cursor that it does not have yet, an entry of its list, or a whole document.
import { isFor, isForFile } from '../../core/snippets';
import type { CompletionItem } from '../types';
import { createFit } from '../snippets/fit';
import { inlineBody } from '../snippets/inline';
import { offered, sourceWords, type Offered } from '../snippets/offered';
import { dayAfter, type Place } from './context';
import { insertion } from './insertion';

const MAX_BODY = 20_000;

/** Today's date filled in, for editors that do not know these variables. */
function dated(body: string, now: number): string {
  const today = dayAfter(now, 0);
  const parts: Readonly<Record<string, string>> = { CURRENT_YEAR: today.slice(0, 4), CURRENT_MONTH: today.slice(5, 7), CURRENT_DATE: today.slice(8, 10) };
  return body.replace(/\$(?:\{(CURRENT_(?:YEAR|MONTH|DATE))\}|(CURRENT_(?:YEAR|MONTH|DATE))\b)/g, (written, braced?: string, bare?: string) => parts[braced ?? bare ?? ''] ?? written);
}

/** `pairs`: what is inserted are keys of a map in braces, which need commas between them. */
function itemOf(place: Place, snippet: Offered, body: string, rank: string, pairs = false): CompletionItem {
  const indent = place.cursor.eol + ' '.repeat(place.cursor.column);
  const { library, prefix, preview } = snippet;
  const where = library ? [`library \`${library.name}\` ${library.version ?? ''}`.trim(), library.owner === null ? null : `owner \`${library.owner}\``].filter((one) => one !== null).join(', ') : `\`${snippet.path}\``;
  return {
    label: prefix, kind: 'snippet', detail: sourceWords(snippet),
    documentation: [snippet.snippet.description ?? '', `From ${where}.`, `\`\`\`\`yaml\n${preview}\n\`\`\`\``].filter(Boolean).join('\n\n'),
    ...insertion(place, pairs ? { pair: body } : { body: dated(body, place.workspace.now).split('\n').join(indent).replace(/^[ \t]+(?=\r?$)/gm, '') }), filterText: `${place.cursor.quote ?? ''}${wordsOf(snippet)}`, sortText: rank,
  };
}

/** What people may type to find it: every prefix, its name, and its keys, which of whole documents are the same. */
const wordsOf = ({ prefix, keys, home, snippet }: Offered): string => [...new Set([prefix, ...snippet.prefixes.map(({ text }) => text), snippet.name, ...(home === 'document' ? [] : keys)])].join(' ');

/** The keys of a snippet that a map in braces lacks, in JSON or on one line; null where it has none for it. */
function pairsOf(place: Place, snippet: Offered, wanted: ReadonlySet<string>): string | null {
  const found = inlineBody(snippet.body, place.workspace.now, place.cursor.style === 'json')?.pairs.filter(({ key }) => wanted.has(key)) ?? [];
  return found.length > 0 ? found.map(({ pair }) => pair).join(', ') : null;
}

const fitting = (place: Place, items: readonly CompletionItem[]): CompletionItem[] => {
  const fits = createFit(place.path, place.text, place.workspace.now);
  return items.filter((item) => fits(item.replace, item.insert));
};

/** Those for the language of the file. */
const offeredAt = ({ workspace, path }: Place): readonly Offered[] => offered(workspace).filter(({ snippet }) => isFor(snippet, path.endsWith('.json')) && isForFile(snippet, path));

const rankOf = (lead: string, index: number): string => `${lead}${String(index).padStart(4, '0')}`;

/** The snippets that can begin at the cursor; `allowed` are the keys that the map still takes, `present` those that it has. */
export function blocksAt(place: Place, allowed: ReadonlySet<string>, present: ReadonlySet<string>): CompletionItem[] {
  const { cursor } = place;
  const block = cursor.style === 'block';
  if (cursor.colon || (cursor.quote && cursor.style !== 'json')) return [];
  return fitting(place, offeredAt(place).flatMap((snippet, index): CompletionItem[] => {
    if (snippet.body.length > MAX_BODY || snippet.keys.length === 0) return [];
    const missing = snippet.keys.filter((key) => allowed.has(key));
    if (missing.length === 0 || !snippet.keys.every((key) => allowed.has(key) || present.has(key))) return [];
    if (!block) {
      const pairs = snippet.home === 'keys' || (snippet.home === 'entries' && present.size === 0) ? pairsOf(place, snippet, new Set(missing)) : null;
      return pairs === null ? [] : [itemOf(place, snippet, pairs, rankOf('4', index), true)];
    }
    if (snippet.home === 'keys') {
      const body = missing.length === snippet.keys.length ? snippet.body.trimEnd() : withoutKeys(snippet.body, present);
      return body === null ? [] : [itemOf(place, snippet, body, rankOf('4', index))];
    }
    // an entry whose dash is there already
    const body = snippet.home === 'entries' && present.size === 0 ? firstEntry(snippet.body) : null;
    return body === null ? [] : [itemOf(place, snippet, body, rankOf('4', index))];
  }));
}

/** The snippets that are entries of the list at the cursor, which has nothing in it yet; of one in brackets also beside others. */
export function entriesAt(place: Place, keys: ReadonlySet<string>): CompletionItem[] {
  const { cursor } = place;
  const block = cursor.style === 'block';
  if (cursor.quote || (block ? cursor.at !== 'open' || cursor.list : !cursor.list)) return [];
  return fitting(place, offeredAt(place).flatMap((snippet, index): CompletionItem[] => {
    if (snippet.home !== 'entries' || snippet.body.length > MAX_BODY || snippet.keys.length === 0 || !snippet.keys.every((key) => keys.has(key))) return [];
    const body = block ? snippet.body.trimEnd() : (inlineBody(snippet.body, place.workspace.now, cursor.style === 'json')?.items.join(', ') ?? null);
    return body === null ? [] : [itemOf(place, snippet, body, rankOf('5', index))];
  }));
}

/** Whole documents, for an empty file (of the kind that its name speaks of) and behind `---`. */
export function documentsAt(place: Place, alone: boolean): CompletionItem[] {
  const { cursor, expected, path } = place;
  const json = path.endsWith('.json');
  if (json ? !alone : cursor.column !== 0) return [];
  return fitting(place, offeredAt(place).flatMap((snippet, index): CompletionItem[] => {
    if (snippet.home !== 'document' || snippet.body.length > MAX_BODY || (alone && expected && snippet.documentKind !== expected)) return [];
    const body = json ? (inlineBody(snippet.body, place.workspace.now, true)?.whole ?? null) : snippet.body.trimEnd();
    return body === null ? [] : [itemOf(place, snippet, body, rankOf(alone ? '!2' : '5', index))];
  }));
}

/** A body without the keys that are there; null where its lines cannot be told apart. */
function withoutKeys(body: string, present: ReadonlySet<string>): string | null {
  const kept: string[] = [];
  let skipping = false;
  for (const line of body.trimEnd().split('\n')) {
    const key = /^([A-Za-z][\w.-]*):(?:\s|$)/.exec(line)?.[1];
    if (key !== undefined) skipping = present.has(key);
    else if (/^\S/.test(line) && !/^(?:#|\$0|\$\{0)/.test(line)) return null;
    if (!skipping) kept.push(line);
  }
  return kept.join('\n').trim() === '' ? null : kept.join('\n');
}

/** The keys of a body that is one entry of a list. */
function firstEntry(body: string): string | null {
  const [first = '', ...rest] = body.trimEnd().split('\n');
  if (!first.startsWith('- ') || rest.some((line) => line !== '' && !line.startsWith('  '))) return null;
  return [first.slice(2), ...rest.map((line) => line.slice(2))].join('\n');
}
