// A short text that is equal for equal diagnostics, also in another run of the server.
import type { Diagnostic } from 'vscode-languageserver';

export function digestOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.length === 0 ? '' : textDigest(JSON.stringify(diagnostics));
}

/** The same for any text. */
export function textDigest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x5bd1e995);
    b ^= b >>> 13;
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}${text.length.toString(36)}`;
}
