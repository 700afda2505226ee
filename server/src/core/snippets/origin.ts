// Where a document was inserted from: a comment at its end that names library, prefix, version and a hash of the body.
import { sha256 } from '../policy';
import type { Span } from '../text';

export interface Origin {
  readonly library: string;
  readonly prefix: string;
  readonly version: string | null;
  /** of the body: the first hex digits of its SHA-256 */
  readonly hash: string;
  /** of the comment */
  readonly span: Span;
}

const DIGITS = 16;
const MAX_PREFIX = 100;
const MAX_VERSION = 60;
const COMMENT = /^[ \t]*# snippet: ([\w.-]{1,100})\/([^\s@]{1,100})@(\S{1,60}) sha256:([0-9a-f]{8,64})[ \t]*$/gm;
const MAX_ORIGINS = 200;

export const bodyHash = (body: string): string => sha256(body.replaceAll('\r\n', '\n')).slice(0, DIGITS);

/** A prefix as the comment writes it, which has neither blanks nor `@`. */
export const prefixInOrigin = (prefix: string): string => prefix.replaceAll(/[\s@]/g, '-').slice(0, MAX_PREFIX);

/** The comment that records where a document comes from. */
export const originComment = (library: string, prefix: string, version: string | null, body: string): string => `# snippet: ${library}/${prefixInOrigin(prefix)}@${version?.replaceAll(/\s/g, '-').slice(0, MAX_VERSION) || 'unversioned'} sha256:${bodyHash(body)}`;

/** The comments of a text that say where it was inserted from. */
export function originsOf(text: string): readonly Origin[] {
  if (!text.includes('# snippet: ')) return [];
  return [...text.matchAll(COMMENT)].slice(0, MAX_ORIGINS).map((match) => {
    const start = match.index + match[0].indexOf('#');
    return { library: match[1] ?? '', prefix: match[2] ?? '', version: match[3] === 'unversioned' ? null : (match[3] ?? null), hash: match[4] ?? '', span: { start, end: start + match[0].trim().length } };
  });
}

/** Whether a body is no longer the one that a comment records. */
export const hasChanged = (origin: Origin, body: string): boolean => !sha256(body.replaceAll('\r\n', '\n')).startsWith(origin.hash);
