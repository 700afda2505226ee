// A problem with its file and severity: what diagnostics, reports and the command line show.
import type { Problem } from '../text';

export type Severity = 'error' | 'warning' | 'information' | 'hint';
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export interface Finding extends Problem {
  /** relative to the workspace folder, forward slashes */
  readonly path: string;
  readonly severity: Severity;
  /** the text under the finding is a secret: reports never show the line */
  readonly sensitive?: boolean;
  /** a waiver that counts turned it into a hint, whatever severity settings give it */
  readonly waived?: boolean;
}
