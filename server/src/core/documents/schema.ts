// The part of JSON Schema that the schemas of this language use, and our annotations (`x-...`) in them.
import type { PlainValue, ScalarValue } from '../yaml';

export type SchemaName = 'agent' | 'catalog' | 'policy' | 'standard' | 'policytest' | 'snippets' | 'config';
export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** What a text in a document can name or declare. */
export type NameKind =
  | 'team' | 'person' | 'role' | 'environment' | 'region' | 'tool' | 'server' | 'data' | 'agent' | 'model' | 'channel' | 'system' | 'integration' | 'queue' | 'oncall'
  | 'policy' | 'rule' | 'variable' | 'standard' | 'requirement' | 'catalog' | 'policytest' | 'library' | 'snippet' | 'file' | 'party' | 'action' | 'resource' | 'code' | 'format';

/** `if` of a condition: keys that must be there, and texts that they must have. */
export interface Test {
  readonly properties?: Readonly<Record<string, { readonly enum: readonly string[] }>>;
  readonly required?: readonly string[];
}

/** `then` or `else` of a condition: keys that are needed, keys that must not be there. */
export interface Demand {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, false>>;
  /** said instead of the general words; `{key}` stands for the key */
  readonly 'x-message'?: string;
}

export interface Condition {
  readonly if: Test;
  readonly then: Demand;
  readonly else?: Demand;
}

/** Checked by the build: no other keyword occurs, and the branches of a union differ by type. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly PlainValue[];
  readonly default?: PlainValue;
  readonly type?: JsonType | readonly JsonType[];
  readonly const?: ScalarValue;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Condition[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, boolean>>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  /** `pattern`, compiled by the build */
  readonly regexp?: RegExp;
  readonly format?: string;

  /** the text names something of this kind */
  readonly 'x-ref'?: NameKind;
  /** how the name is checked: as a reference (default), by the checks of waivers, or not at all */
  readonly 'x-check'?: 'reference' | 'waiver' | 'none';
  /** the text is an entry of a pattern list over names of this kind */
  readonly 'x-patterns'?: NameKind;
  /** the text (or, in `propertyNames`, the key) declares a name; `document`: one of the document's own kind */
  readonly 'x-declares'?: NameKind | 'document';
  /** false: two declarations of the name are not a conflict */
  readonly 'x-unique'?: boolean;
  /** a map whose keys together name something: `provider` and `name` of a model */
  readonly 'x-ref-join'?: { readonly kind: NameKind; readonly keys: readonly string[]; readonly separator: string };
  /** the keys are patterns */
  readonly 'x-pattern-key'?: boolean;
  /** the text is a condition in CEL with the variables of a policy or a standard */
  readonly 'x-condition'?: 'policy' | 'standard';
  /** past this date something stops to hold */
  readonly 'x-expires'?: boolean;
  /** the path may hold `*` */
  readonly 'x-glob'?: boolean;
  /** a pattern list that must not consist of exclusions alone */
  readonly 'x-exclusions-alone'?: boolean;
  /** values to offer where others are allowed too */
  readonly 'x-values'?: Readonly<Record<string, string>>;
  /** what a value must be, in words that follow "must be" */
  readonly 'x-words'?: string;
  /** keys that authors expect here and that stand elsewhere: where */
  readonly 'x-elsewhere'?: Readonly<Record<string, string>>;
  /** body in snippet syntax that inserts the key */
  readonly 'x-snippet'?: string;
}

/** True for a choice between named values (`oneOf` of `const`). */
export const isChoice = (schema: Schema): boolean => schema.oneOf !== undefined && schema.oneOf.every((branch) => branch.const !== undefined);

/** The texts that are allowed where the schema allows named values only, else null. */
export function choices(schema: Schema): readonly string[] | null {
  if (typeof schema.const === 'string') return [schema.const];
  return isChoice(schema) ? (schema.oneOf ?? []).map((branch) => String(branch.const)) : null;
}

export const typesOf = (schema: Schema): readonly JsonType[] =>
  schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
