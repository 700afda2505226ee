// A tool server as a Kubernetes resource.
import { valueOf, type MapNode } from '../../yaml';
import { at } from '../agent';
import { spanOf, spannedItems, textField } from '../fields';
import type { Transport } from '../format';
import type { ServerEntry } from '../mcp/read-servers';

const PROTOCOLS: ReadonlyMap<string, Transport> = new Map<string, Transport>([['SSE', 'sse'], ['STREAMABLE_HTTP', 'http']]);

/** `RemoteMCPServer` has an address; `ToolServer` and `MCPServer` may have a command. */
export function readServer(map: MapNode): ServerEntry[] {
  const name = textField(at(map, 'metadata'), 'name');
  const spec = at(map, 'spec');
  if (!name || spec?.kind !== 'map') return [];
  const config = [at(spec, 'config', 'streamableHttp'), at(spec, 'config', 'sse'), at(spec, 'config', 'stdio'), at(spec, 'deployment')].find((node) => node?.kind === 'map');
  const own = config?.kind === 'map' ? config : spec;
  const url = textField(own, 'url') ?? textField(spec, 'url');
  const command = textField(own, 'command') ?? textField(own, 'cmd');
  const protocol = textField(spec, 'protocol')?.value ?? '';
  return [{
    config: own,
    server: {
      name: name.value, span: name.span, entry: spanOf(map), description: textField(spec, 'description'),
      transport: PROTOCOLS.get(protocol.toUpperCase()) ?? (url ? 'http' : command ? 'stdio' : 'unknown'),
      command, args: spannedItems(valueOf(own, 'args')), url, package: null, tools: null,
    },
  }];
}
