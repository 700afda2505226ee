// A decision as JSON: offsets become lines, both from 0.
import type { Decision, Obligation } from '../model';
import { LineIndex, type Range, type Span } from '../text';

export interface RuleJson {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly range: Range;
}

export interface DecisionJson {
  readonly effect: Decision['effect'];
  readonly cause: Decision['cause'];
  readonly rules: readonly RuleJson[];
  readonly approvals: readonly { readonly rule: string; readonly from: readonly string[]; readonly count: number; readonly within?: string; readonly distinct?: true; readonly people: readonly string[] }[];
  readonly obligations: readonly { readonly [name: string]: string | readonly string[] }[];
  readonly warnings: readonly string[];
  readonly incomplete: boolean;
  readonly unknown: readonly string[];
  readonly trace: readonly (RuleJson & {
    readonly effect: string;
    readonly matched: boolean;
    readonly because: string;
    readonly detail: string;
    readonly values: readonly { readonly range: Range; readonly text: string; readonly value: unknown; readonly error?: string }[];
    readonly error: { readonly message: string; readonly range: Range } | null;
  })[];
}

/** `text` gives the text of a file. */
export function decisionJson(decision: Decision, text: (path: string) => string): DecisionJson {
  const lines = new Map<string, LineIndex>();
  const range = (file: string, span: Span): Range => {
    let index = lines.get(file);
    if (!index) lines.set(file, (index = new LineIndex(text(file))));
    return index.range(span);
  };
  const place = (file: string, span: Span): Omit<RuleJson, 'id'> => {
    const at = range(file, span);
    return { file, line: at.start.line, range: at };
  };
  const { effect, cause, warnings, incomplete, unknown } = decision;
  return {
    effect, cause,
    rules: decision.rules.map(({ id, file, span }) => ({ id, ...place(file, span) })),
    approvals: decision.approvals.map(({ rule, from, count, within, distinct, people }) => ({ rule, from, count, ...(within === null ? {} : { within }), ...(distinct ? { distinct } : {}), people })),
    obligations: decision.obligations.map(obligationJson),
    warnings, incomplete, unknown,
    trace: decision.trace.map(({ id, file, span, effect: of, matched, because, detail, values, error }) => ({
      id, ...place(file, span), effect: of, matched, because, detail,
      values: values.map((value) => ({ range: range(file, value.span), text: value.text, value: value.value, ...(value.error === null ? {} : { error: value.error }) })),
      error: error && { message: error.message, range: range(file, error.span) },
    })),
  };
}

export const obligationJson = ({ name, value }: Obligation): { readonly [name: string]: string | readonly string[] } => ({ [name]: value });
