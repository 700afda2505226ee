// What looking at all requests at once says of what agents can do together: documentation; the findings are made in `analysis.ts`.
import { agent, catalog, policy } from '../examples';
import type { CodeDoc } from '../../rule';

const TOOLS = catalog('tools:\n  mail/read: { capabilities: [ingests-untrusted-content] }\n  crm/find: { capabilities: [reads-private-data] }\n  mail/send: { capabilities: [communicates-externally] }');
const ALLOW = policy('rules:\n  - { id: tools, effect: allow, actions: [call], resources: ["tool:*"] }');
const HAND = (rules: string): string =>
  `${catalog('tools:\n  payments/refund: {}')}${agent('lifecycle: production\nroles: [reader]\ndelegates: [clerk]', 'front-desk')}${agent('lifecycle: production\ntools: [payments/refund]', 'clerk')}${policy(`rules:\n  - { id: refunds, effect: allow, actions: [call], resources: ["tool:payments/refund"] }\n  - { id: not-readers, effect: deny, roles: [reader], actions: [call], resources: ["tool:payments/*"], reason: Readers touch no money. }\n${rules}`)}`;

export const CAPABILITY_ANALYSIS: readonly CodeDoc[] = [
  {
    code: 'capability/delegation-escalation', severity: 'warning', title: 'Delegation around a denial',
    doc: 'Rules deny an agent something, or ask for approval; an agent that it may hand work to without approval may do the same without approval. What the rule guards against happens by a detour.\n\nAsk for approval of the delegation, deny it, or let the rule look at `context.via`, which names the agents that handed the work on.',
    bad: HAND('  - { id: hand-over, effect: allow, agents: [front-desk], actions: [delegate], resources: ["agent:clerk"] }'),
    good: HAND('  - { id: hand-over, effect: require_approval, agents: [front-desk], actions: [delegate], resources: ["agent:clerk"], approval: { from: [user] } }'),
  },
  {
    code: 'capability/rule-of-two', severity: 'warning', title: 'Untrusted content, private data and a way out in one agent',
    doc: 'An agent, with those that it hands work to, takes in what strangers wrote, reads private data, and sends something out or changes something, all without approval in one environment. Whoever writes to it can then make it give the data away. At most two of the three are safe together.\n\nTake one of the three away, ask for approval of one, or give it to an agent of its own. What a tool can do is said by `capabilities` in the Catalog; what does not say so is not assumed.',
    bad: `${TOOLS}${agent('lifecycle: production\ntools: [mail/read, crm/find, mail/send]')}${ALLOW}`,
    good: `${TOOLS}${agent('lifecycle: production\ntools: [mail/read, crm/find]')}${ALLOW}`,
  },
];
