// The findings of kagent resources, one line each.
import type { FormatRule } from '../../rule';
import type { KagentAgent } from '../read-agent';
import { approvalOfUnlistedTool } from './approval-of-unlisted-tool';

export interface KagentSubject {
  readonly agents: readonly KagentAgent[];
}

export const rules: readonly FormatRule<KagentSubject>[] = [
  approvalOfUnlistedTool,
];
