// The findings of AgentCore policies, one line each.
import type { FormatRule } from '../../rule';
import type { CedarPolicy } from '../read-policies';
import { actionName } from './action-name';
import { gatewayMissing } from './gateway-missing';

export const rules: readonly FormatRule<readonly CedarPolicy[]>[] = [
  actionName,
  gatewayMissing,
];
