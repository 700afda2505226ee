// A subagent's file as an agent with spans.
import { patternList, type Span } from '../../text';
import { valueOf, type MapNode } from '../../yaml';
import { spanOf, textField } from '../fields';
import { SERVER } from '../claude-settings/tools';
import type { ForeignAgent, ForeignDelegate, ForeignField, ForeignModel, ForeignTool, Spanned } from '../format';
import { readServers, type ServerEntry } from '../mcp/read-servers';
import { baseName, folders } from '../paths';
import { readExcept, readTools, toolEntries, type ToolEntry } from './read-tools';
import { isPlugin } from './recognise';

export interface ReadSubagent {
  /** null where Claude Code has no name to call it by */
  readonly agent: ForeignAgent | null;
  readonly name: Spanned<string> | null;
  readonly tools: readonly ToolEntry[] | null;
  readonly disallowed: readonly ToolEntry[] | null;
  readonly servers: readonly ServerEntry[];
  readonly mode: Spanned<string> | null;
  readonly plugin: boolean;
}

const AGENT = 'claude/Agent';

/** `top`: where to point when the agent as a whole is meant and has no name. */
export function readSubagent(path: string, source: string, root: MapNode, top: Span): ReadSubagent {
  const plugin = isPlugin(path);
  const name = textField(root, 'name');
  const tools = toolEntries(source, root, 'tools');
  const disallowed = toolEntries(source, root, 'disallowedTools');
  // inline servers; a plugin's are not taken
  const configured = plugin ? [] : inlineServers(root);
  const id = idOf(path, name?.value.trim() ?? null, plugin);
  const mode = plugin ? null : textField(root, 'permissionMode');
  if (id === null) return { agent: null, name, tools, disallowed, servers: configured, mode, plugin };
  const given = withoutServers(readTools(tools, top), disallowed);
  const except = readExcept(disallowed);
  // to inherit every tool is not enough: a subagent that delegates lists the tool for it
  const mayDelegate = (tools ?? []).some(({ tool }) => tool === 'Agent' || tool === 'Task') && !(except.length > 0 && patternList(except.map((tool) => tool.pattern)).matches(AGENT));
  return {
    agent: {
      id, span: name?.span ?? top, title: null,
      purpose: textField(root, 'description'), owner: null, models: modelsOf(textField(root, 'model')),
      tools: given, except,
      delegates: mayDelegate ? (tools ?? []).flatMap(delegatesOf) : [],
      // names in brackets bind the main conversation only: a subagent that has the tool may call any agent
      delegatesToAny: mayDelegate,
      servers: configured.map(({ server }) => server),
      environment: textField(root, 'isolation'), labels: [],
      fields: new Map(root.pairs.map((pair): [string, ForeignField] => [pair.key.text, { key: spanOf(pair.key), value: spanOf(pair.value) }])),
    },
    name, tools, disallowed, servers: configured, mode, plugin,
  };
}

/** `mcp__*` takes away every tool of every server: what is left are its own. */
function withoutServers(given: readonly ForeignTool[], disallowed: readonly ToolEntry[] | null): readonly ForeignTool[] {
  if (!disallowed?.some(({ tool }) => tool === 'mcp__*')) return given;
  return given.map((tool) => (tool.pattern === '*' ? { ...tool, pattern: `${SERVER}/*` } : tool)).filter((tool) => tool.pattern.startsWith(`${SERVER}/`));
}

/** The name, with a plugin's name and subfolder before it; a plugin's agent without one goes by its file. */
function idOf(path: string, name: string | null, plugin: boolean): string | null {
  if (!plugin) return name;
  const own = name ?? baseName(path).replace(/\.md$/i, '');
  const way = folders(path);
  const at = way.lastIndexOf('agents');
  const prefix = at > 0 ? [way[at - 1] ?? '', ...way.slice(at + 1)] : [];
  return [...prefix, own].join(':');
}

function inlineServers(root: MapNode): ServerEntry[] {
  const own = valueOf(root, 'mcpServers');
  if (own?.kind === 'map') return readServers(own);
  // a list holds names of servers that are configured elsewhere, and maps of new ones
  return own?.kind === 'seq' ? own.items.flatMap((item) => (item.kind === 'map' ? readServers(item) : [])) : [];
}

function delegatesOf({ tool, inside, span }: ToolEntry): ForeignDelegate[] {
  if ((tool !== 'Agent' && tool !== 'Task') || inside === null) return [];
  return inside.split(',').map((part) => part.trim()).filter((part) => part !== '' && part !== '*').map((name) => ({ name, span, via: 'subagent' }));
}

/** Claude Code runs models of one vendor; `inherit` is whatever the conversation runs on. */
function modelsOf(model: Spanned<string> | null): ForeignModel[] {
  if (!model) return [];
  const name = model.value.trim();
  return [{ value: name, span: model.span, name: name.slice(name.lastIndexOf('/') + 1), vendor: name === 'inherit' ? null : 'anthropic' }];
}

