// A map of servers, wherever it stands (a file of its own, an agent's frontmatter), as servers with spans.
import type { Span } from '../../text';
import { resolve, valueOf, type MapNode, type ScalarNode } from '../../yaml';
import { spanOf, spannedItems, textField } from '../fields';
import type { ForeignServer, Transport } from '../format';
import type { Dialect } from './recognise';
import { packageOf } from './package';

export interface ServerEntry {
  readonly server: ForeignServer;
  readonly config: MapNode;
}

/** What the rules of this format look at. */
export interface McpSubject {
  readonly text: string;
  readonly dialect: Dialect;
  readonly entries: readonly ServerEntry[];
  /** the key that holds the servers, where VS Code would not look for them */
  readonly ignoredKey: ScalarNode | null;
  /** the key that it does look at stands beside it */
  readonly beside?: boolean;
  /** ids under `inputs` */
  readonly inputs: ReadonlySet<string>;
}

/** The entries that are maps; anything else is not a server. */
export function readServers(servers: MapNode): ServerEntry[] {
  return servers.pairs.flatMap((pair) => {
    const config = resolve(pair.value);
    if (config?.kind !== 'map' || pair.key.text === '') return [];
    return [{ config, server: readServer(pair.key, config, { start: pair.key.start, end: Math.max(pair.key.end, pair.value.end) }) }];
  });
}

const TRANSPORTS: ReadonlyMap<string, Transport> = new Map<string, Transport>([
  ['stdio', 'stdio'], ['local', 'stdio'], ['http', 'http'], ['streamable-http', 'http'], ['streamablehttp', 'http'], ['streamable_http', 'http'],
  ['remote', 'http'], ['sse', 'sse'], ['ws', 'ws'], ['websocket', 'ws'],
]);

export const isKnownType = (type: string): boolean => TRANSPORTS.has(type.toLowerCase());

function readServer(key: ScalarNode, config: MapNode, entry: Span): ForeignServer {
  const command = textField(config, 'command');
  const args = spannedItems(valueOf(config, 'args'));
  const url = textField(config, 'url') ?? textField(config, 'serverUrl') ?? textField(config, 'httpUrl');
  const type = textField(config, 'type')?.value ?? textField(config, 'transport')?.value;
  const transport = type === undefined ? (command ? 'stdio' : url ? 'http' : 'unknown') : (TRANSPORTS.get(type.toLowerCase()) ?? 'unknown');
  const tools = valueOf(config, 'tools');
  return {
    name: key.text,
    span: spanOf(key),
    entry,
    description: textField(config, 'description'),
    transport,
    command,
    args,
    url,
    package: command ? packageOf(command, args) : null,
    tools: tools?.kind === 'seq' && !spannedItems(tools).some((tool) => tool.value === '*') ? spannedItems(tools) : null,
  };
}
