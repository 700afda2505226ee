// `config.toml` of Codex: when it asks, where it may write, its servers and its agents.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { at, assumedTool, bareAgent, entriesOf, fieldsOf, modelOf } from '../agent';
import { spannedItems, textField } from '../fields';
import type { ForeignAgent, Spanned } from '../format';
import { readServers, type ServerEntry } from '../mcp/read-servers';

export interface CodexConfig {
  readonly root: MapNode;
  readonly approval: Spanned<string> | null;
  readonly sandbox: Spanned<string> | null;
  readonly servers: readonly ServerEntry[];
  readonly agents: readonly CodexAgent[];
}

export interface CodexAgent {
  readonly agent: ForeignAgent;
  /** what it takes its settings from, as written */
  readonly file: Spanned<string> | null;
}

export function readConfig(root: MapNode): CodexConfig {
  const servers = valueOf(root, 'mcp_servers');
  const sandbox = sandboxOf(root);
  return {
    root, approval: textField(root, 'approval_policy'), sandbox,
    servers: servers?.kind === 'map' ? readServers(servers) : [],
    agents: entriesOf(valueOf(root, 'agents')).filter(({ map }) => textOf(valueOf(map, 'description')) !== null || textOf(valueOf(map, 'config_file')) !== null).map(({ key, map }): CodexAgent => ({
      file: textField(map, 'config_file'),
      agent: {
        ...bareAgent(key.value, key.span), title: key, purpose: textField(map, 'description'), fields: fieldsOf(map), models: modelsOf(root),
        tools: [assumedTool('*', key.span)], environment: sandbox,
      },
    })),
  };
}

/** `sandbox_mode`, or the profile of permissions that stands in its place. */
function sandboxOf(root: MapNode): Spanned<string> | null {
  const profile = textField(root, 'default_permissions');
  return profile ? { value: profile.value.replace(/^:workspace$/, 'workspace-write').replace(/^:/, ''), span: profile.span } : textField(root, 'sandbox_mode');
}

function modelsOf(root: MapNode): ForeignAgent['models'] {
  const model = textField(root, 'model');
  return model ? [modelOf(model)] : [];
}

/** An agent with a file of its own: its name, and settings as in `config.toml`. Null for a file that is none. */
export function readAgentFile(root: MapNode): ForeignAgent | null {
  const name = textField(root, 'name');
  if (!name || valueOf(root, 'developer_instructions') === null) return null;
  const servers = valueOf(root, 'mcp_servers');
  return {
    ...bareAgent(name.value, name.span), title: name, purpose: textField(root, 'description'), fields: fieldsOf(root), models: modelsOf(root), tools: [assumedTool('*', name.span)],
    environment: sandboxOf(root), servers: servers?.kind === 'map' ? readServers(servers).map(({ server }) => server) : [],
  };
}

/** What an agent is, with the settings of the file that it names. */
export function withSettings(agent: ForeignAgent, settings: MapNode): ForeignAgent {
  const own = readConfig(settings);
  const models = modelsOf(settings);
  // places in another file cannot be pointed at from here
  return {
    ...agent, models: models.length > 0 ? models.map((model) => ({ ...model, span: agent.span })) : agent.models,
    environment: own.sandbox ? { value: own.sandbox.value, span: agent.span } : agent.environment,
  };
}

/** What the entry of a server says of its tools. */
export interface ServerTools {
  readonly name: Spanned<string>;
  readonly off: boolean;
  /** the only ones that are there; null: all */
  readonly only: readonly Spanned<string>[] | null;
  readonly without: readonly Spanned<string>[];
  /** `auto`, `prompt`, `approve`: of one tool, and of all others */
  readonly modes: readonly { readonly tool: Spanned<string>; readonly mode: Spanned<string> }[];
  readonly mode: Spanned<string> | null;
}

export const serverTools = (root: MapNode): readonly ServerTools[] => entriesOf(valueOf(root, 'mcp_servers')).map(({ key, map }): ServerTools => {
  const enabled = resolve(valueOf(map, 'enabled'));
  const only = resolve(valueOf(map, 'enabled_tools'));
  return {
    name: key, off: enabled?.kind === 'scalar' && enabled.value === false,
    only: only?.kind === 'seq' ? spannedItems(only) : null, without: spannedItems(valueOf(map, 'disabled_tools')), mode: textField(map, 'default_tools_approval_mode'),
    modes: entriesOf(at(map, 'tools')).flatMap(({ key: tool, map: settings }) => {
      const mode = textField(settings, 'approval_mode');
      return mode ? [{ tool, mode }] : [];
    }),
  };
});
