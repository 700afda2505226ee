// Manifests of the Agent Control Specification, 0.3 and 0.4: which policy decides at which point of an agent's run.
import { valueOf } from '../../yaml';
import { isJson, isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignAgent, ForeignFile, Format, JoinedFile, OtherFiles } from '../format';
import { resolveBeside } from '../paths';
import { runRules } from '../rule';
import { candidates } from './cedar-policy';
import { mapValue, readDetail, type AcsDetail } from './detail';
import { mergeManifest } from './merge';
import { permissionsOf } from './permissions';
import { readManifest } from './read-manifest';
import { joinedRules, rules } from './rules';
import { inlineFaults } from './rules/cedar-syntax';

const VERSION_KEY = 'agent_control_specification_version';

export const acs: Format = {
  id: 'acs',
  title: 'Agent Control Specification manifests',
  rules: [...rules, ...joinedRules],
  canBe: (path) => isYaml(path) || isJson(path),
  recognise: (path, text) => text().includes(VERSION_KEY) && document(path, text()) !== null,
  read(path, text, cedar = null): ForeignFile {
    const root = document(path, text);
    if (!root) return { format: 'acs', problems: [], agents: [], servers: [] };
    const manifest = readManifest(path, root.map);
    // what is kept with the file must not keep its tree
    const { agent } = manifest;
    const detail = readDetail(root.map, agent);
    // what has no point of its own and extends nothing is a part of other manifests, and no agent
    const isPart = manifest.points.length === 0 && detail.bases.length === 0;
    const joined = (others: OtherFiles): JoinedFile => {
      const merged = mergeManifest(path, detail, others);
      return { agents: isPart ? [] : [wholeAgent(agent, merged.agents)], problems: merged.problems, permissions: permissionsOf(merged, agent.span, others) };
    };
    // alone, what it extends may be anywhere
    const alone = joined({ file: () => null, text: () => null, exists: () => true, ofFormat: () => [], cedar });
    const uses = usedBy(path, detail);
    return {
      format: 'acs', agents: isPart ? [] : [agent], servers: [], bases: manifest.bases, permissions: alone.permissions, detail, joined, uses,
      ...(cedar === null && holdsCedar(detail) ? { awaits: 'cedar' as const } : {}),
      problems: [...syntaxProblems([root]), ...runRules(rules, { ...manifest, text, roots: [root.map], faults: cedar ? inlineFaults(text, root.map, cedar) : [] })],
    };
  },
};

const holdsCedar = ({ sections }: AcsDetail): boolean => [...sections.policies.values()].some(({ value }) => mapValue(value)['type'] === 'cedar');

function usedBy(path: string, { bases, sections }: AcsDetail): readonly string[] {
  const paths = new Set<string>();
  for (const { kind, written } of bases) {
    const target = kind === 'path' ? resolveBeside(path, written) : null;
    if (target !== null && target !== path) paths.add(target);
  }
  for (const { value } of sections.policies.values()) {
    const fields = mapValue(value);
    if (fields['type'] === 'cedar') for (const key of ['policy_path', 'entities_path']) for (const file of candidates(path, fields[key])) paths.add(file);
  }
  return [...paths];
}

/** The agent with the tools of all manifests that it extends, and what else they say of it. */
function wholeAgent(own: ForeignAgent, all: readonly ForeignAgent[]): ForeignAgent {
  const bases = all.filter((agent) => agent !== own);
  if (bases.length === 0) return own;
  const tools = [...own.tools];
  for (const { tools: more } of bases) for (const tool of more) if (!tools.some(({ pattern }) => pattern === tool.pattern)) tools.push({ ...tool, span: own.span });
  const first = <T>(values: readonly (T | null)[]): T | null => values.find((value) => value !== null) ?? null;
  const place = <T extends { readonly span: ForeignAgent['span'] }>(value: T | null): T | null => value && { ...value, span: own.span };
  return { ...own, tools, purpose: own.purpose ?? place(first(bases.map(({ purpose }) => purpose))), owner: own.owner ?? place(first(bases.map(({ owner }) => owner))) };
}

/** The version at the root; a JSON Schema of manifests has it deeper. */
const document = (path: string, text: string): RootMap | null => rootMaps(path, text).find(({ map }) => valueOf(map, VERSION_KEY)?.kind === 'scalar') ?? null;
