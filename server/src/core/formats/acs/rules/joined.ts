// What is found in a manifest together with those that it extends.
import type { FormatRuleInfo } from '../../rule';
import { CONFLICT, OUTSIDE, UNUSABLE } from '../merge';
import { manifestWith } from './example';

const base = (policy: string): string => `#- base.yaml\nagent_control_specification_version: 0.4.0-alpha.1\npolicies:\n  shared: { type: rego, bundle: ./policy, query: ${policy} }\nintervention_points:\n  output: { policy_target: $.output, policy: { id: shared } }\n`;
const extending = (more: string): string => manifestWith(`extends: [ base.yaml ]\n`).replace('policies:\n', `policies:\n  shared: { type: rego, bundle: ./policy, query: ${more} }\n`);

export const joinedRules: readonly FormatRuleInfo[] = [
  {
    code: CONFLICT,
    severity: 'error',
    title: 'Two manifests that contradict each other',
    documentation: `A manifest and those that it extends are joined by adding. What two of them define under one name must be the same in both, but for the annotations of a point; else the whole is refused and everything is denied.

**Evidence:** the specification (0.3.1 and 0.4), section \`extends\`: a conflicting duplicate definition fails closed.

**Mend it:** give one of them another name, or make the two the same. A manifest cannot change what it extends.`,
    bad: { path: 'manifest.yaml', text: `${extending('data.refunds.verdict')}${base('data.shared.verdict')}` },
    good: { path: 'manifest.yaml', text: `${extending('data.shared.verdict')}${base('data.shared.verdict')}` },
  },
  {
    code: UNUSABLE,
    severity: 'error',
    title: 'A base that cannot be had',
    documentation: `A manifest that extends what is not there, what leads back to itself, or another version of the specification, is refused as a whole, and everything is denied.
An \`https\` address is not fetched here: what hangs on it is unknown.

**Evidence:** the specification (0.3.1 and 0.4), section \`extends\`: a missing file, a cycle, another scheme and another version fail closed.

**Mend it:** correct the path.`,
    bad: { path: 'manifest.yaml', text: manifestWith('extends: [ gone.yaml ]\n') },
    good: { path: 'manifest.yaml', text: `${manifestWith('extends: [ base.yaml ]\n')}${base('data.shared.verdict')}` },
  },
  {
    code: OUTSIDE,
    severity: 'error',
    title: 'A base outside the manifest\'s folder',
    documentation: `Bases must lie in the folder of the manifest that is loaded, or below it. One that lies elsewhere makes the whole fail to load, and everything is denied.
A manifest that others extend is not reported: for it the folder of those counts.

**Evidence:** the specification (0.3.1 and 0.4), section \`extends\`: paths are confined to the tree rooted at the top manifest.

**Mend it:** move the base into the folder, or the manifest above it.`,
    bad: { path: 'agents/manifest.yaml', text: `${manifestWith('extends: [ ../base.yaml ]\n')}${base('data.shared.verdict')}` },
    good: { path: 'manifest.yaml', text: `${manifestWith('extends: [ base.yaml ]\n')}${base('data.shared.verdict')}` },
  },
];
