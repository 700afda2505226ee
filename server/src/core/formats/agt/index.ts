// Policies of Microsoft's Agent Governance Toolkit, in the dialects of its engines.
import type { Problem } from '../../text';
import { isJson, isYaml, syntaxProblems } from '../document';
import type { ForeignFile, Format, JoinedFile, OtherFiles } from '../format';
import { resolveBeside } from '../paths';
import { runRules } from '../rule';
import { mergePolicy } from './merge';
import { otherPermissions, permissionsOf } from './permissions';
import { factsOf, policyOf, type PolicyFacts } from './read-policy';
import { joinedRules, rules } from './rules';

export const agt: Format = {
  id: 'agt',
  title: 'Agent Governance Toolkit policies',
  rules: [...rules, ...joinedRules],
  canBe: (path) => isYaml(path) || isJson(path),
  recognise(path, text) {
    const content = text();
    return (content.includes('governance.toolkit/') || (content.includes('version') && content.includes('rules') && content.includes('action'))) && policyOf(path, content) !== null;
  },
  read(path, text): ForeignFile {
    const found = policyOf(path, text);
    if (!found) return { format: 'agt', problems: [], agents: [], servers: [] };
    const { root, policy } = found;
    const problems = [...syntaxProblems([root]), ...runRules(rules, policy)];
    const other = otherPermissions(policy);
    return other ? { format: 'agt', problems, agents: [], servers: [], permissions: [other] } : wholeFile(path, factsOf(policy), problems);
  },
};

/** With what it extends, where it extends something. Its tree is not in sight, so that nothing here keeps it. */
function wholeFile(path: string, policy: PolicyFacts, problems: readonly Problem[]): ForeignFile {
  const joined = (others: OtherFiles): JoinedFile => {
    const whole = mergePolicy(path, policy, others);
    return { agents: [], problems: whole.problems, permissions: permissionsOf(policy, whole) };
  };
  // alone, what it extends may be anywhere
  const { permissions } = joined({ file: () => null, text: () => null, exists: () => true, ofFormat: () => [], cedar: null });
  const written = policy.bases.map(({ value }) => value);
  const uses = written.flatMap((base) => resolveBeside(path, base) ?? []).filter((target) => target !== path);
  return { format: 'agt', problems, agents: [], servers: [], permissions, detail: policy, ...(written.length > 0 ? { joined, uses, bases: written } : {}) };
}
