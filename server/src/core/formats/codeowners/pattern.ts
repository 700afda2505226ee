// Path patterns of CODEOWNERS, by the rules of each platform. They come from anybody, so nothing of them becomes a regular expression:
// names are compared step by step, and of several stars only the last one is tried again, in time proportional to pattern and path.

export type Dialect = 'github' | 'gitlab';

export interface PathPattern {
  /** paths from the root of the repository, forward slashes, no slash in front; `names`: the path's, for who asks many patterns */
  matches(path: string, names?: readonly string[]): boolean;
  /** true for a pattern that every path fits: a default, which says nothing of this path in particular */
  readonly everything: boolean;
  /** the names with which every path that fits begins, `''` where none is sure */
  readonly prefix: string;
}

/** One name of a path: `any` stands for any number of names, a text in a list of one for itself. */
type Part = 'any' | readonly [string] | readonly Token[];
type Token = { readonly kind: 'char'; readonly char: string } | { readonly kind: 'star' | 'one' } | { readonly kind: 'set'; readonly ranges: readonly (readonly [string, string])[]; readonly negated: boolean };

const STAR: readonly Token[] = [{ kind: 'star' }];

/** A pattern as it is written, blanks still escaped. */
export function pathPattern(written: string, dialect: Dialect): PathPattern {
  const parts = dialect === 'github' ? githubParts(written) : gitlabParts(written);
  const everything = parts.length > 0 && parts.every((part) => part === 'any' || part === STAR) && parts.includes('any');
  const prefix = literalPrefix(parts);
  const start = literalStart(parts, prefix);
  return { everything, prefix, matches: (path, names = path.split('/')) => path.startsWith(start) && fits(parts, names) };
}

/** The names at the beginning that hold no wildcard, as text. */
function literalPrefix(parts: readonly Part[]): string {
  const end = parts.findIndex((part) => part === 'any' || typeof part[0] !== 'string');
  return parts.slice(0, end < 0 ? parts.length : end).map((part) => part[0]).join('/');
}

/** The same with the letters before the first wildcard of the next name. */
function literalStart(parts: readonly Part[], prefix: string): string {
  const next = parts.find((part) => part === 'any' || !isLiteral(part));
  if (next === undefined || next === 'any' || isLiteral(next)) return prefix;
  let head = '';
  for (const token of next) {
    if (token.kind !== 'char') break;
    head += token.char;
  }
  return `${prefix === '' ? '' : `${prefix}/`}${head}`;
}

/** As in .gitignore, but that a `*` at the end of a path does not enter folders: `docs/*` is what lies directly in `docs`. */
function githubParts(written: string): Part[] {
  const names = written.replace(/^\//, '').replace(/\/$/, '').split('/');
  const folder = written.endsWith('/');
  const anchored = written.startsWith('/') || names.length > 1;
  const parts: Part[] = anchored ? [] : ['any'];
  if (names.length === 1 && names[0] === '') return ['any', STAR];
  names.forEach((name, index) => {
    const last = index === names.length - 1;
    if (name === '**') parts.push('any');
    else parts.push(tokensOf(name, false));
    if (!last) return;
    // what names a file or a folder stands for all that is in the folder
    if (folder || name === '**') parts.push(STAR, 'any');
    else if (name !== '*') parts.push('any');
  });
  return tidy(parts);
}

/** As Ruby's `File.fnmatch` takes them: `**` counts only before a slash, a folder must end with one, what has no slash in front stands at any depth. */
function gitlabParts(written: string): Part[] {
  const unescaped = written.replace(/^\\#/, '#');
  const whole = unescaped === '*' ? '/**/*' : `${unescaped.startsWith('/') ? '' : '/**/'}${unescaped}${unescaped.endsWith('/') ? '**/*' : ''}`;
  const names = whole.slice(1).split('/');
  return tidy(names.map((name, index): Part => (name === '**' && index < names.length - 1 ? 'any' : tokensOf(name, true))));
}

/** Several `any` in a row are one. */
const tidy = (parts: readonly Part[]): Part[] => parts.filter((part, index) => part !== 'any' || parts[index - 1] !== 'any');

function tokensOf(name: string, sets: boolean): readonly [string] | readonly Token[] {
  if (/^\*+$/.test(name)) return STAR;
  if (!/[\\*?[]/.test(name)) return [name];
  const tokens: Token[] = [];
  for (let at = 0; at < name.length; at++) {
    const char = name[at] ?? '';
    const set = sets && char === '[' ? setAt(name, at) : null;
    if (char === '\\' && at + 1 < name.length) tokens.push({ kind: 'char', char: name[++at] ?? '' });
    else if (set) {
      tokens.push(set.token);
      at = set.end;
    } else if (char === '*') {
      if (tokens[tokens.length - 1]?.kind !== 'star') tokens.push({ kind: 'star' });
    } else tokens.push(char === '?' ? { kind: 'one' } : { kind: 'char', char });
  }
  return tokens;
}

/** `[a-z_]`, `[^a]`; null where it does not close. `end`: its bracket. */
function setAt(name: string, start: number): { token: Token; end: number } | null {
  const negated = name[start + 1] === '^' || name[start + 1] === '!';
  const from = start + (negated ? 2 : 1);
  const end = name.indexOf(']', from + 1);
  if (end < 0) return null;
  const ranges: [string, string][] = [];
  for (let at = from; at < end; at++) {
    const low = name[at] ?? '';
    const through = name[at + 1] === '-' && at + 2 < end;
    ranges.push([low, through ? (name[at + 2] ?? low) : low]);
    if (through) at += 2;
  }
  return { token: { kind: 'set', ranges, negated }, end };
}

const fits = (parts: readonly Part[], names: readonly string[]): boolean => walk(parts, names, (part) => part === 'any', nameFits);

function nameFits(part: Part, name: string): boolean {
  if (part === 'any') return false;
  return isLiteral(part) ? part[0] === name : walk(part, name, (token) => token.kind === 'star', tokenFits);
}

const isLiteral = (part: readonly [string] | readonly Token[]): part is readonly [string] => typeof part[0] === 'string';

function tokenFits(token: Token, char: string): boolean {
  if (token.kind === 'char') return token.char === char;
  return token.kind === 'one' || (token.kind === 'set' && token.ranges.some(([low, high]) => char >= low && char <= high) !== token.negated);
}

/** Whether all items are taken by the steps in their order; a step that is `many` takes any number of them. */
function walk<Step, Item>(steps: readonly Step[], items: ArrayLike<Item>, many: (step: Step) => boolean, takes: (step: Step, item: Item) => boolean): boolean {
  let [step, item, again, from] = [0, 0, -1, 0];
  while (item < items.length) {
    const here = steps[step];
    if (here !== undefined && many(here)) {
      [again, from] = [step, item];
      step++;
    } else if (here !== undefined && takes(here, items[item] as Item)) {
      step++;
      item++;
    } else if (again >= 0) {
      step = again + 1;
      item = ++from;
    } else return false;
  }
  while (step < steps.length && many(steps[step] as Step)) step++;
  return step === steps.length;
}
