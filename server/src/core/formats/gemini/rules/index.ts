// The findings of Gemini's files, one line each.
import type { FormatRule, FormatRuleInfo } from '../../rule';
import type { GeminiRule } from '../read-rules';
import type { GeminiSettings } from '../settings';
import { anchoredPattern } from './anchored-pattern';
import { disabledWorkspacePolicy } from './disabled-workspace-policy';
import { extensionAllows } from './extension-allows';
import { priorityRange } from './priority-range';
import { trustedServer } from './trusted-server';
import { underscoreServer } from './underscore-server';
import { unknownDecision } from './unknown-decision';
import { unreachableRule } from './unreachable-rule';

export interface PolicySubject {
  readonly path: string;
  readonly rules: readonly GeminiRule[];
  readonly tier: number;
}

export const policyRules: readonly FormatRule<PolicySubject>[] = [
  disabledWorkspacePolicy,
  unknownDecision,
  priorityRange,
  underscoreServer,
  unreachableRule,
  anchoredPattern,
];

/** Of policies that belong to an extension. */
export const extensionRules: readonly FormatRule<PolicySubject>[] = [
  extensionAllows,
];

export const settingsRules: readonly FormatRule<GeminiSettings>[] = [
  trustedServer,
];

export const rules: readonly FormatRuleInfo[] = [...policyRules, ...extensionRules, ...settingsRules];
