// A PolicyTest: requests with the decisions that they must get.
import { plainValue, type PlainValue } from '../../yaml';
import type { CountersignDocument } from '../document';
import { metadataView, specOf, type MetadataView } from './metadata';
import { obligationsOf, type ObligationView, type Patterns } from './policy';
import { at, itemsAt, located, numberAt, text, textAt, textsAt, type Cursor, type Field, type Located } from './read';

export interface PolicyTestView {
  readonly metadata: MetadataView;
  /** null: all policies */
  readonly policies: Patterns;
  readonly at: Field<string> | null;
  readonly cases: readonly TestCaseView[];
}

export interface TestCaseView extends Located {
  /** in the list as it is written */
  readonly index: number;
  readonly name: Field<string> | null;
  readonly at: Field<string> | null;
  /** the short form, as it is written */
  readonly request: (Located & { readonly value: PlainValue }) | null;
  readonly expect: ExpectationView | null;
}

/** What is not said is null, and not compared. The short form `expect: allow` is `{ effect: allow }`. */
export interface ExpectationView extends Located {
  readonly effect: Field<string> | null;
  readonly cause: Field<string> | null;
  readonly rules: readonly Field<string>[] | null;
  readonly obligations: readonly ObligationView[] | null;
  readonly approvals: readonly (Located & { readonly from: readonly Field<string>[] | null; readonly count: Field<number> | null })[] | null;
  readonly from: readonly Field<string>[] | null;
}

/** What a PolicyTest document says. */
export function policyTestView(document: CountersignDocument): PolicyTestView {
  const spec = specOf(document);
  return { metadata: metadataView(document), policies: textsAt(spec, 'policies'), at: textAt(spec, 'at'), cases: itemsAt(spec, 'cases')?.flatMap((item) => (item.node.kind === 'map' ? [testCase(item)] : [])) ?? [] };
}

function testCase(item: Cursor): TestCaseView {
  const request = at(item, 'request');
  return {
    ...located(item), index: Number(item.path[item.path.length - 1]), name: textAt(item, 'name'), at: textAt(item, 'at'),
    request: request?.node.kind === 'map' ? { ...located(request), value: plainValue(request.node) } : null, expect: expectation(at(item, 'expect')),
  };
}

function expectation(cursor: Cursor | null): ExpectationView | null {
  if (!cursor) return null;
  const short = text(cursor);
  if (!short && cursor.node.kind !== 'map') return null;
  return {
    ...located(cursor), effect: short ?? textAt(cursor, 'effect'), cause: textAt(cursor, 'cause'), rules: textsAt(cursor, 'rules'), obligations: obligationsOf(at(cursor, 'obligations')),
    approvals: itemsAt(cursor, 'approvals')?.flatMap((item) => (item.node.kind === 'map' ? [{ ...located(item), from: textsAt(item, 'from'), count: numberAt(item, 'count') }] : [])) ?? null,
    from: textsAt(cursor, 'from'),
  };
}
