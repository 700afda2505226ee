// What is found in a policy together with those that it extends.
import type { FormatRuleInfo } from '../../rule';
import { UNUSABLE, WEAKENS } from '../merge';
import { policyWith } from './example';

const base = (name: string): string => `#- policies/base.yaml\napiVersion: governance.toolkit/v1\nname: base\nagents: ["*"]\nrules:\n  - { name: ${name}, condition: "amount > 900", action: deny }\n`;
const extending = (file: string, action: string): string => policyWith('"amount > 500"', { action }).text.replace('name: refunds\n', `name: refunds\nextends: ${file}\n`);

export const joinedRules: readonly FormatRuleInfo[] = [
  {
    code: WEAKENS,
    severity: 'warning',
    title: 'A rule that its parent forbids',
    documentation: `Where a policy that is extended denies with a rule, a rule of the same name that allows or logs is left out: a child may add to its parent and not weaken it. The engine writes a line to its log and goes on without the rule.

**Evidence:** the toolkit's loader of \`extends\` (Python), which keeps the names of its parents' denials.

**Mend it:** name the rule otherwise and say when it holds, or change the parent.`,
    bad: { path: 'policies/refunds.yaml', text: `${extending('base.yaml', 'allow')}${base('large')}` },
    good: { path: 'policies/refunds.yaml', text: `${extending('base.yaml', 'allow')}${base('huge')}` },
  },
  {
    code: UNUSABLE,
    severity: 'error',
    title: 'A parent that cannot be loaded',
    documentation: `A policy that extends what is not there, what lies outside its own folder, or what leads back to itself, is not loaded at all. An engine without a policy denies everything.

**Evidence:** the toolkit's loader of \`extends\` (Python) raises an error in these cases.

**Mend it:** correct the path, or move the parent into the folder.`,
    bad: { path: 'policies/refunds.yaml', text: extending('gone.yaml', 'deny') },
    good: { path: 'policies/refunds.yaml', text: `${extending('base.yaml', 'deny')}${base('large')}` },
  },
];
