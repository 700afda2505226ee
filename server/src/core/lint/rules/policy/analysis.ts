// What looking at all requests at once says of rules and of the capabilities that manifests declare: documentation; the findings are made in `analysis.ts`.
import { agent, catalog, policy } from '../examples';
import type { CodeDoc } from '../../rule';

const TOOLS = catalog('tools:\n  payments/refund:\n    input: { type: object, required: [amount], properties: { amount: { type: number, minimum: 0 } } }\n  payments/report: {}');
const AGENT = agent('lifecycle: production\nroles: [clerk]\ntools: [payments/refund]');
const rules = (...list: readonly string[]): string => `${TOOLS}${AGENT}${policy(`rules:\n${list.map((one) => `  - { ${one} }`).join('\n')}`)}`;
const LARGE = 'id: large, effect: deny, actions: [call], resources: ["tool:payments/refund"], when: args.amount > 500';
const ALLOW = 'id: refunds, effect: allow, actions: [call], resources: ["tool:payments/refund"]';

export const POLICY_ANALYSIS: readonly CodeDoc[] = [
  {
    code: 'policy/unsatisfiable-rule', severity: 'error', title: 'A rule that no request can match',
    doc: 'Whatever agent asks for whatever: the matchers exclude one another, or the condition is never true. The rule says something that cannot happen, so it is not what was meant.\n\nLook for bounds that exclude one another (`args.amount > 500 && args.amount < 100`), for an action that does not go with the resource (`read` with `tool:...`), and for values that the tool\'s `input` does not allow.',
    bad: rules(ALLOW, 'id: never, effect: deny, actions: [call], resources: ["tool:payments/refund"], when: args.amount > 500 && args.amount < 100'),
    good: rules(ALLOW, LARGE),
  },
  {
    code: 'policy/shadowed-rule', severity: 'warning', title: 'A rule that never decides',
    doc: 'Wherever the rule matches, stronger rules match as well and decide: a denial stands before an approval, an approval before an allowance. Of a rule that obliges: all that it asks for is asked for already. Taking it away changes nothing.\n\nNarrow the rules that stand before it, or remove it.',
    bad: rules(ALLOW, LARGE, 'id: huge, effect: require_approval, actions: [call], resources: ["tool:payments/refund"], when: args.amount > 1000, approval: { from: [user] }'),
    good: rules(ALLOW, LARGE, 'id: medium, effect: require_approval, actions: [call], resources: ["tool:payments/refund"], when: args.amount > 100, approval: { from: [user] }'),
  },
  {
    code: 'policy/redundant-rule', severity: 'hint', title: 'A rule that others cover',
    doc: 'Other rules of the same effect, with the same approvals and obligations, match wherever this one does. Of two equal rules the later is meant.\n\nRemove it, or make it say something of its own.',
    bad: rules(ALLOW, 'id: small, effect: allow, actions: [call], resources: ["tool:payments/refund"], when: args.amount < 100'),
    good: rules('id: refunds, effect: require_approval, actions: [call], resources: ["tool:payments/refund"], approval: { from: [user] }', 'id: small, effect: require_approval, actions: [call], resources: ["tool:payments/refund"], when: args.amount < 100, approval: { from: [user], count: 2 }'),
  },
  {
    code: 'policy/conflict', severity: 'hint', title: 'An allowance and a denial that meet',
    doc: 'Some requests match both, and neither rule lies within the other, so that the one is not simply an exception to the other. Where both match, it is denied.\n\nIf that is meant, say why in the `reason` of the denial; else make the two exclude one another.',
    bad: rules('id: small, effect: allow, actions: [call], resources: ["tool:payments/refund"], when: args.amount < 500', 'id: medium, effect: deny, actions: [call], resources: ["tool:payments/refund"], when: args.amount > 100'),
    good: rules('id: small, effect: allow, actions: [call], resources: ["tool:payments/refund"], when: args.amount < 500', 'id: medium, effect: deny, actions: [call], resources: ["tool:payments/refund"], when: args.amount >= 500'),
  },
  {
    code: 'policy/dead-grant', severity: 'warning', title: 'An allowance that no agent can use',
    doc: 'No agent of the workspace declares what the rule allows, has the role that it asks for, or may run where it holds.\n\nRemove the rule, or declare the capability in the manifest of the agent that is meant.',
    bad: rules(ALLOW, 'id: reports, effect: allow, actions: [call], resources: ["tool:payments/report"]'),
    good: rules(ALLOW),
  },
  {
    code: 'policy/dead-capability', severity: 'warning', title: 'A declared tool that can never be used',
    doc: 'The manifest declares the tool, and every call of it is denied, whatever the arguments, the environment and the time.\n\nRemove it from `tools`, or have a policy that allows it.',
    bad: `${TOOLS}${agent('lifecycle: production\ntools:\n  - payments/refund\n  - payments/report')}${policy(`rules:\n  - { ${ALLOW} }`)}`,
    good: rules(ALLOW),
  },
  {
    code: 'policy/uncovered', severity: 'hint', title: 'Requests that no rule speaks of',
    doc: 'The rules for a tool decide by its arguments, and some arguments are left over: no rule speaks of them, so they are denied by default. Often a bound was forgotten (`< 100` and `> 100` leave out 100 itself).\n\nSay what is meant for them, be it a denial with its reason.',
    bad: rules('id: small, effect: allow, actions: [call], resources: ["tool:payments/refund"], when: args.amount < 100', 'id: large, effect: require_approval, actions: [call], resources: ["tool:payments/refund"], when: args.amount > 100, approval: { from: [user] }'),
    good: rules('id: small, effect: allow, actions: [call], resources: ["tool:payments/refund"], when: args.amount < 100', 'id: large, effect: require_approval, actions: [call], resources: ["tool:payments/refund"], when: args.amount >= 100, approval: { from: [user] }'),
  },
];
