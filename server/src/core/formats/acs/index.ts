// Manifests of the Agent Control Specification, 0.3 and 0.4: which policy decides at which point of an agent's run.
import { isJson, isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format } from '../format';
import { runRules } from '../rule';
import { valueOf } from '../../yaml';
import { readManifest } from './read-manifest';
import { permissionsOf } from './permissions';
import { rules } from './rules';

const VERSION_KEY = 'agent_control_specification_version';

export const acs: Format = {
  id: 'acs',
  title: 'Agent Control Specification manifests',
  rules,
  canBe: (path) => isYaml(path) || isJson(path),
  recognise: (path, text) => text().includes(VERSION_KEY) && document(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = document(path, text);
    if (!root) return { format: 'acs', problems: [], agents: [], servers: [] };
    const manifest = readManifest(path, root.map);
    return {
      format: 'acs', agents: [manifest.agent], servers: [], bases: manifest.bases, permissions: permissionsOf(manifest),
      problems: [...syntaxProblems([root]), ...runRules(rules, { ...manifest, text, roots: [root.map] })],
    };
  },
};

/** The version at the root; a JSON Schema of manifests has it deeper. */
const document = (path: string, text: string): RootMap | null => rootMaps(path, text).find(({ map }) => valueOf(map, VERSION_KEY)?.kind === 'scalar') ?? null;
