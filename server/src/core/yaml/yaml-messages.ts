// The library's error codes in words that say what to do.
import type { YAMLParseError } from 'yaml';
import type { Span } from '../text';
import type { SyntaxProblem } from './tree';

const INDENT = 'The indentation does not fit: entries of one map or list must begin in the same column.';
const TABS = 'YAML does not allow tabs as indentation. Use spaces.';
const QUOTE = 'Quote the text, or put the value on lines of its own.';

/** By the beginning of the library's words. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^All (?:mapping|sequence) items must start/, INDENT],
  [/^Nested mappings are not allowed/, `A colon followed by a blank begins another key, which cannot stand on the line of this one. ${QUOTE}`],
  [/^A block sequence may not be used/, `A list cannot begin on the line of its key. ${QUOTE}`],
  [/^Block collections? (?:is|are) not allowed|^Block (?:collection|scalar)/, 'Block lists, block maps and block text cannot stand inside `[…]` or `{…}`.'],
  [/^Unexpected block-seq-ind on same line/, `A list cannot begin on the line of its key. ${QUOTE}`],
  [/^Implicit map keys need to be followed/, 'A `:` is missing behind this key.'],
  [/^Implicit keys/, 'A key must stand on one line and end with `:`. Is a colon missing, or a quote not closed?'],
  [/^Sequence item without/, 'An entry of a list begins with `- `, in the column of the entries before it.'],
  [/^Missing closing/, 'The text that begins here is not closed: the same quote is missing at its end.'],
  [/^Flow map/, 'This `{` is not closed: a `}` is missing.'],
  [/^Flow seq/, 'This `[` is not closed: a `]` is missing.'],
  [/^Missing space after :/, 'A blank is missing behind `:`.'],
  [/^Missing , or :/, 'A `,` or `:` is missing before this.'],
  [/^Missing ,/, 'A `,` is missing before this.'],
  [/^Unexpected ,|^Unexpected empty item/, 'A value is missing before this `,`.'],
  [/^Unexpected flow-(?:seq|map)-end/, 'This bracket closes nothing. Remove it, or quote the text that it belongs to.'],
  [/^Unexpected \S+ at node end/, 'Nothing may follow the value on its line. Is a `,` missing, or are the quotes around a part of the text only? Quote the whole text.'],
  [/^Unexpected \S+ token in YAML/, 'This does not fit what stands before it. Look at the indentation and at the line before.'],
  [/^Comments must be separated/, 'A comment needs a blank before its `#`; quote the text if the `#` belongs to it.'],
  [/^Tags and anchors must be separated/, 'A tag or anchor needs a blank behind it; quote the text if it is none.'],
  [/^Not a YAML token|^Block scalar header/, '`|` and `>` at the beginning of a value announce lines of text below it. Quote the text.'],
  [/^Plain value cannot start with/, 'Plain text cannot begin with this character. Quote the text.'],
  [/^Tabs are not allowed/, TABS],
  [/^A node can have at most one anchor/, 'A value can have one anchor only.'],
  [/^A node can have at most one tag/, 'A value can have one tag only.'],
  [/^An alias node must not/, 'An alias takes neither an anchor nor a tag.'],
  [/1024/, 'A key can have 1,024 characters at the most.'],
  [/^Unresolved tag/, 'YAML does not know this tag.'],
];

/** Code and message for one error of the library. */
export function plainMessage(error: YAMLParseError, text: string): Omit<SyntaxProblem, 'span'> {
  const escape = /^Invalid escape sequence (\S+)/.exec(error.message)?.[1];
  if (escape) return { code: 'yaml', message: `\`${escape}\` is not an escape of text in double quotes. Write the backslash twice, or use single quotes, in which it stands for itself.` };
  if (error.code === 'BAD_DIRECTIVE') return { code: 'yaml', message: 'This `%` directive is not known.' };
  const closing = text[error.pos[0]] ?? '';
  if (/must (?:be sufficiently indented and )?end with a/.test(error.message) && /[\]}]/.test(closing)) {
    return { code: 'yaml', message: `\`${closing}\` does not close what was opened: \`${closing === ']' ? '}' : ']'}\` is missing before it.` };
  }
  if (error.message.startsWith('All ') && /[ \t]#[^\n]*\n[ \t]*$/.test(text.slice(Math.max(0, error.pos[0] - 1_000), error.pos[0]))) {
    return { code: 'yaml', message: 'The comment on the line above ends the text there, so this line belongs to nothing. Put the comment on a line before the whole text.' };
  }
  return { code: 'yaml', message: WORDS.find(([words]) => words.test(error.message))?.[1] ?? sentence(error.message) };
}

const sentence = (message: string): string => {
  const first = message.split('\n')[0] ?? message;
  return /[.!?:]$/.test(first) ? first : `${first}.`;
};

/** A tab before the first text of a line. */
export const tabIndent = (span: Span): SyntaxProblem => ({ code: 'yaml', span, message: TABS });

export const badIndent = (span: Span): SyntaxProblem => ({ code: 'yaml', span, message: INDENT });

/** `*name` where no anchor stands before it: nearly always a text that begins with a star and was not quoted. */
export const unresolvedAlias = (name: string, span: Span): SyntaxProblem => ({
  code: 'unquoted',
  span,
  message:
    name === ''
      ? 'A `*` at the beginning of a value is an alias to YAML, and this one names nothing. If the text is meant, quote it: `"*"`.'
      : `YAML takes \`*${name}\` for an alias, and no anchor \`&${name}\` stands before it. If the text is meant, quote it: \`"*${name}"\`.`,
  fix: { title: 'Quote the text', newText: `"*${name}"` },
});

/** `!x` whose remaining text makes no sense behind a tag: `!(a > 1)`. */
export function unquotedTag(text: string, tag: Span): SyntaxProblem {
  const fix = quoteLine(text, tag.start);
  const message = `YAML takes \`${text.slice(tag.start, tag.end)}\` for a tag and drops it. If the text is meant, quote all of it.`;
  return { code: 'unquoted', span: tag, message, ...(fix ? { fix } : {}) };
}

/** The fix that quotes a value from `start` to the end of its line, a comment left out; none inside brackets, where its end is not sure. */
export function quoteLine(text: string, start: number): NonNullable<SyntaxProblem['fix']> | null {
  const newline = text.indexOf('\n', start);
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const whole = text.slice(start, newline < 0 ? text.length : newline).replace(/[ \t]+#.*$/, '').trimEnd();
  if (whole === '' || /[[{]/.test(before)) return null;
  return { title: 'Quote the text', newText: /["\\]/.test(whole) ? `'${whole.replaceAll("'", "''")}'` : `"${whole}"`, span: { start, end: start + whole.length } };
}
