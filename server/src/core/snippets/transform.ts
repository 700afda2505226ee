// Transforms of snippets, `${1/regex/format/options}`: what the editor makes of a text when one leaves the tab stop, as far as a linear engine can tell.
import { RE2JS } from 're2js';
import { compilePattern } from '../conditions';
import type { Span } from '../text';

export interface Transform {
  /** null where it cannot be told: a pattern that only the editor's engine knows, or more text than anybody needs */
  apply(text: string): string | null;
}

export type TransformRead =
  | { readonly transform: Transform; readonly end: number; readonly warnings: readonly { readonly span: Span; readonly message: string }[] }
  | { readonly fault: string; /** where it is not the whole */ readonly span?: Span };

/** A piece of the format: text, or a group of the match. */
type Piece = string | { readonly group: number; readonly shorthand: string | null; readonly yes: string | null; readonly no: string | null };

const MAX_PATTERN = 300;
const MAX_TEXT = 2_000;
const MAX_MATCHES = 500;
const PARTS = 'A transform has three parts and a closing bracket: `${1/regex/format/options}`.';
const SHORTHANDS = ['upcase', 'downcase', 'capitalize', 'pascalcase', 'camelcase', 'kebabcase', 'snakecase'];
/** what both engines call wrong */
const WRONG = /missing closing \)|unexpected \)|missing closing \]|missing argument to repetition|invalid nested repetition/;
/** what the editor's engine knows and the linear one does not, or takes for something else */
const EDITORS_OWN = /\(\?(?:<?[=!])|\\[1-9kucCAzQEapP]|\[\^?\]/;

/** Reads what follows the slash at `start - 1`, up to the closing bracket. */
export function readTransform(body: string, start: number): TransformRead {
  // a backslash takes a slash with it, whatever stands before the backslash
  let slash = start;
  while (slash < body.length && body[slash] !== '/') slash += body.startsWith('\\/', slash) ? 2 : 1;
  if (slash >= body.length) return { fault: PARTS };
  const pattern = body.slice(start, slash).replaceAll('\\/', '/');
  const pieces: Piece[] = [];
  const warnings: { span: Span; message: string }[] = [];
  let at = slash + 1;
  for (; body[at] !== '/'; ) {
    if (at >= body.length) return { fault: PARTS };
    const group = body[at] === '$' ? readGroup(body, at) : null;
    if (group) {
      const { shorthand } = group.piece;
      if (shorthand !== null && !SHORTHANDS.includes(shorthand)) warnings.push({ span: { start: at, end: group.end }, message: `\`/${shorthand.slice(0, 40)}\` changes nothing: the editor knows ${SHORTHANDS.map((one) => `\`/${one}\``).join(', ')}.` });
      pieces.push(group.piece);
      at = group.end;
    } else {
      if (body[at] === '\\' && /[\\/]/.test(body[at + 1] ?? '')) at++;
      pieces.push(body[at] ?? '');
      at++;
    }
  }
  const close = body.indexOf('}', at);
  if (close < 0) return { fault: PARTS };
  const options = body.slice(at + 1, close);
  if (!/^(?!.*(.).*\1)(?!.*u.*v|.*v.*u)[dgimsuvy]*$/s.test(options)) return { fault: `\`${options.slice(0, 40)}\` are no options of a pattern, so the editor would insert this as text. There are \`g\` (all matches), \`i\` (small as capital letters), \`m\`, \`s\`, \`u\`.`, span: { start: at + 1, end: Math.max(at + 2, close) } };
  if (isWrong(pattern)) return { fault: 'The pattern of this transform is none (a bracket is open, or something repeats nothing), so the editor would insert this as text.', span: { start, end: Math.max(start + 1, slash) } };
  let apply: Transform['apply'] | null = null;
  return { transform: { apply: (text) => (apply ??= compile(pattern, options, pieces))(text) }, end: close + 1, warnings };
}

/** `$1`, `${1}`, `${1:/upcase}`, `${1:+yes}`, `${1:-no}`, `${1:?yes:no}`, `${1:no}`; null for what is text. */
function readGroup(body: string, start: number): { readonly piece: Exclude<Piece, string>; readonly end: number } | null {
  const head = /\$(?:(\d+)|\{(\d+)(?:\}|:(?:\/([A-Za-z_]\w*)\}|(?!\/)([+?-])?)))/y;
  head.lastIndex = start;
  const match = head.exec(body);
  if (!match) return null;
  const [all, lone, index, shorthand = null, sign] = match;
  const end = start + all.length;
  const group = Number(lone ?? index);
  if (lone !== undefined || shorthand !== null || all.endsWith('}')) return { piece: { group, shorthand, yes: null, no: null }, end };
  const first = valueUntil(body, end, sign === '?' ? ':' : '}');
  if (first === null) return null;
  if (sign === '+') return { piece: { group, shorthand, yes: first.text, no: null }, end: first.end };
  if (sign !== '?') return { piece: { group, shorthand, yes: null, no: first.text }, end: first.end };
  const second = valueUntil(body, first.end, '}');
  return second && { piece: { group, shorthand, yes: first.text, no: second.text }, end: second.end };
}

/** A text that is not empty, up to `close`, in which `$`, `}` and backslashes alone may be escaped. */
function valueUntil(body: string, start: number, close: string): { readonly text: string; readonly end: number } | null {
  for (let at = start; at < body.length; at++) {
    if (body[at] === close) return at === start ? null : { text: body.slice(start, at).replace(/\\([$}\\])/g, '$1'), end: at + 1 };
    if (body[at] === '\\' && !/[$}\\]/.test(body[++at] ?? '')) return null;
  }
  return null;
}

