// `config.toml` of Codex: when it asks, where it may write, its servers and its agents.
import { textOf, valueOf, type MapNode } from '../../yaml';
import { bareAgent, entriesOf, fieldsOf } from '../agent';
import { spanOf, textField } from '../fields';
import type { ForeignAgent, Spanned } from '../format';
import type { ForeignPermissions, ForeignRule } from '../permissions';
import { toolRule, STRICTEST } from '../permissions';
import { readServers, type ServerEntry } from '../mcp/read-servers';

export interface CodexConfig {
  readonly root: MapNode;
  readonly approval: Spanned<string> | null;
  readonly sandbox: Spanned<string> | null;
  readonly servers: readonly ServerEntry[];
  readonly agents: readonly ForeignAgent[];
}

export function readConfig(root: MapNode): CodexConfig {
  const servers = valueOf(root, 'mcp_servers');
  return {
    root, approval: textField(root, 'approval_policy'), sandbox: textField(root, 'sandbox_mode'),
    servers: servers?.kind === 'map' ? readServers(servers) : [],
    agents: entriesOf(valueOf(root, 'agents')).filter(({ map }) => textOf(valueOf(map, 'description')) !== null || textOf(valueOf(map, 'config_file')) !== null).map(({ key, map }) => ({
      ...bareAgent(key.value, key.span), title: key, purpose: textField(map, 'description'), fields: fieldsOf(map),
      tools: [{ pattern: '*', written: '', span: key.span, assumed: true, unresolved: false }], environment: textField(root, 'sandbox_mode'),
    })),
  };
}

/** A command that no rule names: with `untrusted` it asks; else it runs inside the sandbox, and whether it stays within is not known here. */
export function configPermissions({ approval, sandbox, root }: CodexConfig, folder: string): ForeignPermissions | null {
  if (!approval && !sandbox && !valueOf(root, 'mcp_servers')) return null;
  const span = approval?.span ?? sandbox?.span ?? spanOf(root);
  const free = approval?.value === 'never' && sandbox?.value === 'danger-full-access';
  const inside: ForeignRule = {
    ...toolRule('inside the sandbox', span, 'allow', ['codex/*'], { key: 'codex sandbox', words: `it stays within the sandbox (${sandbox?.value ?? 'the default one'})`, args: [], test: () => 'unknown' }),
  };
  return {
    family: 'codex', governs: { kind: 'tool', formats: ['codex'], under: folder, implicit: 'codex' }, order: STRICTEST, covers: ['tool:codex/*'],
    rules: [],
    default: {
      effect: free ? 'allow' : approval?.value === 'never' ? 'deny' : 'require_approval',
      otherwise: approval?.value === 'untrusted' || free ? [] : [inside],
      words: free ? 'nothing asks and nothing is confined' : approval?.value === 'untrusted' ? '`approval_policy` is `untrusted`: what is not known to be safe asks' : 'what stays within the sandbox runs; what leaves it asks, or fails where nobody is asked',
      span: approval?.span ?? sandbox?.span ?? null, rank: approval ? 2 : 1,
    },
    unknown: [],
  };
}
