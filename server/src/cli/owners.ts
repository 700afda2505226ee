// Whose files are and who must approve a change of them, as `countersign owners` prints it.
import type { AgentOwner } from '../core/model';
import { LineIndex } from '../core/text';
import { changeApprovers, ownershipOfFile, subjectsOfFile, type ChangeApprover, type Ownership, type OwnerSource, type Workspace } from '../core/workspace';

export interface OwnersEntry {
  readonly file: string;
  readonly owner: { readonly team: string; readonly teams: AgentOwner['teams']; readonly source: OwnerSource } | null;
  readonly accountable: string | null;
  readonly contact: string | null;
  readonly oncall: string | null;
  /** who answers for what an agent says and decides */
  readonly outputs: string | null;
  /** where the owner was learned; lines from 0 */
  readonly learned: { readonly file: string; readonly line: number } | null;
  /** agents and documents that the file holds, each with its owner team */
  readonly covers: readonly { readonly kind: string; readonly name: string | null; readonly owner: string | null }[];
  readonly approvers: readonly Omit<ChangeApprover, 'handles'>[];
  /** whom to ask for a review on the platform: the handles of those who must approve, sorted */
  readonly reviewers: readonly string[];
}

/** Sorted by file. `files`: those that were named; null for all that hold something of ours. */
export function listOwners(workspace: Workspace, files: Iterable<string> | null): readonly OwnersEntry[] {
  const queries = workspace.ask();
  return [...new Set(files ?? queries.ownedFiles())].sort().map((file) => {
    const ownership = ownershipOfFile(queries, file);
    const approvers = changeApprovers(queries, file);
    return {
      file, owner: ownerOf(ownership), accountable: ownership.accountable, contact: ownership.contact, oncall: ownership.oncall, outputs: ownership.outputs, learned: placeOf(workspace, ownership),
      covers: subjectsOfFile(queries, file).map((subject) => ({ kind: subject.kind, name: subject.name, owner: subject.ownership.team })),
      approvers: approvers.map(({ because, id, from, count, people, optional }) => ({ because, id, from, count, people, optional })),
      reviewers: [...new Set(approvers.filter((one) => !one.optional).flatMap((one) => one.handles))].sort(),
    };
  });
}

const ownerOf = ({ team, teams, source }: Ownership): OwnersEntry['owner'] => (team === null || source === null ? null : { team, teams, source });

function placeOf(workspace: Workspace, { learned }: Ownership): OwnersEntry['learned'] {
  if (!learned) return null;
  const text = workspace.text(learned.path) ?? '';
  return { file: learned.path, line: new LineIndex(text.slice(0, learned.span.start)).position(learned.span.start).line };
}
