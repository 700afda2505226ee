// An agent file as an agent with spans.
import { patternList, type Span } from '../../text';
import { resolve, valueOf, type MapNode } from '../../yaml';
import { spanOf, spannedItems, spannedText, textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignField, ForeignLabel, ForeignModel, Spanned } from '../format';
import { readServers, type ServerEntry } from '../mcp/read-servers';
import { allTools, readTools, type AgentTools } from './read-tools';
import { agentId } from './recognise';

export interface ReadAgent {
  readonly agent: ForeignAgent;
  readonly servers: readonly ServerEntry[];
  readonly malformedTools: AgentTools['malformed'];
}

/** `root` is null where the file has no readable frontmatter: then all but the id is the default. `top`: the file's first line. */
export function readAgent(path: string, text: string, root: MapNode | null, top: Span): ReadAgent {
  const id = agentId(path);
  const none = { id, span: top, title: null, purpose: null, owner: null, models: [], except: [], delegates: [], servers: [], environment: null, labels: [] };
  if (!root) return { agent: { ...none, tools: allTools(top), delegatesToAny: true, fields: new Map() }, servers: [], malformedTools: null };
  const title = textField(root, 'name');
  const own = valueOf(root, 'mcp-servers');
  const servers = own?.kind === 'map' ? readServers(own) : [];
  const { tools, malformed } = readTools(text, root, new Set(servers.map(({ server }) => server.name)), top);
  const subagents = readSubagents(root);
  const named = (subagents ?? []).filter((name) => name.value !== '*');
  const mayDelegate = patternList(tools.map((tool) => tool.pattern)).matches('vscode/agent/runSubagent');
  const labels = readLabels(root);
  return {
    agent: {
      id,
      span: title?.span ?? top,
      title,
      purpose: textField(root, 'description'),
      owner: labels.find((label) => label.name === 'owner') ?? labels.find((label) => label.name === 'team') ?? null,
      models: readModels(root),
      tools,
      except: [],
      delegates: [...named.map(({ value, span }): ForeignDelegate => ({ name: value, span, via: 'subagent' })), ...readHandoffs(root)],
      delegatesToAny: mayDelegate && (subagents === null || subagents.some((name) => name.value === '*')),
      servers: servers.map(({ server }) => server),
      environment: textField(root, 'target'),
      labels,
      fields: new Map(root.pairs.map((pair): [string, ForeignField] => [pair.key.text, { key: spanOf(pair.key), value: spanOf(pair.value) }])),
    },
    servers,
    malformedTools: malformed,
  };
}

/** The names under `agents`; null where the field is not there. */
function readSubagents(root: MapNode): Spanned<string>[] | null {
  const agents = valueOf(root, 'agents');
  if (!agents) return null;
  if (agents.kind === 'seq') return spannedItems(agents);
  const one = spannedText(agents);
  return one ? [one] : null;
}

function readHandoffs(root: MapNode): ForeignDelegate[] {
  const handoffs = valueOf(root, 'handoffs');
  if (handoffs?.kind !== 'seq') return [];
  return handoffs.items.flatMap((item) => {
    const agent = textField(item, 'agent');
    return agent ? [{ name: agent.value, span: agent.span, via: 'handoff' as const }] : [];
  });
}

function readModels(root: MapNode): ForeignModel[] {
  const model = valueOf(root, 'model');
  const one = spannedText(model);
  return (model?.kind === 'seq' ? spannedItems(model) : one ? [one] : []).map(({ value, span }) => {
    const parts = /^(.*\S)\s*\(([^()]+)\)$/.exec(value.trim());
    return { value, span, name: parts?.[1] ?? value.trim(), vendor: parts?.[2] ?? null };
  });
}

function readLabels(root: MapNode): ForeignLabel[] {
  const metadata = valueOf(root, 'metadata');
  if (metadata?.kind !== 'map') return [];
  return metadata.pairs.flatMap((pair) => {
    const text = spannedText(resolve(pair.value));
    return text ? [{ name: pair.key.text, ...text }] : [];
  });
}
