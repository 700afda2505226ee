// Policies of Microsoft's Agent Governance Toolkit, in the dialects of its engines.
import { isJson, isYaml, syntaxProblems } from '../document';
import type { ForeignFile, Format } from '../format';
import { runRules } from '../rule';
import { permissionsOf } from './permissions';
import { policyOf } from './read-policy';
import { rules } from './rules';

export const agt: Format = {
  id: 'agt',
  title: 'Agent Governance Toolkit policies',
  rules,
  canBe: (path) => isYaml(path) || isJson(path),
  recognise(path, text) {
    const content = text();
    return (content.includes('governance.toolkit/') || (content.includes('version') && content.includes('rules') && content.includes('action'))) && policyOf(path, content) !== null;
  },
  read(path, text): ForeignFile {
    const found = policyOf(path, text);
    if (!found) return { format: 'agt', problems: [], agents: [], servers: [] };
    const { root, policy } = found;
    return { format: 'agt', problems: [...syntaxProblems([root]), ...runRules(rules, policy)], agents: [], servers: [], permissions: permissionsOf(policy) };
  },
};
