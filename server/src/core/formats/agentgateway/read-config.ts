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

/** Rules, and the servers that they are for. */
export interface Guard {
  /** null where nothing is said */
  readonly rules: readonly GatewayRule[] | null;
  /** their names; null where the servers are described elsewhere */
  readonly targets: readonly string[] | null;
}

export interface Gateway {
  readonly servers: readonly ServerEntry[];
  readonly guards: readonly Guard[];
  /** all rules; null where the file has no authorization of tools */
  readonly rules: readonly GatewayRule[] | null;
  /** the keys at which the rules stand */
  readonly authorizations: readonly Node[];
  readonly authenticated: boolean;
}

const MAX_DEPTH = 40;
const AUTHENTICATES = /^(?:mcpAuthentication|jwtAuth|jwtAuthentication|apiKey|apiKeyAuthentication|basicAuth|extAuthz|extAuth|oidc)$/;

/** Rules as they stand in a part of the file, for the servers in that part. */
interface Scope {
  readonly rules: readonly GatewayRule[];
  readonly servers: readonly string[];
}

export function readConfig(roots: readonly MapNode[]): Gateway {
  const servers: ServerEntry[] = [];
  const scopes: Scope[] = [];
  const authorizations: Node[] = [];
  let authenticated = false;
  const seen = new Set<Node>();
  /** The servers within a part. */
  const walk = (node: Node, depth: number): readonly string[] => {
    const here = resolve(node);
    if (!here || depth > MAX_DEPTH || seen.has(here)) return [];
    seen.add(here);
    if (here.kind === 'seq') return here.items.flatMap((item) => walk(item, depth + 1));
    if (here.kind !== 'map') return [];
    const names: string[] = [];
    let rules: GatewayRule[] | null = null;
    for (const pair of here.pairs) {
      if (pair.key.text === 'targets') for (const target of mapsOf(pair.value)) {
        const found = serverOf(target);
        servers.push(...found);
        names.push(...found.map(({ server }) => server.name));
      }
      const policies = pair.key.text === 'policies' ? resolve(pair.value) : null;
      const authorization = policies?.kind === 'map' ? policies.pairs.find(({ key }) => key.text === 'mcpAuthorization') : pair.key.text === 'mcpAuthorization' ? pair : undefined;
      if (authorization && !seen.has(authorization.key)) {
        seen.add(authorization.key);
        authorizations.push(authorization.key);
        rules = [...(rules ?? []), ...rulesOf(at(authorization.value, 'rules'))];
      }
      if (AUTHENTICATES.test(pair.key.text)) authenticated = true;
      names.push(...walk(pair.value, depth + 1));
    }
    if (rules !== null) scopes.push({ rules, servers: [...names] });
    return names;
  };
  const local = roots.filter((root) => kindOf(root) === null);
  for (const root of local) walk(root, 0);
  const policies = roots.filter((root) => kindOf(root) === 'policy').map((root) => readPolicy(root));
  const backends = new Map<string, readonly string[]>();
  for (const root of roots) if (kindOf(root) !== null) {
    const names = walk(valueOf(root, 'spec') ?? root, 0);
    if (kindOf(root) === 'backend') backends.set(textOf(at(root, 'metadata', 'name')) ?? '', names);
  }
  authorizations.push(...policies.flatMap(({ key }) => (key ? [key] : [])));
  for (const policy of policies) if (policy.rules !== null) scopes.push({ rules: policy.rules, servers: policy.targets.flatMap((name) => backends.get(name) ?? []) });
  return { servers, guards: guardsOf(servers, scopes), rules: authorizations.length > 0 ? scopes.flatMap((scope) => scope.rules) : null, authorizations, authenticated };
}

