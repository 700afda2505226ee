// Cedar as it is asked here: texts to policies, and questions about single expressions. What answers is given by the host, since it is large and loaded on demand.
import type { Span } from '../../text';

/** An expression, a value or a policy in Cedar's JSON form. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface CedarEngine {
  /** Never throws; a faulty statement is a fault, the others are policies. */
  parse(text: string): CedarText;
  /** Whether an expression over constants holds; `error` where it has no value, null where that cannot be told. */
  holds(expression: Json): boolean | 'error' | null;
  /** What a schema refuses in statements that could be read, each with its place in the whole text. Null where the schema cannot be read. `json`: it is in Cedar's JSON form. */
  validate(policies: readonly CedarPolicy[], text: string, schema: { readonly text: string; readonly json: boolean }): readonly CedarFault[] | null;
}

export interface CedarText {
  readonly policies: readonly CedarPolicy[];
  readonly faults: readonly CedarFault[];
}

export interface CedarPolicy {
  readonly effect: 'permit' | 'forbid';
  /** the whole statement, annotations included */
  readonly span: Span;
  readonly json: { readonly [key: string]: Json };
  readonly annotations: ReadonlyMap<string, string>;
}

export interface CedarFault {
  readonly span: Span;
  /** in Cedar's words, without the full stop */
  readonly message: string;
  /** what Cedar proposes */
  readonly help: string | null;
}

export const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
