// What a Standard asks, as plain data: the shipped ones, and those of the workspace.
import type { RequirementSeverity } from '../../documents';

export interface Requirement {
  /** the Standard's name */
  readonly standard: string;
  readonly id: string;
  /** `standard/<standard>/<requirement>` */
  readonly code: string;
  readonly severity: RequirementSeverity;
  readonly message: string;
  /** CEL; null: always asked for */
  readonly when: string | null;
  /** CEL */
  readonly require: string;
  /** a JSON Pointer into the manifest; null: the document as a whole */
  readonly at: string | null;
  /** the name of a snippet */
  readonly fix: string | null;
  readonly references: readonly string[];
  readonly tags: readonly string[];
}

export interface Standard {
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  /** the file that holds it; null for one that comes with Countersign */
  readonly path: string | null;
  readonly requirements: readonly Requirement[];
}

/** A Standard as the build writes it from its YAML. */
export interface ShippedStandard {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly requirements: readonly ShippedRequirement[];
}

export interface ShippedRequirement extends Omit<Requirement, 'standard' | 'code' | 'severity'> {
  readonly severity: string;
  /** Markdown: why it is asked, and how it is met */
  readonly why: string;
  /** files after `.countersign.yaml`, or the lines of an agent's `spec` */
  readonly bad: string;
  readonly good: string;
}

export const codeOf = (standard: string, requirement: string): string => `standard/${standard}/${requirement}`;