/** Whether no engine takes a pattern; what only one of them takes is not wrong. */
function isWrong(pattern: string): boolean {
  if (pattern.length > MAX_PATTERN || EDITORS_OWN.test(pattern)) return false;
  const result = compilePattern(pattern);
  return 'fault' in result && WRONG.test(result.fault);
}

function compile(pattern: string, options: string, pieces: readonly Piece[]): Transform['apply'] {
  const unknown = (): null => null;
  if (pattern.length > MAX_PATTERN || EDITORS_OWN.test(pattern) || /[vyd]/.test(options) || 'fault' in compilePattern(pattern)) return unknown;
  const flags = (options.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (options.includes('m') ? RE2JS.MULTILINE : 0) | (options.includes('s') ? RE2JS.DOTALL : 0);
  const compiled = RE2JS.compile(pattern, flags);
  const groups = compiled.groupCount();
  const written = (group: (index: number) => string): string => pieces.map((piece) => (typeof piece === 'string' ? piece : valueOf(piece, group(piece.group)))).join('');
  return (text) => {
    if (text.length > MAX_TEXT) return null;
    const matcher = compiled.matcher(text);
    let out = '';
    let at = 0;
    let matches = 0;
    while (matches < MAX_MATCHES && out.length < MAX_TEXT * 5 && (matches === 0 || options.includes('g')) && matcher.find()) {
      matches++;
      out += text.slice(at, matcher.start()) + written((index) => (index <= groups ? (matcher.group(index) ?? '') : ''));
      at = matcher.end();
    }
    if (matches >= MAX_MATCHES || out.length >= MAX_TEXT * 5) return null;
    // where nothing matches, what is written for groups that are missing
    return matches === 0 && pieces.some((piece) => typeof piece !== 'string' && piece.no !== null) ? written(() => '') : out + text.slice(at);
  };
}

function valueOf({ shorthand, yes, no }: Exclude<Piece, string>, text: string): string {
  switch (shorthand) {
    case 'upcase': return text.toUpperCase();
    case 'downcase': return text.toLowerCase();
    case 'capitalize': return capital(text);
    case 'pascalcase': return wordsOf(text)?.map(capital).join('') ?? text;
    case 'camelcase': return wordsOf(text)?.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : capital(word))).join('') ?? text;
    case 'kebabcase': return kebab(text);
    case 'snakecase': return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2').replace(/[\s-]+/g, '_').toLowerCase();
    default: return text !== '' && yes !== null ? yes : text === '' && no !== null ? no : text;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const wordsOf = (text: string): readonly string[] | null => text.match(/[\p{L}0-9]+/gu);

/** `HTTPServer two` becomes `http-server-two`. */
function kebab(text: string): string {
  const bare = text.trim().replace(/^_+|_+$/g, '');
  const words = bare.match(/\p{Lu}{2,}(?=\p{Lu}\p{Ll}|[\s_-]|$)|\p{Lu}?\p{Ll}+[0-9]*|\p{Lu}(?=\p{Lu}\p{Ll}|[\s_-]|$)|[0-9]+/gu) ?? bare.split(/[\s_-]+/).filter((word) => word !== '');
  return words.map((word) => word.toLowerCase()).join('-');
}