/** Servers with the same rules together; rules without servers by themselves. */
function guardsOf(servers: readonly ServerEntry[], scopes: readonly Scope[]): readonly Guard[] {
  const groups = new Map<string, { readonly rules: readonly GatewayRule[] | null; readonly targets: string[] }>();
  for (const name of new Set(servers.map(({ server }) => server.name))) {
    const own = scopes.filter((scope) => scope.servers.includes(name));
    const key = own.map((scope) => scopes.indexOf(scope)).join(' ');
    const group = groups.get(key);
    if (group) group.targets.push(name);
    else groups.set(key, { rules: own.length > 0 ? own.flatMap((scope) => scope.rules) : null, targets: [name] });
  }
  const elsewhere = scopes.filter((scope) => scope.servers.length === 0);
  return [...groups.values(), ...(elsewhere.length > 0 ? [{ rules: elsewhere.flatMap((scope) => scope.rules), targets: null }] : [])];
}

const GROUP = /^(?:enterprise)?agentgateway\.(?:dev|solo\.io)\//;

/** What a document of Kubernetes is; null for a file of the gateway's own. */
function kindOf(root: MapNode): 'policy' | 'backend' | 'other' | null {
  if (!GROUP.test(textOf(valueOf(root, 'apiVersion')) ?? '')) return null;
  const kind = textOf(valueOf(root, 'kind')) ?? '';
  return /^(?:Enterprise)?AgentgatewayPolicy$/.test(kind) ? 'policy' : /^(?:Enterprise)?AgentgatewayBackend$/.test(kind) ? 'backend' : 'other';
}

/** `spec.backend.mcp.authorization`: one action for all expressions, for the backends that the policy targets. */
function readPolicy(root: MapNode): { readonly rules: readonly GatewayRule[] | null; readonly targets: readonly string[]; readonly key: Node | null } {
  const mcp = resolve(at(root, 'spec', 'backend', 'mcp'));
  const pair = mcp?.kind === 'map' ? mcp.pairs.find(({ key }) => key.text === 'authorization') : undefined;
  if (!pair) return { rules: null, targets: [], key: null };
  const action = (textOf(at(pair.value, 'action')) ?? 'Allow').toLowerCase();
  const kind: RuleKind = action === 'deny' || action === 'require' ? action : 'allow';
  const refs = [...mapsOf(at(root, 'spec', 'targetRefs')), ...mapsOf(at(root, 'spec', 'targetSelectors'))];
  return {
    rules: spannedItems(at(pair.value, 'policy', 'matchExpressions')).map((expression) => ({ kind, expression })), key: pair.key,
    targets: refs.filter((ref) => (textOf(valueOf(ref, 'kind')) ?? '').endsWith('AgentgatewayBackend')).flatMap((ref) => textOf(valueOf(ref, 'name')) ?? []),
  };
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
  const remote = ['mcp', 'sse', 'openapi', 'streamableHttp', 'static'].map((key) => at(target, key)).find((node) => node?.kind === 'map') ?? null;
  const command = textField(stdio, 'cmd') ?? textField(stdio, 'command');
  const args = spannedItems(valueOf(stdio, 'args'));
  const config = stdio?.kind === 'map' ? stdio : remote?.kind === 'map' ? remote : target;
  const server: ForeignServer = {
    name: name.value, span: name.span, entry: spanOf(target), description: null, transport: command ? 'stdio' : remote ? 'http' : 'unknown',
    command, args, url: addressOf(remote), package: command ? packageOf(command, args) : null, tools: null,
  };
  return [{ config, server }];
}

/** A host alone says nothing of how it is reached. */
function addressOf(remote: Node | null): Spanned<string> | null {
  const host = textField(remote, 'host') ?? textField(remote, 'url');
  return host && /^[a-z][a-z0-9+.-]*:/i.test(host.value) ? host : at(remote, 'port') === null ? host : null;
}

/** A gateway's file: binds with listeners, or MCP targets at the root. */
export function isGateway(root: MapNode): boolean {
  const binds = mapsOf(valueOf(root, 'binds'));
  if (binds.some((bind) => valueOf(bind, 'listeners') !== null)) return true;
  const mcp = valueOf(root, 'mcp');
  const direct = mcp?.kind === 'map' && mapsOf(valueOf(mcp, 'targets')).some((target) => ['stdio', 'mcp', 'sse', 'openapi'].some((key) => valueOf(target, key) !== null));
  return direct || kindOf(root) !== null;
}
