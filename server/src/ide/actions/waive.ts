// A waiver for a requirement that cannot be met yet: with its reason, somebody who may approve it, and an end.
import { insertSnippet, type Finding } from '../../core/lint';
import { AGENTS, type Workspace } from '../../core/workspace';
import type { CodeAction } from '../types';
import { byFile, documentAt } from './edits';
import { withKnownNames } from './known-names';

/** How long a proposed waiver holds. */
const DAYS = 90;

export function waiveAction(workspace: Workspace, path: string, finding: Finding): CodeAction | null {
  if (!finding.code.startsWith('standard/') || finding.waived) return null;
  const text = workspace.text(path);
  const at = documentAt(workspace, path, finding.span.start);
  const document = workspace.facts(path)?.documents.find((one) => one.index === at?.index);
  if (text === null || document?.kind !== 'Agent' || document.syntax.length > 0) return null;
  const requirement = finding.code.slice('standard/'.length);
  const until = new Date(workspace.now + DAYS * 86_400_000).toISOString().slice(0, 10);
  const body = `waivers:\n  - requirement: ${requirement}\n    reason: \${1:why it cannot be met yet}\n    approvedBy: \${2:team}\n    expires: \${3:${until}}`;
  const agent = workspace.shared(AGENTS).ofDocument(path, document.index);
  const filled = withKnownNames(workspace, body, { team: agent?.owner?.team ?? null, accountable: null });
  const edits = insertSnippet({ text, json: at?.json ?? false, root: document.root }, filled, ['spec', 'waivers']);
  return edits.length === 0 ? null : { title: `Waive ${requirement} with a reason`, kind: 'quickfix', edits: byFile(path, edits), snippet: true, mends: [finding] };
}
