// The agent may reach any host.
import { valueOf } from '../../../yaml';
import { at } from '../../agent';
import { spannedItems } from '../../fields';
import type { FormatRule } from '../../rule';
import type { WorkflowSubject } from './index';

const example = (allowed: string): string => `---
on: { schedule: daily }
permissions: { contents: read }
engine: copilot
network: { allowed: [${allowed}] }
---
# Collect the news
`;

export const openNetwork: FormatRule<WorkflowSubject> = {
  code: 'format/gh-aw/open-network',
  severity: 'warning',
  title: 'An agent that may reach any host',
  documentation: `\`network.allowed\` with \`*\` switches the workflow's firewall off: what the agent read can be sent anywhere (documentation of GitHub agentic workflows, "Network permissions").

**Evidence:** the documentation of GitHub agentic workflows ("Network Permissions") lets the agent reach only what \`network.allowed\` names.

**Mend it:** Name the hosts, or the ecosystems such as \`defaults\` and \`node\`, that the work needs.`,
  bad: { path: '.github/workflows/news.md', text: example('"*"') },
  good: { path: '.github/workflows/news.md', text: example('defaults, news.example.com') },
  check({ root }, report) {
    for (const { value, span } of spannedItems(at(valueOf(root, 'network'), 'allowed'))) {
      if (value === '*') report({ span, message: 'The agent may reach any host, so what it reads can be sent anywhere. Name the hosts that the work needs.' });
    }
  },
};
