// The tools of a workflow: what it lists, GitHub's own which are always there, its servers, and its safe outputs.
import type { Span } from '../../text';
import { resolve, valueOf, type MapNode } from '../../yaml';
import { assumedTool, toolAt } from '../agent';
import { spanOf, spannedItems } from '../fields';
import type { ForeignTool, Spanned } from '../format';
import { readServers } from '../mcp/read-servers';
import type { Source } from './sources';

export const SERVER = 'gh-aw';

const KNOWN_OUTPUTS = /^(?:create|add|update|close|push|remove|assign|link|hide|mark|publish|upload|dispatch|submit|resolve|reply|delete|merge|unassign|call|set)-/;

/** `top`: where to point for what no line says. */
export function toolsOf(sources: readonly Source[], top: Span): ForeignTool[] {
  const tools = sources.flatMap((source) => listed(source));
  const github = sources.some(({ root }) => entry(root, 'tools', 'github') !== null) ? [] : [assumedTool('github/*', top)];
  const missing = (name: string): boolean => !sources.some(({ root }) => entry(root, 'tools', name) !== null);
  const proposing = commits(sources) ? ['edit', 'bash'].filter(missing).map((name) => assumedTool(`${SERVER}/${name}`, top)) : [];
  const all = [...tools, ...github, ...proposing, ...sources.flatMap(ownServers), ...sources.flatMap(outputs)];
  return all.filter(({ pattern }, index) => all.findIndex((other) => other.pattern === pattern) === index);
}

/** A workflow that proposes changes of files gets what it needs to make them. */
export const commits = (sources: readonly Source[]): boolean => sources.some(({ root }) => ['create-pull-request', 'push-to-pull-request-branch'].some((name) => {
  const output = entry(root, 'safe-outputs', name);
  return output !== null && !isFalse(output.value);
}));

/** The value under a key of a map of the frontmatter, with the key; null where it is not there. */
export function entry(root: MapNode, map: string, key: string): { readonly key: Spanned<string>; readonly value: ReturnType<typeof resolve> } | null {
  const found = resolve(valueOf(root, map));
  const pair = found?.kind === 'map' ? found.pairs.find((one) => one.key.text === key) : undefined;
  return pair ? { key: { value: key, span: spanOf(pair.key) }, value: resolve(pair.value) } : null;
}

export const isFalse = (node: ReturnType<typeof resolve>): boolean => node?.kind === 'scalar' && node.value === false;

const placed = (tool: ForeignTool, { place }: Source): ForeignTool => (place ? { ...tool, span: place } : tool);

function listed(source: Source): ForeignTool[] {
  const tools = resolve(valueOf(source.root, 'tools'));
  if (tools?.kind !== 'map') return [];
  return tools.pairs.flatMap((pair): ForeignTool[] => {
    const key = { value: pair.key.text, span: spanOf(pair.key) };
    if (isFalse(resolve(pair.value))) return [];
    // settings of the tools together, which are none
    if (key.value === 'timeout' || key.value === 'startup-timeout') return [];
    if (key.value !== 'github') return [placed(toolAt(`${SERVER}/${key.value}`, key), source)];
    const allowed = spannedItems(valueOf(pair.value, 'allowed'));
    return (allowed.length > 0 ? allowed.map((tool) => toolAt(`github/${tool.value}`, tool)) : [toolAt('github/*', key)]).map((tool) => placed(tool, source));
  });
}

function ownServers(source: Source): ForeignTool[] {
  const own = resolve(valueOf(source.root, 'mcp-servers'));
  if (own?.kind !== 'map') return [];
  return readServers(own).flatMap(({ server, config }) => {
    const allowed = spannedItems(valueOf(config, 'allowed'));
    const names = server.tools ?? (allowed.length > 0 ? allowed : null);
    return (names ? names.map((tool) => toolAt(`${server.name}/${tool.value}`, tool)) : [toolAt(`${server.name}/*`, { value: server.name, span: server.span })]).map((tool) => placed(tool, source));
  });
}

/** What the workflow may write: each safe output is a tool of the agent that another job carries out. */
function outputs(source: Source): ForeignTool[] {
  const safe = resolve(valueOf(source.root, 'safe-outputs'));
  if (safe?.kind !== 'map') return [];
  return safe.pairs.filter((pair) => KNOWN_OUTPUTS.test(pair.key.text) && !isFalse(resolve(pair.value))).map((pair) => placed({ ...assumedTool(`${SERVER}/safe-outputs/${pair.key.text}`, spanOf(pair.key)), written: pair.key.text, assumed: false }, source));
}
