// The lines of a CODEOWNERS file as sections of rules, and who owns a path by them.
import type { Span } from '../../text';
import type { CodeOwners, CodeOwnersRule, CodeOwnersSection, Spanned } from '../format';
import { pathPattern, type Dialect } from './pattern';

/** A line that the platform leaves out without a word. */
export interface Skipped {
  readonly span: Span;
  readonly why: string;
}

export interface ReadOwners extends CodeOwners {
  readonly skipped: readonly Skipped[];
}

const MAX_LINES = 50_000;
const HEADER = /^(\^?)\[([^\]]+)\](?:\[(\d{1,4})\])?(?=\s|$)/;

/** Sections and roles are GitLab's; in its own folder the file is GitLab's in any case. */
export function dialectOf(path: string, text: string): Dialect {
  if (path.startsWith('.gitlab/')) return 'gitlab';
  if (path.startsWith('.github/')) return 'github';
  return /^[ \t]*(?:\^?\[[^\]\n]+\](?:\[\d+\])?(?:[ \t]+@|[ \t]*\r?$)|[^#\n]*\s@@\w)/m.test(text) ? 'gitlab' : 'github';
}

export function readOwners(path: string, text: string): ReadOwners {
  const dialect = dialectOf(path, text);
  const sections: { name: string | null; optional: boolean; approvals: number; defaults: readonly Spanned<string>[]; rules: CodeOwnersRule[] }[] = [{ name: null, optional: false, approvals: 1, defaults: [], rules: [] }];
  const skipped: Skipped[] = [];
  let section = sections[0];
  let lines = 0;
  for (let start = text.charCodeAt(0) === 0xfeff ? 1 : 0; start < text.length && lines < MAX_LINES; lines++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const words = wordsOf(text, start, end);
    start = end + 1;
    const first = words[0];
    if (!first || first.value.startsWith('#')) continue;
    const span = { start: first.span.start, end: words[words.length - 1]?.span.end ?? first.span.end };
    const header = dialect === 'gitlab' ? HEADER.exec(text.slice(span.start, span.end)) : null;
    if (header) {
      const name = header[2] ?? '';
      const rest = words.filter((word) => word.span.start >= span.start + header[0].length);
      const known = sections.find((one) => one.name !== null && one.name.toLowerCase() === name.toLowerCase());
      if (known) section = known;
      else sections.push((section = { name, optional: header[1] === '^', approvals: Math.max(1, Number(header[3] ?? 1)), defaults: ownersIn(rest, dialect).owners, rules: [] }));
      continue;
    }
    const read = dialect === 'github' ? githubLine(first, words.slice(1)) : gitlabLine(first, words.slice(1));
    if (typeof read === 'string') skipped.push({ span, why: read });
    else section?.rules.push({ ...read, span, ...pathPattern(read.pattern, dialect) });
  }
  return { dialect, sections: sections.map((one) => ({ ...one, byPrefix: byPrefix(one.rules) })), skipped };
}

/** Most lines speak of one folder: they are looked at only for what lies in it. */
function byPrefix(rules: readonly CodeOwnersRule[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  rules.forEach(({ prefix }, index) => {
    const known = found.get(prefix);
    if (known) known.push(index);
    else found.set(prefix, [index]);
  });
  return found;
}

type Line = Pick<CodeOwnersRule, 'pattern' | 'owners' | 'exclusion'>;

/** The words of a line; a blank behind a backslash belongs to its word. */
function wordsOf(text: string, start: number, end: number): Spanned<string>[] {
  const words: Spanned<string>[] = [];
  const blank = (at: number): boolean => /\s/.test(text[at] ?? '');
  for (let at = start; at < end; ) {
    if (blank(at)) {
      at++;
      continue;
    }
    const from = at;
    while (at < end && !blank(at)) at += text[at] === '\\' && at + 1 < end ? 2 : 1;
    words.push({ value: text.slice(from, Math.min(at, end)), span: { start: from, end: Math.min(at, end) } });
  }
  return words;
}

function githubLine(first: Spanned<string>, rest: readonly Spanned<string>[]): Line | string {
  const pattern = first.value;
  if (pattern.startsWith('!')) return 'GitHub does not know `!` in CODEOWNERS';
  if (/[[\]]/.test(pattern)) return 'GitHub does not know `[ ]` in the patterns of CODEOWNERS';
  if (pattern.startsWith('\\#')) return 'GitHub does not know `\\#` in CODEOWNERS';
  const comment = rest.findIndex((word) => word.value.startsWith('#'));
  const { owners, wrong } = ownersIn(comment < 0 ? rest : rest.slice(0, comment), 'github');
  return wrong ? `\`${wrong.value.slice(0, 80)}\` is no owner: write \`@user\`, \`@organisation/team\` or a mail address` : { pattern, owners, exclusion: false };
}

function gitlabLine(first: Spanned<string>, rest: readonly Spanned<string>[]): Line {
  const exclusion = first.value.startsWith('!');
  return { pattern: exclusion ? first.value.slice(1) : first.value, owners: ownersIn(rest, 'gitlab').owners, exclusion };
}

const GITHUB = /^@[A-Za-z0-9][A-Za-z0-9-]*(?:_[A-Za-z0-9]+)?(?:\/[A-Za-z0-9_.-]+)?$/;
const GITLAB = /^@{1,2}[A-Za-z0-9_][\w./-]*$/;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The words that can be owners; `wrong` is the first that can not. */
function ownersIn(words: readonly Spanned<string>[], dialect: Dialect): { owners: Spanned<string>[]; wrong: Spanned<string> | null } {
  const isOwner = ({ value }: Spanned<string>): boolean => (dialect === 'github' ? GITHUB : GITLAB).test(value) || MAIL.test(value);
  return { owners: words.filter(isOwner), wrong: words.find((word) => !isOwner(word)) ?? null };
}

/** Who owns a path by one section. */
export interface CodeOwnersMatch {
  readonly section: CodeOwnersSection;
  readonly rule: CodeOwnersRule;
  /** empty where the line leaves the path without an owner */
  readonly owners: readonly Spanned<string>[];
}

/** The last line that matches, of each section one; those that must approve stand first. */
export function codeOwnersOf(file: CodeOwners, path: string): readonly CodeOwnersMatch[] {
  const found: CodeOwnersMatch[] = [];
  const names = path.split('/');
  const prefixes = ['', ...names.map((_, index) => names.slice(0, index + 1).join('/'))];
  for (const section of file.sections) {
    let last = -1;
    let excluded = false;
    for (const prefix of prefixes) {
      const indices = section.byPrefix.get(prefix) ?? [];
      for (let at = indices.length - 1; at >= 0 && !excluded; at--) {
        const index = indices[at] ?? -1;
        const rule = section.rules[index];
        if (!rule || (index < last && !rule.exclusion) || !rule.matches(path, names)) continue;
        // what is excluded cannot be taken in again by its section
        if (rule.exclusion) excluded = true;
        else last = index;
      }
    }
    const rule = section.rules[last];
    if (rule && !excluded) found.push({ section, rule, owners: rule.owners.length > 0 ? rule.owners : section.defaults });
  }
  return found.sort((a, b) => Number(a.section.optional) - Number(b.section.optional));
}
