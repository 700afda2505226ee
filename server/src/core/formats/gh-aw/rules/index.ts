// The findings of agentic workflows, one line each.
import type { MapNode } from '../../../yaml';
import type { FormatRule } from '../../rule';
import { openNetwork } from './open-network';
import { writesWithUntrustedInput } from './writes-with-untrusted-input';

export interface WorkflowSubject {
  readonly root: MapNode;
  readonly text: string;
}

export const rules: readonly FormatRule<WorkflowSubject>[] = [
  openNetwork,
  writesWithUntrustedInput,
];

export { wholeRules } from './whole';
