// The days left of an expiry.
import { endOfDate, type Span } from '../../core/text';
import type { FileFacts, Workspace } from '../../core/workspace';
import { dateWords } from '../hover/value-words';
import type { Hint } from '../types';

const DAY = 86_400_000;

export function expiryHints(workspace: Workspace, facts: FileFacts, within: (span: Span) => boolean): readonly Hint[] {
  const found: Hint[] = [];
  for (const document of facts.documents) {
    for (const { node } of document.expiries) {
      if (!within(node)) continue;
      const text = daysLeft(node.text, workspace.now);
      const tooltip = dateWords(node.text, workspace.now, true);
      if (text !== null) found.push({ offset: node.end, text, kind: 'expiries', before: true, ...(tooltip ? { tooltip } : {}) });
    }
  }
  return found;
}

/** `44 days left`, `last day`, `expired 3 days ago`; null for what is no date. */
export function daysLeft(date: string, now: number): string | null {
  const end = endOfDate(date);
  if (end === null) return null;
  const days = Math.floor(end / DAY) - Math.floor(now / DAY);
  if (days === 0) return 'last day';
  return days > 0 ? `${days} ${days === 1 ? 'day' : 'days'} left` : `expired ${-days} ${days === -1 ? 'day' : 'days'} ago`;
}
