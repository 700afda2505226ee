// A Standard: its requirements.
import type { CountersignDocument } from '../document';
import { metadataView, specOf, type MetadataView } from './metadata';
import { condition, type ConditionField } from './policy';
import { at, implied, itemsAt, located, oneOfAt, textAt, textsAt, type Cursor, type Field, type Located } from './read';

export const REQUIREMENT_SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type RequirementSeverity = (typeof REQUIREMENT_SEVERITIES)[number];

export interface StandardView {
  readonly metadata: MetadataView;
  readonly requirements: readonly RequirementView[];
}

export interface RequirementView extends Located {
  /** in the list as it is written */
  readonly index: number;
  readonly id: Field<string> | null;
  readonly require: ConditionField | null;
  readonly when: ConditionField | null;
  readonly message: Field<string> | null;
  /** `warning` where nothing else is said */
  readonly severity: Field<RequirementSeverity>;
  /** a JSON Pointer */
  readonly at: Field<string> | null;
  readonly fix: Field<string> | null;
  readonly references: readonly Field<string>[];
  readonly tags: readonly Field<string>[];
}

/** What a Standard document says. */
export function standardView(document: CountersignDocument): StandardView {
  return { metadata: metadataView(document), requirements: itemsAt(specOf(document), 'requirements')?.flatMap((item) => (item.node.kind === 'map' ? [requirement(item)] : [])) ?? [] };
}

const requirement = (item: Cursor): RequirementView => ({
  ...located(item), index: Number(item.path[item.path.length - 1]), id: textAt(item, 'id'), require: condition(at(item, 'require')), when: condition(at(item, 'when')), message: textAt(item, 'message'),
  severity: oneOfAt(item, 'severity', REQUIREMENT_SEVERITIES) ?? implied<RequirementSeverity>('warning', located(item)), at: textAt(item, 'at'), fix: textAt(item, 'fix'),
  references: textsAt(item, 'references') ?? [], tags: textsAt(item, 'tags') ?? [],
});
