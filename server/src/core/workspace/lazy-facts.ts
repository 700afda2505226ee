// Facts of which a part is made when asked for. Classes, so that thousands of them share one shape; a copy by spreading lacks what is lazy.
import type { ConditionPlace, DocumentProblem, ExpiryPlace, Kind, NameKind, Reference, SchemaName } from '../documents';
import type { Span } from '../text';
import type { Node, PlainValue, SyntaxProblem } from '../yaml';
import type { DocumentFacts, Places, RulePlace } from './facts';
import type { Declared } from './names';
import { placesOf } from './places';

export class DocumentFactsOf implements DocumentFacts {
  readonly index: number;
  readonly kind: Kind | null;
  readonly schema: SchemaName | null;
  readonly name: string | null;
  readonly at: Span;
  readonly span: Span;
  readonly syntax: readonly SyntaxProblem[];
  readonly problems: readonly DocumentProblem[];
  readonly references: readonly Reference[];
  readonly conditions: readonly ConditionPlace[];
  readonly expiries: readonly ExpiryPlace[];
  readonly rules: readonly RulePlace[];
  readonly places: Places;

  constructor(
    private readonly tree: () => Node | null,
    private readonly plain: () => PlainValue,
    facts: Omit<DocumentFacts, 'root' | 'value' | 'places'>,
  ) {
    this.index = facts.index;
    this.kind = facts.kind;
    this.schema = facts.schema;
    this.name = facts.name;
    this.at = facts.at;
    this.span = facts.span;
    this.syntax = facts.syntax;
    this.problems = facts.problems;
    this.references = facts.references;
    this.conditions = facts.conditions;
    this.expiries = facts.expiries;
    this.rules = facts.rules;
    this.places = placesOf(tree);
  }

  get root(): Node | null {
    return this.tree();
  }

  get value(): PlainValue {
    return this.plain();
  }
}

export class DeclaredWith implements Declared {
  readonly kind: NameKind;
  readonly name: string;
  readonly path: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly pattern: boolean;
  readonly unique: boolean;
  readonly document: number;
  readonly ours: boolean;
  readonly fingerprint: string;

  constructor(
    private readonly plain: () => PlainValue,
    declared: Omit<Declared, 'value'>,
  ) {
    this.kind = declared.kind;
    this.name = declared.name;
    this.path = declared.path;
    this.span = declared.span;
    this.nameSpan = declared.nameSpan;
    this.pattern = declared.pattern;
    this.unique = declared.unique;
    this.document = declared.document;
    this.ours = declared.ours;
    this.fingerprint = declared.fingerprint;
  }

  /** Whether this is what a declaration of the same entry of the same file says. */
  isOf({ kind, name, pattern, unique }: Pick<Declared, 'kind' | 'name' | 'pattern' | 'unique'>, document: number): boolean {
    return this.kind === kind && this.name === name && this.pattern === pattern && this.unique === unique && this.document === document;
  }

  /** The same, where it stands now. */
  at(span: Span, nameSpan: Span): DeclaredWith {
    const stays = this.span.start === span.start && this.span.end === span.end && this.nameSpan.start === nameSpan.start && this.nameSpan.end === nameSpan.end;
    return stays ? this : new DeclaredWith(this.plain, { ...this, span, nameSpan });
  }

  get value(): PlainValue {
    return this.plain();
  }
}
