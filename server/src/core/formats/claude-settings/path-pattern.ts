// `Read(...)` and `Edit(...)`: which paths a pattern stands for, in the manner of gitignore, and where it is anchored.
import type { TestResult } from '../permissions';

/** A path of a request: below the working directory, below the home folder, or from the root of the disk. */
export interface RequestPath {
  readonly from: 'working' | 'home' | 'root';
  readonly segments: readonly string[];
  /** it leads out of the working directory */
  readonly outside: boolean;
}

const MAX_PATH = 4_000;
const MAX_SEGMENTS = 200;

export function requestPath(written: string): RequestPath | null {
  if (written.length > MAX_PATH || written.includes('\0')) return null;
  let text = written.replaceAll('\\', '/');
  const drive = /^([A-Za-z]):\//.exec(text);
  if (drive) text = `/${(drive[1] ?? '').toLowerCase()}${text.slice(2)}`;
  const home = text === '~' || text.startsWith('~/') || text === '$HOME' || text.startsWith('$HOME/');
  const root = !home && text.startsWith('/');
  const segments: string[] = [];
  let outside = false;
  for (const part of (home ? text.replace(/^(?:~|\$HOME)/, '') : text).split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') segments.push(part);
    else if (segments.length > 0 && segments[segments.length - 1] !== '..') segments.pop();
    else if (!root) {
      segments.push(part);
      outside = true;
    }
  }
  if (segments.length > MAX_SEGMENTS) return null;
  return { from: home ? 'home' : root ? 'root' : 'working', segments, outside };
}

export interface PathPattern {
  readonly key: string;
  /** stands for every path of its anchor */
  readonly everything: boolean;
  readonly anchor: RequestPath['from'];
  /** a path as one would write it that it stands for: none where wildcards stand in it that could be anything */
  readonly examples: readonly string[];
  matches(path: RequestPath): TestResult;
}

/**
 * `//x` is from the root of the disk, `~/x` from the home folder, `/x` and `x` from the folder that the settings are for. A lone name matches at any depth;
 * `folder/**` does so where it restricts (`deep`), and not where it allows.
 */
export function pathPattern(specifier: string, deep: boolean): PathPattern {
  const text = specifier.trim().replaceAll('\\', '/');
  const anchor = text.startsWith('//') ? 'root' : text.startsWith('~/') || text === '~' ? 'home' : 'working';
  const anchored = text.startsWith('/') || anchor === 'home';
  const rest = anchor === 'root' ? text.slice(2) : anchor === 'home' ? text.slice(2) : text.replace(/^\.\//, '').replace(/^\/+/, '');
  const folderOnly = rest.endsWith('/');
  const segments = rest.split('/').filter((part) => part !== '' && part !== '.').slice(0, MAX_SEGMENTS);
  const lone = !anchored && segments.length === 1 && segments[0] !== '**';
  const folder = !anchored && deep && segments.length === 2 && segments[1] === '**' && segments[0] !== '**';
  const way = lone || folder ? ['**', ...segments] : segments;
  const everything = segments.every((part) => part === '**' || (part === '*' && !anchored));
  const fits = (path: readonly string[]): boolean => (everything ? true : matchesPath(way, path, folderOnly));
  return {
    key: `${anchor}:${way.join('/')}${folderOnly ? '/' : ''}`, everything, anchor,
    examples: everything ? [] : [`${anchor === 'root' ? '/' : anchor === 'home' ? '~/' : ''}${segments.filter((part, index) => part !== '**' || index === segments.length - 1).map((part) => (part === '**' ? 'x' : part.replaceAll('*', 'x'))).join('/')}`],
    matches(path) {
      if (anchor === 'working') {
        if (path.from === 'working') return !path.outside && fits(path.segments);
        // where the working directory is, is not known here: the end of the path may lie in it
        return path.from === 'root' && segments.length > 0 && path.segments.some((_, index) => index > 0 && !everything && fits(path.segments.slice(index))) ? 'unknown' : false;
      }
      if (anchor === 'home') {
        const home = path.from === 'home' ? path.segments : homeOf(path);
        return home !== null && fits(home);
      }
      if (path.from === 'root') return fits(path.segments);
      return way[0] === '**' && !path.outside && fits(path.segments);
    },
  };
}

/** The part below a home folder, where the path shows one. */
function homeOf({ from, segments }: RequestPath): readonly string[] | null {
  if (from !== 'root') return null;
  if ((segments[0] === 'home' || segments[0] === 'Users') && segments.length > 1) return segments.slice(2);
  return segments[0] === 'root' ? segments.slice(1) : null;
}

/** A pattern that matches a folder matches all that is in it. */
function matchesPath(way: readonly string[], path: readonly string[], folderOnly: boolean): boolean {
  // reached[i]: the pattern's first `done` parts match the first i parts of the path
  let reached = new Array<boolean>(path.length + 1).fill(false);
  reached[0] = true;
  way.forEach((part, done) => {
    const next = new Array<boolean>(path.length + 1).fill(false);
    if (part === '**') {
      let any = false;
      for (let i = 0; i <= path.length; i++) {
        any ||= reached[i] === true;
        // at the end it stands for something inside
        next[i] = done === way.length - 1 ? reached.slice(0, i).some((hit) => hit) : any;
      }
    } else {
      for (let i = 0; i < path.length; i++) if (reached[i]) next[i + 1] = segmentMatches(part, path[i] ?? '');
    }
    reached = next;
  });
  return reached.some((hit, length) => hit && length > 0 && (!folderOnly || length < path.length));
}

/** `*`, `?` and `[...]` within one part of a path. */
function segmentMatches(part: string, text: string): boolean {
  if (!/[*?[\\]/.test(part)) return part === text;
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    const step = p < part.length && part[p] !== '*' ? one(part, p, text[t] ?? '') : 0;
    if (step > 0) {
      p += step;
      t++;
    } else if (part[p] === '*') {
      star = p++;
      mark = t;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (part[p] === '*') p++;
  return p >= part.length;
}

/** How much of the pattern at `p` the character takes; 0 where it does not fit. */
function one(part: string, p: number, c: string): number {
  const here = part[p];
  if (here === '?') return 1;
  if (here === '\\') return part[p + 1] === c ? 2 : 0;
  if (here !== '[') return here === c ? 1 : 0;
  const end = part.indexOf(']', p + 2);
  if (end < 0) return c === '[' ? 1 : 0;
  const body = part.slice(p + 1, end);
  const negated = body.startsWith('!') || body.startsWith('^');
  const set = negated ? body.slice(1) : body;
  let found = false;
  for (let i = 0; i < set.length; i++) {
    if (set[i + 1] === '-' && i + 2 < set.length) {
      if ((set[i] ?? '') <= c && c <= (set[i + 2] ?? '')) found = true;
      i += 2;
    } else if (set[i] === c) found = true;
  }
  return found !== negated ? end - p + 1 : 0;
}

/** Whether a word with wildcards may stand for the path: part by part, braces taken for anything. */
export function couldStandFor(word: string, path: string): boolean {
  const parts = word.replace(/^\.\//, '').replace(/\{[^}]*\}/g, '*').slice(0, MAX_PATH).split('/');
  const names = path.split('/');
  return parts.length === names.length && parts.every((part, index) => part === names[index] || (/[*?[]/.test(part) && (!(names[index] ?? '').startsWith('.') || part.startsWith('.')) && segmentMatches(part, names[index] ?? '')));
}
