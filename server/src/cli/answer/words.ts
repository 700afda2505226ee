// What is decided and what is done, in words that can be read aloud.
import type { Outcome } from '../../core/analysis';
import { listed } from '../../ide';

const PHRASES: Readonly<Record<string, string>> = { respond: 'respond on', deploy: 'deploy to', delegate: 'delegate to', invoke: 'use', read: 'read', write: 'write to', delete: 'delete from' };

/** `respond on`, `call` */
export const phraseOf = (action: string): string => PHRASES[action] ?? action;

/** `needs approval of finance-operations within 4h` */
export function outcomeWords({ effect, approvals }: Outcome): string {
  if (effect === 'allow') return '✓ may';
  if (effect === 'unknown') return '? cannot be told';
  const whose = approvals.map(({ from, count, within }) => `${count > 1 && Number.isFinite(count) ? `${count} of ` : ''}${from.length > 0 ? listed(from, 'or') : 'nobody'}${within === null ? '' : ` within ${within}`}`);
  return `⚠ needs approval${whose.length > 0 ? ` of ${whose.join(', and of ')}` : ''}`;
}
