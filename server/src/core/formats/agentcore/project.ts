// `agentcore/agentcore.json`: the project of AgentCore's command line, which names the agents that are deployed and the gateways with their policies.
import { parseJson, resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { bareAgent, fieldsOf, mapsOf } from '../agent';
import { textField } from '../fields';
import type { CedarEngine } from '../cedar';
import type { ForeignAgent, ForeignFile } from '../format';
import { endsWithPath } from '../paths';
import { runRules } from '../rule';
import { syntaxProblem } from '../syntax';
import { projectPolicies } from './project-policies';
import { projectRules } from './rules/project';
import { secretInClear } from './rules/secret-in-clear';

export const isProject = (path: string): boolean => endsWithPath(path, 'agentcore/agentcore.json');

const rootOf = (text: string): MapNode | null => {
  const root = resolve(parseJson(text, { comments: true }).documents[0]?.root);
  return root?.kind === 'map' ? root : null;
};

/** Keys that only such a project has. */
const OWN: readonly string[] = ['runtimes', 'agents', 'agentCoreGateways', 'policyEngines'];

export const recogniseProject = (text: string): boolean => {
  const root = rootOf(text);
  return root !== null && textOf(valueOf(root, 'name')) !== null && OWN.some((key) => valueOf(root, key)?.kind === 'seq');
};

/** Which tools a runtime calls stands in its code. */
export function readProject(text: string, cedar: CedarEngine | null = null): ForeignFile {
  const document = parseJson(text, { comments: true }).documents[0];
  const problems = (document?.problems ?? []).map((problem) => syntaxProblem(problem));
  const root = rootOf(text);
  if (!root) return { format: 'agentcore', problems, agents: [], servers: [] };
  problems.push(...runRules([secretInClear], { text, roots: [root] }));
  problems.push(...runRules(projectRules, { gateways: mapsOf(valueOf(root, 'agentCoreGateways')) }));
  const own = projectPolicies(text, root, cedar);
  problems.push(...own.problems);
  return { format: 'agentcore', problems, ...(own.any ? { permissions: own.permissions, ...(cedar ? {} : { awaits: 'cedar' as const }) } : {}), agents: [...mapsOf(valueOf(root, 'runtimes')), ...mapsOf(valueOf(root, 'agents'))].flatMap(agentOf), servers: [] };
}

function agentOf(map: MapNode): ForeignAgent[] {
  const name = textField(map, 'name');
  return name ? [{ ...bareAgent(name.value, name.span), title: name, purpose: textField(map, 'description'), environment: textField(map, 'networkMode'), fields: fieldsOf(map) }] : [];
}
