// The library's error codes in words that say what to do.
import type { YAMLParseError } from 'yaml';
import type { Span } from '../text';
import type { SyntaxProblem } from './tree';

const WORDS: Partial<Record<string, string>> = {
  BAD_INDENT: 'The indentation does not fit: items of one map or list must begin in the same column.',
  BLOCK_AS_IMPLICIT_KEY: 'A value cannot continue like this on the same line as its key. Quote the text, or put it on a line of its own.',
  BLOCK_IN_FLOW: 'A block list or block text cannot stand inside `[…]` or `{…}`.',
  MISSING_CHAR: '',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line and end with `:`. Is a colon missing, or a quote not closed?',
  TAB_AS_INDENT: 'YAML does not allow tabs as indentation. Use spaces.',
  MULTIPLE_ANCHORS: 'A value can have one anchor only.',
  MULTIPLE_TAGS: 'A value can have one tag only.',
  BAD_DIRECTIVE: 'This `%` directive is not known.',
  BAD_SCALAR_START: 'Plain text cannot begin with this character. Quote the text.',
  KEY_OVER_1024_CHARS: 'A key can have 1,024 characters at the most.',
};

/** Code and message for one error of the library. */
export function plainMessage(error: YAMLParseError): Omit<SyntaxProblem, 'span'> {
  const message = WORDS[error.code] || sentence(error.message);
  return { code: 'yaml', message };
}

const sentence = (message: string): string => {
  const first = message.split('\n')[0] ?? message;
  return /[.!?:]$/.test(first) ? first : `${first}.`;
};

/** `*name` where no anchor stands before it: nearly always a text that begins with a star and was not quoted. */
export const unresolvedAlias = (name: string, span: Span): SyntaxProblem => ({
  code: 'unquoted',
  span,
  message: `YAML takes \`*${name}\` for an alias, and no anchor \`&${name}\` stands before it. If the text is meant, quote it: \`"*${name}"\`.`,
  fix: { title: 'Quote the text', newText: `"*${name}"` },
});
