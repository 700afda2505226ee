// Bytes to text: UTF-8, with the place of the first bytes that are not.
import type { ReadFile } from '../cli';

const DAMAGE = '\ufffd';

/**
 * Bytes that are not UTF-8 become U+FFFD, so that the rest can still be checked at its right place.
 * A byte order mark is a signature and no part of the text: editors count columns without it.
 */
export function decode(file: Uint8Array): ReadFile {
  const bytes = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf ? file.subarray(3) : file;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  let byte = 0;
  let from = 0;
  // a file may hold U+FFFD itself: it is damage only where other bytes stand
  for (let at = text.indexOf(DAMAGE); at >= 0; at = text.indexOf(DAMAGE, at + 1)) {
    byte += encoder.encode(text.slice(from, at)).length;
    if (bytes[byte] !== 0xef || bytes[byte + 1] !== 0xbf || bytes[byte + 2] !== 0xbd) return { text, damagedAt: at };
    byte += 3;
    from = at + 1;
  }
  return { text };
}
