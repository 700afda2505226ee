// The findings of AgentCore policies, one line each.
import type { CedarFault } from '../../cedar';
import type { FormatRule } from '../../rule';
import type { PolicyHead } from '../read-policies';
import { actionName } from './action-name';
import { gatewayMissing } from './gateway-missing';
import { syntax } from './syntax';

export interface AgentCoreSubject {
  readonly heads: readonly PolicyHead[];
  /** what Cedar cannot read; none as long as it is not loaded */
  readonly faults: readonly CedarFault[];
}

export const rules: readonly FormatRule<AgentCoreSubject>[] = [
  actionName,
  gatewayMissing,
  syntax,
];
