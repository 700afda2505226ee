// `+ - * / %` over numbers, texts, lists, bytes, timestamps and durations. Division is exact; what is not a number any more is an error.
import type { Binary } from './ast';
import type { Evaluation } from './evaluation';
import { fail, tooMuch, type Scope } from './scope';
import { durationOf, timestampOf } from './times';
import { Duration, isList, kindOf, Timestamp, type Value } from './values';

/** The code of an arithmetic operator; the operands are not errors. */
export function arithmetic(node: Binary, scope: Scope): (a: Value, b: Value, evaluation: Evaluation) => Value {
  const undefinedFor = (a: Value, b: Value): Value => fail(scope, node.opSpan, 'type', `\`${node.op}\` is not defined for ${kindOf(a)} and ${kindOf(b)}.`);
  const finite = (value: number): Value => (Number.isFinite(value) ? value : fail(scope, node.opSpan, 'value', `The result of \`${node.op}\` is too large.`));
  const bounded = (value: Value | null): Value => value ?? fail(scope, node.opSpan, 'value', `The result of \`${node.op}\` is outside the years 1 to 9999.`);
  switch (node.op) {
    case '+':
      return (a, b, evaluation) => {
        if (typeof a === 'number' && typeof b === 'number') return finite(a + b);
        if (typeof a === 'string' && typeof b === 'string') return evaluation.spend((a.length + b.length) >> 4) ? a + b : tooMuch(scope, node);
        if (isList(a) && isList(b)) return evaluation.spend(a.length + b.length) ? [...a, ...b] : tooMuch(scope, node);
        if (a instanceof Timestamp && b instanceof Duration) return bounded(timestampOf(a.ms + b.ms));
        if (a instanceof Duration && b instanceof Timestamp) return bounded(timestampOf(a.ms + b.ms));
        if (a instanceof Duration && b instanceof Duration) return bounded(durationOf(a.ms + b.ms));
        if (a instanceof Uint8Array && b instanceof Uint8Array) return evaluation.spend((a.length + b.length) >> 3) ? Uint8Array.of(...a, ...b) : tooMuch(scope, node);
        return undefinedFor(a, b);
      };
    case '-':
      return (a, b) => {
        if (typeof a === 'number' && typeof b === 'number') return finite(a - b);
        if (a instanceof Timestamp && b instanceof Timestamp) return bounded(durationOf(a.ms - b.ms));
        if (a instanceof Timestamp && b instanceof Duration) return bounded(timestampOf(a.ms - b.ms));
        if (a instanceof Duration && b instanceof Duration) return bounded(durationOf(a.ms - b.ms));
        return undefinedFor(a, b);
      };
    case '*':
      return (a, b) => (typeof a === 'number' && typeof b === 'number' ? finite(a * b) : undefinedFor(a, b));
    case '/':
      return (a, b) => {
        if (typeof a !== 'number' || typeof b !== 'number') return undefinedFor(a, b);
        return b === 0 ? fail(scope, node.opSpan, 'value', 'Division by zero.') : finite(a / b);
      };
    default:
      return (a, b) => {
        if (typeof a !== 'number' || typeof b !== 'number') return undefinedFor(a, b);
        if (b === 0) return fail(scope, node.opSpan, 'value', 'Division by zero.');
        // `+ 0`: a negative zero is zero.
        return Number.isInteger(a) && Number.isInteger(b) ? (a % b) + 0 : fail(scope, node.opSpan, 'value', '`%` is defined on whole numbers only.');
      };
  }
}
