// Which JSON files configure MCP servers: the path says whether to look, the content whether it is one.
import { parseJson, resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { baseName, endsWithPath, folders } from '../paths';

/** Names under which tools look for their servers. */
const NAMES = new Set([
  'mcp.json', '.mcp.json', 'mcp_config.json', 'mcp-config.json', 'mcp_servers.json', 'mcp-servers.json', 'mcpservers.json',
  'mcp_settings.json', 'cline_mcp_settings.json', 'claude_desktop_config.json',
]);
const FOLDER = /^\.?mcps?$|^mcp[-_]?(?:servers?|configs?|json)$/i;
const NEVER = /^(?:package|package-lock|npm-shrinkwrap|tsconfig.*|jsconfig|composer|deno)\.json$/i;

export function canBeMcp(path: string): boolean {
  const name = baseName(path).toLowerCase();
  if (!name.endsWith('.json') && !name.endsWith('.jsonc')) return false;
  if (NEVER.test(name) || folders(path).includes('.well-known')) return false;
  return NAMES.has(name) || name.endsWith('.mcp.json') || folders(path).some((folder) => FOLDER.test(folder));
}

/** Which tool's reading of the file applies. */
export type Dialect = 'claude' | 'vscode' | 'copilot-agent' | 'other';

export interface ServersMap {
  readonly dialect: Dialect;
  /** the key that holds the servers; null where the file is a bare map of them */
  readonly key: 'mcpServers' | 'servers' | null;
  readonly servers: MapNode;
}

/** All maps of servers in a parsed file: `.vscode/mcp.json` is read by one tool, which knows one key; a file elsewhere may serve two, each by its own. */
export function allServers(path: string, root: Node | null): readonly ServersMap[] {
  const found = findServers(path, root);
  if (!found) return [];
  const shared = found.key === 'servers' && !endsWithPath(path, '.vscode/mcp.json') ? valueOf(root, 'mcpServers') : null;
  return shared?.kind === 'map' ? [found, { dialect: baseName(path) === '.mcp.json' ? 'claude' : 'other', key: 'mcpServers', servers: shared }] : [found];
}

/** Finds the servers in a parsed file, or null where it is not MCP configuration. */
export function findServers(path: string, root: Node | null): ServersMap | null {
  const map = resolve(root);
  if (map?.kind !== 'map') return null;
  const inVscode = endsWithPath(path, '.vscode/mcp.json');
  const claude = baseName(path) === '.mcp.json';
  const own = valueOf(map, 'servers');
  if (own?.kind === 'map') {
    const emptyWithInputs = own.pairs.length === 0 && valueOf(map, 'inputs')?.kind === 'seq';
    if (inVscode || emptyWithInputs || holdsServers(own)) return { dialect: 'vscode', key: 'servers', servers: own };
  }
  const shared = valueOf(map, 'mcpServers');
  if (shared?.kind === 'map' && shared.pairs.every((pair) => resolve(pair.value)?.kind !== 'seq')) {
    return { dialect: inVscode ? 'vscode' : claude ? 'claude' : 'other', key: 'mcpServers', servers: shared };
  }
  const bare = claude && own === null && shared === null && map.pairs.length > 0 && map.pairs.every((pair) => isServer(pair.value));
  return bare ? { dialect: 'claude', key: null, servers: map } : null;
}

export function recogniseMcp(path: string, text: () => string): boolean {
  const content = text();
  if (endsWithPath(path, '.vscode/mcp.json') && content.trim() === '') return true;
  if (!content.includes('{')) return false;
  const root = parseJson(content, { comments: true }).documents[0]?.root ?? null;
  if (findServers(path, root)) return true;
  const map = resolve(root);
  if (!endsWithPath(path, '.vscode/mcp.json') || map?.kind !== 'map') return false;
  return map.pairs.length === 0 || map.pairs.some((pair) => pair.key.text === 'inputs' || pair.key.text === 'servers');
}

const holdsServers = (map: MapNode): boolean =>
  map.pairs.every((pair) => resolve(pair.value)?.kind === 'map') && map.pairs.some((pair) => isServer(pair.value));

function isServer(node: Node): boolean {
  return resolve(node)?.kind === 'map' && (textOf(valueOf(node, 'command')) !== null || textOf(valueOf(node, 'url')) !== null);
}
