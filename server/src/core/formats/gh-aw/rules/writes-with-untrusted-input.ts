// An agent that reads what strangers write holds a token that can write.
import { resolve, textOf, valueOf, type MapNode } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { WorkflowSubject } from './index';

const example = (contents: string): string => `---
on:
  issues: { types: [opened] }
permissions: { contents: ${contents}, issues: read }
engine: copilot
safe-outputs: { add-comment: {} }
---
# Sort the issue
`;

/** Events whose text anybody can write. */
const OPEN: ReadonlySet<string> = new Set(['issues', 'issue_comment', 'discussion', 'discussion_comment', 'pull_request_target', 'pull_request_review_comment', 'slash_command', 'command', 'reaction']);
/** The events that start the workflow with text of strangers. */
export function openEvents(root: MapNode): readonly string[] {
  const on = resolve(valueOf(root, 'on'));
  const events = on?.kind === 'map' ? on.pairs.map((pair) => pair.key.text) : on?.kind === 'seq' ? on.items.flatMap((item) => textOf(item) ?? []) : on ? [textOf(on) ?? ''] : [];
  return events.filter((event) => OPEN.has(event));
}

/** Permissions with which something of the repository can be changed; others are the platform's own. */
const CHANGES: ReadonlySet<string> = new Set(['contents', 'issues', 'pull-requests', 'actions', 'packages', 'deployments', 'discussions', 'pages', 'workflows', 'checks', 'statuses', 'repository-projects']);

export const writesWithUntrustedInput: FormatRule<WorkflowSubject> = {
  code: 'format/gh-aw/writes-with-untrusted-input',
  severity: 'warning',
  title: 'A token that writes beside text of strangers',
  documentation: `The workflow starts from text that anybody can write (an issue, a comment), and the agent itself holds a permission to write. Instructions in that text can make it use the permission.

**Evidence:** the documentation of GitHub agentic workflows keeps the agent's job read-only and writes through \`safe-outputs\` for this reason.

**Mend it:** Agentic workflows have \`safe-outputs\` for this: the agent only proposes, and a job of its own, with checks, writes. Keep \`permissions\` at \`read\` and list what may be written under \`safe-outputs\`.`,
  bad: { path: '.github/workflows/triage.md', text: example('write') },
  good: { path: '.github/workflows/triage.md', text: example('read') },
  check({ root }, report) {
    const [open] = openEvents(root);
    if (open === undefined) return;
    const permissions = resolve(valueOf(root, 'permissions'));
    const say = (what: string): string => `The agent starts from \`${open}\`, which strangers can write, and its token has ${what}. Use \`read\` and let \`safe-outputs\` write.`;
    if (permissions?.kind === 'scalar' && permissions.value === 'write-all') report({ span: spanOf(permissions), message: say('every permission to write') });
    if (permissions?.kind === 'map') for (const pair of permissions.pairs) {
      if (CHANGES.has(pair.key.text) && textOf(pair.value) === 'write') report({ span: spanOf(pair.value), message: say(`\`${pair.key.text}: write\``) });
    }
  },
};
