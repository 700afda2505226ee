// `server.json`: a server as the public registry lists it, with its packages and its remote addresses.
import { parseJson, resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { spanOf, textField } from '../fields';
import type { ForeignFile, ForeignServer, ServerPackage } from '../format';
import { baseName } from '../paths';
import { runRules } from '../rule';
import { syntaxProblem } from '../syntax';
import { readServers, type ServerEntry } from './read-servers';
import { serverRules } from './rules';
import { registryRules } from './rules/registry';

/** What the rules of this shape look at. */
export interface RegistrySubject {
  readonly text: string;
  readonly root: MapNode;
}

export const isRegistryName = (path: string): boolean => baseName(path).toLowerCase() === 'server.json';

const NAME = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[\w.-]+$/i;

/** By its schema, or by a name of the registry's form beside packages or remotes. */
export function recogniseRegistry(text: string): boolean {
  if (!text.includes('"name"')) return false;
  const root = parseJson(text, { comments: true }).documents[0]?.root ?? null;
  const name = textOf(valueOf(root, 'name'));
  const listed = ['packages', 'remotes'].some((key) => valueOf(root, key)?.kind === 'seq');
  return name !== null && (/modelcontextprotocol/.test(textOf(valueOf(root, '$schema')) ?? '') || (NAME.test(name) && listed));
}

export function readRegistry(_path: string, text: string): ForeignFile {
  const document = parseJson(text, { comments: true }).documents[0];
  const problems = (document?.problems ?? []).map((problem) => syntaxProblem(problem));
  const root = resolve(document?.root);
  if (root?.kind !== 'map') return { format: 'mcp', problems, agents: [], servers: [] };
  problems.push(...runRules(registryRules, { text, root }));
  const entries = remoteEntries(root);
  problems.push(...runRules(serverRules, { text, dialect: 'other', entries, ignoredKey: null, inputs: new Set<string>() }));
  const server = serverOf(root, entries);
  return { format: 'mcp', problems, agents: [], servers: server ? [server] : [] };
}

const items = (node: Node | null): readonly Node[] => (node?.kind === 'seq' ? node.items : []);

/** Each remote address as the entry of a server, so that what holds for addresses holds for these. */
function remoteEntries(root: MapNode): ServerEntry[] {
  const name = root.pairs.find((pair) => pair.key.text === 'name');
  return name ? items(valueOf(root, 'remotes')).flatMap((remote) => {
    const value = resolve(name.value);
    return value?.kind === 'scalar' ? readServers({ kind: 'map', flow: true, start: value.start, end: remote.end, pairs: [{ key: value, value: remote }] }) : [];
  }) : [];
}

function serverOf(root: MapNode, remotes: readonly ServerEntry[]): ForeignServer | null {
  const name = textField(root, 'name');
  if (!name) return null;
  const first = items(valueOf(root, 'packages'))[0] ?? null;
  const remote = remotes[0]?.server;
  return {
    name: name.value, span: name.span, entry: spanOf(root), description: textField(root, 'description'),
    transport: first ? 'stdio' : (remote?.transport ?? 'unknown'), command: null, args: [], url: first ? null : (remote?.url ?? null), package: first ? packageOf(first) : null, tools: null,
  };
}

const REGISTRIES = ['npm', 'pypi', 'nuget', 'oci'] as const;

function packageOf(node: Node): ServerPackage | null {
  const type = textField(resolve(node), 'registryType')?.value;
  const registry = REGISTRIES.find((known) => known === type);
  const name = textField(resolve(node), 'identifier');
  if (!registry || !name) return null;
  const version = textField(resolve(node), 'version')?.value ?? null;
  return { registry, name: name.value, version, pinned: registry === 'oci' && name.value.includes('@sha256:') ? true : version !== null && version !== 'latest' && !/[\^~*x<>]/.test(version), runner: textField(resolve(node), 'runtimeHint')?.value ?? registry, span: name.span };
}
