// Patterns over addresses as VS Code's `chat.tools.urls.autoApprove` has them: a scheme or none, `*.` for subdomains, `:*` for any port, `*` for any run.
import { RE2JS } from 're2js';

/** Whether an address fits; null where versions of the editor differ, or the pattern cannot be used here. */
export type UrlPattern = (url: string) => boolean | null;

interface Address {
  readonly scheme: string;
  readonly authority: string;
  /** without slashes at its end */
  readonly path: string;
}

const MAX_PATTERN = 1_000;
const MAX_URL = 8_000;

/** Queries, fragments and slashes at the end do not count. */
function addressOf(text: string): Address | null {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/.exec(text);
  return match ? { scheme: (match[1] ?? '').toLowerCase(), authority: match[2] ?? '', path: (match[3] ?? '').replace(/\/{1,8000}$/, '') } : null;
}

export function urlPattern(written: string): UrlPattern {
  if (written === '' || written.length > MAX_PATTERN) return () => null;
  const hasScheme = /^[^./:]*:\/\//.test(written);
  const glob = addressOf(hasScheme ? written : `https://${written}`);
  if (!glob) return () => null;
  const authority = matcher(glob.authority, true);
  const path = glob.path === '' ? null : matcher(glob.path, false);
  return (url) => {
    if (url.length > MAX_URL) return null;
    const address = addressOf(url);
    if (!address) return false;
    if (hasScheme ? address.scheme !== glob.scheme && glob.scheme !== '*' : address.scheme !== 'http' && address.scheme !== 'https') return false;
    return both(authority(address.authority), path === null ? true : pathFits(path, glob.path, address));
  };
}

const both = (a: boolean | null, b: boolean | null): boolean | null => (a === false || b === false ? false : a === null || b === null ? null : true);

/** A path with `..` must fit as it is written and as it is fetched; on github.com the address is compared in small letters, and what the pattern's capitals do depends on the version. */
function pathFits(fits: Fits, glob: string, { authority, path }: Address): boolean | null {
  const own = authority.toLowerCase() === 'github.com' ? path.toLowerCase() : path;
  const plain = fits(own);
  if (own !== path && glob !== glob.toLowerCase()) return plain === true || matcher(glob.toLowerCase(), false)(own) === true ? null : false;
  return /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path) ? (plain === false ? false : null) : plain;
}

type Fits = (part: string) => boolean | null;

/** `host`: with the rules for ports. A pattern also fits what goes on behind a slash. */
function matcher(glob: string, host: boolean): Fits {
  const text = host ? glob.toLowerCase() : glob;
  const now = compile(text, host, true);
  const before = compile(text, host, false);
  if (!now || !before) return () => null;
  return (part) => {
    const own = host ? part.toLowerCase() : part;
    const answer = now.testExact(own);
    return answer === before.testExact(own) ? answer : null;
  };
}

/** `bounded`: `*.` ends at a dot, as in newer versions; older ones let `*.acme.com` fit `notacme.com`. */
function compile(glob: string, host: boolean, bounded: boolean): RE2JS | null {
  let source = '';
  for (let at = 0; at < glob.length; at++) {
    const rest = glob.slice(at);
    if (host && rest.startsWith(':*')) {
      source += '(?::[0-9]*)?';
      at++;
    } else if (rest.startsWith('*.')) {
      const free = at === 0 || glob[at - 1] === '.';
      source += bounded ? (free ? '(?:(?s:.*)\\.)?' : '(?s:.*)\\.') : '(?:[^/:]*|(?s:.*)\\.)';
      at++;
    } else if (rest === '*') source += '(?s:.+)';
    else if (rest.startsWith('*')) source += '(?s:.*)';
    else source += RE2JS.quote(glob[at] ?? '');
  }
  try {
    return RE2JS.compile(host ? source : `(?:${source})(?:/(?s:.*))?`);
  } catch {
    return null;
  }
}
