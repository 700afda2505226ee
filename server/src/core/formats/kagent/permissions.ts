// Confirmations that an agent resource asks for: each tool under `requireApproval` waits for the user, the others of its list run.
import { STRICTEST, toolRule, type ForeignPermissions } from '../permissions';
import type { KagentAgent } from './read-agent';

/** Null where no agent of the file asks for anything. */
export function permissionsOf(agents: readonly KagentAgent[]): ForeignPermissions | null {
  const asking = agents.filter(({ servers }) => servers.some(({ approval }) => approval.length > 0));
  if (asking.length === 0) return null;
  const rules = asking.flatMap(({ agent, servers }) => servers.flatMap(({ name, approval }) => approval.map((tool) => ({
    ...toolRule(`requireApproval ${name.value}/${tool.value}`, tool.span, 'require_approval', [`${name.value}/${tool.value}`]), agents: agents.length === 1 ? null : [agent.id],
  }))));
  return {
    family: 'kagent', governs: { kind: 'file' }, order: STRICTEST, rules, unknown: [],
    covers: [...new Set(asking.flatMap(({ servers }) => servers.map(({ name }) => `tool:${name.value}/*`))), 'agent:*'],
    default: { effect: 'allow', otherwise: [], words: 'a tool that `requireApproval` does not name runs without asking', span: null, rank: 1 },
  };
}
