// What a file's status item and decoration say: whose it is, and who must approve a change of it.
import { changeApprovers, ownershipOfFile, subjectsOfFile, type ChangeApprover, type Ownership, type Workspace } from '../../core/workspace';
import { agentsOfFile } from '../../core/workspace';
import { gateStates } from './approvals';
import { policiesFor } from './lens';

export interface FileOwners {
  readonly ownership: Ownership;
  /** agents and documents that the file holds */
  readonly subjects: readonly { readonly kind: string; readonly name: string | null; readonly team: string | null }[];
  readonly approvers: readonly ChangeApprover[];
  /** of the file's agents together */
  readonly policies: number;
  readonly gates: { readonly open: number; readonly all: number };
  /** nobody owns something that somebody should own */
  readonly unowned: boolean;
}

/** Null for a file that holds nothing that somebody should own, and in a workspace that says nothing of owners. */
export function fileOwners(workspace: Workspace, path: string): FileOwners | null {
  const queries = workspace.ask();
  const subjects = subjectsOfFile(queries, path).map(({ kind, name, ownership }) => ({ kind, name, team: ownership.team }));
  if (subjects.length === 0 || !queries.governed()) return null;
  const agents = agentsOfFile(queries, path);
  const gates = agents.flatMap((agent) => gateStates(workspace, agent));
  return {
    ownership: ownershipOfFile(queries, path), subjects, approvers: changeApprovers(queries, path),
    policies: Math.max(0, ...agents.map((agent) => policiesFor(workspace, agent))),
    gates: { open: gates.filter((gate) => gate.open).length, all: gates.length },
    unowned: agents.some((agent) => agent.owner === null),
  };
}
