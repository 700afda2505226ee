// Silence counts as approval.
import { textOf } from '../../../yaml';
import { at } from '../../agent';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

const approval = (on: string): string => manifestWith(`approval: { default_resolver: desk, timeout_seconds: 600, on_timeout: ${on}, resolvers: { desk: {} } }\n`);

export const timeoutAllows: FormatRule<AcsSubject> = {
  code: 'format/acs/timeout-allows',
  severity: 'warning',
  title: 'An approval that nobody gives is taken as given',
  documentation: `With \`on_timeout: allow\` an action that waits for a person goes ahead when nobody answers in time. The specification permits it, and it makes the approval one that can be waited out.

**Evidence:** the specification lists \`deny\`, \`allow\` and \`suspend\` for \`approval.on_timeout\`.

**Mend it:** Use \`deny\`, or \`suspend\` where the work must not be lost.`,
  bad: { path: 'manifest.yaml', text: approval('allow') },
  good: { path: 'manifest.yaml', text: approval('deny') },
  check({ map }, report) {
    const node = at(map, 'approval', 'on_timeout');
    if (!node || textOf(node) !== 'allow') return;
    report({ span: spanOf(node), message: 'When nobody answers in time the action goes ahead, so that an approval can be waited out. Use `deny` or `suspend`.', fixes: [{ title: 'Deny when nobody answers', safe: false, edits: [{ span: spanOf(node), newText: 'deny' }] }] });
  },
};
