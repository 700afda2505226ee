// Servers behind a gateway, and the rules on who may call which of their tools.
import { resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { at, mapsOf } from '../agent';
import { spanOf, spannedItems, spannedText, textField } from '../fields';
import type { ForeignServer, Spanned } from '../format';
import { packageOf } from '../mcp/package';
import type { ServerEntry } from '../mcp/read-servers';

export type RuleKind = 'allow' | 'deny' | 'require';

export interface GatewayRule {
  readonly kind: RuleKind;
  readonly expression: Spanned<string>;
}

export interface Gateway {
  readonly servers: readonly ServerEntry[];
  /** null where the file has no `mcpAuthorization` */
  readonly rules: readonly GatewayRule[] | null;
  /** the keys `mcpAuthorization` */
  readonly authorizations: readonly Node[];
  readonly authenticated: boolean;
}

const MAX_DEPTH = 40;

export function readConfig(root: MapNode): Gateway {
  const servers: ServerEntry[] = [];
  const rules: GatewayRule[] = [];
  const authorizations: Node[] = [];
  let authenticated = false;
  const seen = new Set<Node>();
  const walk = (node: Node, depth: number): void => {
    const here = resolve(node);
    if (!here || depth > MAX_DEPTH || seen.has(here)) return;
    seen.add(here);
    if (here.kind === 'seq') for (const item of here.items) walk(item, depth + 1);
    if (here.kind !== 'map') return;
    for (const pair of here.pairs) {
      if (pair.key.text === 'targets') for (const target of mapsOf(pair.value)) servers.push(...serverOf(target));
      if (pair.key.text === 'mcpAuthorization') {
        authorizations.push(pair.key);
        rules.push(...rulesOf(at(pair.value, 'rules')));
      }
      if (/^(?:mcpAuthentication|jwtAuth|apiKey|basicAuth|extAuthz|oidc)$/.test(pair.key.text)) authenticated = true;
      walk(pair.value, depth + 1);
    }
  };
  walk(root, 0);
  return { servers, rules: authorizations.length > 0 ? rules : null, authorizations, authenticated };
}

/** A lone text allows. */
function rulesOf(node: Node | null): GatewayRule[] {
  const list = resolve(node);
  if (list?.kind !== 'seq') return [];
  return list.items.flatMap((item): GatewayRule[] => {
    const text = spannedText(item);
    if (text) return [{ kind: 'allow', expression: text }];
    return (['allow', 'deny', 'require'] as const).flatMap((kind): GatewayRule[] => {
      const expression = textField(item, kind);
      return expression ? [{ kind, expression }] : [];
    });
  });
}

function serverOf(target: MapNode): ServerEntry[] {
  const name = textField(target, 'name');
  if (!name) return [];
  const stdio = at(target, 'stdio');
  const remote = ['mcp', 'sse', 'openapi', 'streamableHttp'].map((key) => at(target, key)).find((node) => node?.kind === 'map') ?? null;
  const command = textField(stdio, 'cmd') ?? textField(stdio, 'command');
  const args = spannedItems(valueOf(stdio, 'args'));
  const config = stdio?.kind === 'map' ? stdio : remote?.kind === 'map' ? remote : target;
  const server: ForeignServer = {
    name: name.value, span: name.span, entry: spanOf(target), description: null, transport: command ? 'stdio' : remote ? 'http' : 'unknown',
    command, args, url: textField(remote, 'host') ?? textField(remote, 'url'), package: command ? packageOf(command, args) : null, tools: null,
  };
  return [{ config, server }];
}

/** A gateway's file: binds with listeners, or MCP targets at the root. */
export function isGateway(root: MapNode): boolean {
  const binds = mapsOf(valueOf(root, 'binds'));
  if (binds.some((bind) => valueOf(bind, 'listeners') !== null)) return true;
  const mcp = valueOf(root, 'mcp');
  const direct = mcp?.kind === 'map' && mapsOf(valueOf(mcp, 'targets')).some((target) => ['stdio', 'mcp', 'sse', 'openapi'].some((key) => valueOf(target, key) !== null));
  return direct || (textOf(valueOf(root, 'apiVersion')) ?? '').startsWith('agentgateway.dev/');
}
