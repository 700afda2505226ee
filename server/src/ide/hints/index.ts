// Inlay hints: the team behind a tool, the people behind `from`, the days left of an expiry, who has approved, and owners that are said elsewhere.
import { touches, type Span } from '../../core/text';
import type { FileFacts, Workspace } from '../../core/workspace';
import type { Hint } from '../types';
import { approvalHints } from './approvals';
import { expiryHints } from './expiries';
import { ownerHints } from './owners';
import { peopleHints } from './people';

/** More than this in one stretch nobody reads. */
const MAX_HINTS = 1_000;

export function hints(workspace: Workspace, path: string, range: Span): readonly Hint[] {
  const facts: FileFacts | null = workspace.facts(path);
  if (!facts || (facts.role !== 'countersign' && facts.role !== 'foreign')) return [];
  const within = (span: Span): boolean => span.start < range.end && range.start < span.end && touches(range, span.end);
  return [ownerHints, peopleHints, expiryHints, approvalHints]
    .flatMap((make) => make(workspace, facts, within))
    .sort((a, b) => a.offset - b.offset)
    .slice(0, MAX_HINTS);
}
