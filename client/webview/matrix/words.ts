// What letters look like and mean. The glyphs are those of the side bar; colour only repeats them.
import type { MatrixLetter } from '../../../server/src/protocol';

/** U+FE0E: as text, never as a picture. */
export const GLYPH: Readonly<Record<MatrixLetter, string>> = { a: '✓', r: '⚠\ufe0e', d: '✗', u: '?', p: '?', n: '·' };

export const WORDS: Readonly<Record<MatrixLetter, string>> = {
  a: 'allowed', r: 'needs approval', d: 'denied', u: 'cannot tell', p: 'the arguments decide', n: 'not declared, so denied',
};
