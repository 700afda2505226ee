// A Policy: its scope, variables and rules; what is malformed stays visible through the document's problems at the same paths.
import { resolve, type Plain, type PlainValue, type ScalarNode } from '../../yaml';
import { plainValue } from '../../yaml';
import type { CountersignDocument } from '../document';
import { metadataView, specOf, type MetadataView } from './metadata';
import { at, booleanAt, entriesAt, implied, items, itemsAt, located, mapAt, numberAt, oneOfAt, textAt, textsAt, type Cursor, type Field, type Located } from './read';

export const EFFECTS = ['allow', 'require_approval', 'deny', 'oblige'] as const;
export type Effect = (typeof EFFECTS)[number];
export const ACTIONS = ['call', 'read', 'write', 'delete', 'delegate', 'invoke', 'respond', 'deploy'] as const;
export type Action = (typeof ACTIONS)[number];
export const RESOURCE_TYPES = ['tool', 'data', 'agent', 'model', 'channel', 'environment'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** A pattern list; null where the key is absent or no list. */
export type Patterns = readonly Field<string>[] | null;

/** A condition; its scalar maps offsets of the text to the file. */
export interface ConditionField extends Field<string> {
  readonly node: ScalarNode;
}

export interface PolicyView {
  readonly metadata: MetadataView;
  readonly scope: (Located & { readonly agents: Patterns; readonly roles: Patterns; readonly environments: Patterns }) | null;
  readonly variables: readonly (Located & { readonly name: Field<string>; readonly condition: ConditionField | null })[];
  readonly rules: readonly RuleView[];
}

export interface RuleView extends Located {
  /** in the list as it is written */
  readonly index: number;
  readonly id: Field<string> | null;
  readonly effect: Field<Effect> | null;
  readonly agents: Patterns;
  readonly roles: Patterns;
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly environments: Patterns;
  readonly when: ConditionField | null;
  readonly unless: ConditionField | null;
  readonly approval: ApprovalView | null;
  readonly obligations: readonly ObligationView[] | null;
  readonly expires: Field<string> | null;
  readonly reason: Field<string> | null;
  readonly owner: Field<string> | null;
  /** the keys that the rule has, of whatever value: an absent field is not a faulty one */
  readonly keys: ReadonlySet<string>;
}

export interface ApprovalView extends Located {
  readonly from: readonly Field<string>[] | null;
  readonly count: Field<number>;
  readonly within: Field<string> | null;
  readonly distinct: Field<boolean>;
}

export const OBLIGATIONS = ['log', 'redact', 'notify', 'ticket', 'disclose', 'limit', 'warn'] as const;
export type ObligationName = (typeof OBLIGATIONS)[number];

/** `{ log: full }` and the like. */
export interface ObligationView extends Located {
  readonly name: ObligationName;
  readonly key: Field<string>;
  /** a text, or a list of texts for `redact` and `notify` */
  readonly value: string | readonly string[];
}

/** What a Policy document says. */
export function policyView(document: CountersignDocument): PolicyView {
  const spec = specOf(document);
  const scope = mapAt(spec, 'scope');
  return {
    metadata: metadataView(document),
    scope: scope ? { ...located(scope), agents: textsAt(scope, 'agents'), roles: textsAt(scope, 'roles'), environments: textsAt(scope, 'environments') } : null,
    variables: entriesAt(spec, 'variables')?.map(({ name, value }) => ({ ...located(value), name, condition: condition(value) })) ?? [],
    rules: itemsAt(spec, 'rules')?.flatMap((item) => (item.node.kind === 'map' ? [rule(item)] : [])) ?? [],
  };
}

function rule(item: Cursor): RuleView {
  const approval = mapAt(item, 'approval');
  return {
    ...located(item), index: Number(item.path[item.path.length - 1]), id: textAt(item, 'id'), effect: oneOfAt(item, 'effect', EFFECTS),
    agents: textsAt(item, 'agents'), roles: textsAt(item, 'roles'), actions: textsAt(item, 'actions'), resources: textsAt(item, 'resources'), environments: textsAt(item, 'environments'),
    when: condition(at(item, 'when')), unless: condition(at(item, 'unless')),
    approval: approval ? { ...located(approval), from: textsAt(approval, 'from'), count: numberAt(approval, 'count') ?? implied(1, located(approval)), within: textAt(approval, 'within'), distinct: booleanAt(approval, 'distinct') ?? implied(false, located(approval)) } : null,
    obligations: obligationsOf(at(item, 'obligations')),
    expires: textAt(item, 'expires'), reason: textAt(item, 'reason'), owner: textAt(item, 'owner'),
    keys: new Set(item.node.kind === 'map' ? item.node.pairs.map((pair) => pair.key.text) : []),
  };
}

export function condition(cursor: Cursor | null): ConditionField | null {
  const node = cursor?.node;
  return cursor && node?.kind === 'scalar' && typeof node.value === 'string' ? { value: node.value, node, span: { start: node.start, end: node.end }, path: cursor.path } : null;
}

/** The obligations of a list that are well formed; null where there is no list. */
export function obligationsOf(cursor: Cursor | null): readonly ObligationView[] | null {
  return items(cursor)?.flatMap((item) => {
    const pair = item.node.kind === 'map' && item.node.pairs.length === 1 ? item.node.pairs[0] : undefined;
    const name = OBLIGATIONS.find((known) => known === pair?.key.text);
    const node = resolve(pair?.value);
    const value = name && node ? obligationValue(name, node) : null;
    return pair && name && value !== null ? [{ ...located(item), name, key: { value: name, span: { start: pair.key.start, end: pair.key.end }, path: [...item.path, name] }, value }] : [];
  }) ?? null;
}

function obligationValue(name: ObligationName, node: Plain): string | readonly string[] | null {
  const value: PlainValue = plainValue(node);
  if (name === 'redact' || name === 'notify') return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : null;
  return typeof value === 'string' ? value : null;
}
