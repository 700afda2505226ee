// MCP configuration: which tool servers an editor or an agent starts or connects to.
import type { ForeignFile, Format } from '../format';
import { runRules } from '../rule';
import { syntaxProblem } from '../syntax';
import { pairOf, parseJson, resolve, textOf, valueOf, type Node } from '../../yaml';
import { canBeMcp, findServers, recogniseMcp } from './recognise';
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
  const found = findServers(path, root);
  if (!found) return { format: 'mcp', problems, agents: [], servers: [] };
  const entries = readServers(found.servers);
  const ignoredKey = found.dialect === 'vscode' && found.key === 'mcpServers' ? (pairOf(root, 'mcpServers')?.key ?? null) : null;
  problems.push(...runRules(rules, { text, dialect: found.dialect, entries, ignoredKey, inputs: inputIds(root) }));
  return { format: 'mcp', problems, agents: [], servers: entries.map((entry) => entry.server) };
}

function inputIds(root: Node | null): Set<string> {
  const inputs = valueOf(root, 'inputs');
  return new Set(inputs?.kind === 'seq' ? inputs.items.flatMap((item) => textOf(valueOf(resolve(item), 'id')) ?? []) : []);
}
