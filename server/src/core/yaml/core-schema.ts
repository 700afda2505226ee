// What a plain text means by the core schema of YAML 1.2: null, a boolean, a number, else the text.
import type { ScalarValue } from './tree';

const INTEGER = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/;
const EXPONENT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;

/** The value of a plain text; what is written of a number is kept beside it. */
export function resolveCore(text: string): ScalarValue {
  switch (text) {
    case '': case '~': case 'null': case 'Null': case 'NULL':
      return null;
    case 'true': case 'True': case 'TRUE':
      return true;
    case 'false': case 'False': case 'FALSE':
      return false;
    case '.nan': case '.NaN': case '.NAN':
      return Number.NaN;
  }
  const c = text.charCodeAt(0);
  // digits, signs and the point
  if (!((c >= 48 && c <= 57) || c === 43 || c === 45 || c === 46)) return text;
  if (INTEGER.test(text)) return Number.parseInt(text, 10);
  if (FLOAT.test(text) || EXPONENT.test(text)) return Number.parseFloat(text);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  return INFINITE.test(text) ? (c === 45 ? -Infinity : Infinity) : text;
}
