// How a completed text is written at its place: quotes, commas, blanks, dashes, and what it replaces.
import { yamlScalar } from '../../core/documents';
import type { Span } from '../../core/text';
import type { CompletionItem } from '../types';
import type { Place } from './context';

export type Written =
  /** a key that has its value already */
  | { readonly key: string }
  /** a key with its value, in snippet syntax */
  | { readonly pair: string }
  /** a scalar; `wrap` makes it the first item of a list */
  | { readonly scalar: string | number | boolean; readonly wrap?: boolean }
  /** a value in snippet syntax */
  | { readonly body: string };

type Insertion = Pick<CompletionItem, 'insert' | 'snippet' | 'replace' | 'filterText'>;

export function insertion(place: Place, written: Written): Insertion {
  const { cursor, text } = place;
  if ('scalar' in written) return scalarInsertion(place, written.scalar, written.wrap ?? false);
  const replace = onLine(text, cursor.whole, place.offset);
  const filter = cursor.quote && replace.start === cursor.whole.start ? { filterText: cursor.quote } : {};
  if ('key' in written) {
    const inner = onLine(text, cursor.inner, place.offset);
    return cursor.quote ? { insert: quoted(written.key, cursor.quote), snippet: false, replace: inner } : { insert: cursor.style === 'json' ? JSON.stringify(written.key) : yamlScalar(written.key), snippet: false, replace };
  }
  const body = 'pair' in written ? written.pair : written.body;
  const { before, after } = 'pair' in written ? commas(place, replace) : { before: '', after: '' };
  const label = 'pair' in written ? (/^"?(?:[^:"\\]|\\.)*/.exec(body)?.[0] ?? '').replace(/^"/, '') : '';
  return { insert: `${cursor.lead}${before}${body}${after}`, snippet: true, replace, ...(filter.filterText ? { filterText: filter.filterText + label } : {}) };
}

function scalarInsertion(place: Place, value: string | number | boolean, wrap: boolean): Insertion {
  const { cursor, text, offset } = place;
  if (cursor.quote && typeof value === 'string') return { insert: quoted(value, cursor.quote) + (cursor.closed ? '' : cursor.quote), snippet: false, replace: onLine(text, cursor.inner, offset) };
  const written = cursor.style === 'json' ? JSON.stringify(value) : yamlScalar(value);
  const replace = onLine(text, cursor.whole, offset);
  const filter = cursor.quote ? { filterText: cursor.quote + String(value) } : {};
  return { insert: cursor.lead + (wrap ? (cursor.at === 'open' && cursor.style === 'block' ? `- ${written}` : `[${written}]`) : written), snippet: false, replace, ...filter };
}

/** The text as the quotes ask for it. */
const quoted = (value: string, quote: '"' | "'"): string => (quote === '"' ? JSON.stringify(value).slice(1, -1) : value.replaceAll("'", "''"));

/** The part of the span on the cursor's line. */
function onLine(text: string, span: Span, offset: number): Span {
  const start = Math.max(span.start, text.lastIndexOf('\n', offset - 1) + 1);
  const newline = text.indexOf('\n', offset);
  const lineEnd = newline < 0 ? text.length : text[newline - 1] === '\r' && newline > offset ? newline - 1 : newline;
  return { start: Math.min(start, offset), end: Math.max(offset, Math.min(span.end, lineEnd)) };
}

/** The commas that a new entry needs in braces. */
function commas({ cursor, text }: Place, replace: Span): { before: string; after: string } {
  if (cursor.style === 'block') return { before: '', after: '' };
  const previous = text.slice(Math.max(0, replace.start - 2000), replace.start).trimEnd().at(-1) ?? '';
  const next = /\S/.exec(text.slice(replace.end, replace.end + 2000))?.[0] ?? '';
  const sameLine = /^[ \t]*\S/.test(text.slice(replace.end, replace.end + 2000));
  const json = cursor.style === 'json';
  const follows = json ? next === '"' : next !== '' && sameLine && !/[}\],#]/.test(next);
  const glued = text[replace.start - 1] === '{';
  return {
    before: (previous !== '' && !/[{,[]/.test(previous) && json ? ', ' : '') + (glued && !json ? ' ' : ''),
    after: (follows ? ',' : '') + (!json && text[replace.end] === '}' ? ' ' : ''),
  };
}

