// MCP configuration: which tool servers an editor or an agent starts or connects to.
import type { ForeignFile, Format } from '../format';
import { endsWithPath } from '../paths';
import { runRules } from '../rule';
import { syntaxProblem } from '../syntax';
import { pairOf, parseJson, resolve, textOf, valueOf, type Node } from '../../yaml';
import { allServers, canBeMcp, recogniseMcp } from './recognise';
import { readServers } from './read-servers';
import { isRegistryName, readRegistry, recogniseRegistry } from './registry';
import { rules } from './rules';
import { registryRules } from './rules/registry';

export const mcp: Format = {
  id: 'mcp',
  title: 'MCP configuration',
  rules: [...rules, ...registryRules],
  canBe: (path) => canBeMcp(path) || isRegistryName(path),
  recognise: (path, text) => (canBeMcp(path) && recogniseMcp(path, text)) || (isRegistryName(path) && recogniseRegistry(text())),
  read: (path, text) => (isRegistryName(path) && recogniseRegistry(text) ? readRegistry(path, text) : readMcp(path, text)),
};

function readMcp(path: string, text: string): ForeignFile {
  const blank = text.trim() === '';
  const document = blank ? null : (parseJson(text, { comments: true }).documents[0] ?? null);
  const problems = (document?.problems ?? []).map((problem) => syntaxProblem(problem));
  const root = document?.root ?? null;
  const entries = allServers(path, root).map((found) => ({ ...found, entries: readServers(found.servers) }));
  const inputs = inputIds(root);
  const shared = valueOf(root, 'mcpServers');
  // an empty section ignores nothing, unless it is all that the file has
  const ignoredKey = endsWithPath(path, '.vscode/mcp.json') && shared?.kind === 'map' && (shared.pairs.length > 0 || entries[0]?.key !== 'servers') ? (pairOf(root, 'mcpServers')?.key ?? null) : null;
  for (const [at, { dialect, key, entries: own }] of entries.entries()) {
    problems.push(...runRules(rules, { text, dialect, entries: own, ignoredKey: at === 0 ? ignoredKey : null, beside: key === 'servers', inputs }));
  }
  // one name under two keys is one server for whoever counts them
  const servers = new Map(entries.flatMap((one) => one.entries.map(({ server }) => [server.name, server] as const)));
  return { format: 'mcp', problems, agents: [], servers: [...servers.values()] };
}

function inputIds(root: Node | null): Set<string> {
  const inputs = valueOf(root, 'inputs');
  return new Set(inputs?.kind === 'seq' ? inputs.items.flatMap((item) => textOf(valueOf(resolve(item), 'id')) ?? []) : []);
}
