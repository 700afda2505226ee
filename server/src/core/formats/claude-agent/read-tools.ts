// `tools` and `disallowedTools` of a subagent as patterns over `server/tool`.
import type { Span } from '../../text';
import { pairOf, resolve, type MapNode } from '../../yaml';
import { commaParts, spanOf, spannedItems } from '../fields';
import type { ForeignTool, Spanned } from '../format';
import { isMcpName, mcpPattern, parseRule } from '../claude-settings/rule-text';
import { ALIASES, NOT_FOR_SUBAGENTS, SERVER } from '../claude-settings/tools';

export interface ToolEntry extends Spanned<string> {
  /** the tool without what stands in brackets */
  readonly tool: string;
  /** what stands in brackets */
  readonly inside: string | null;
}

/** The entries of a list, or of one text with commas, brackets minded. Null where the key is not there. */
export function toolEntries(source: string, root: MapNode, key: string): readonly ToolEntry[] | null {
  const pair = pairOf(root, key);
  if (!pair) return null;
  const value = resolve(pair.value);
  const parts = value?.kind === 'seq' ? spannedItems(value) : value?.kind === 'scalar' && typeof value.value === 'string' ? joined(commaParts(source, value)) : [];
  return parts.map(({ value: written, span }) => {
    const name = written.trim();
    const parsed = parseRule(name);
    return { value: name, span, tool: parsed?.tool ?? name, inside: parsed && parsed.at < name.length ? name.slice(parsed.at, -1) : null };
  });
}

/** `Agent(a, b)` is one entry though it holds a comma. */
function joined(parts: readonly Spanned<string>[]): Spanned<string>[] {
  const found: Spanned<string>[] = [];
  for (const part of parts) {
    const last = found[found.length - 1];
    if (last && last.value.includes('(') && !last.value.includes(')')) found[found.length - 1] = { value: `${last.value}, ${part.value}`, span: { start: last.span.start, end: part.span.end } };
    else found.push(part);
  }
  return found;
}

/** The pattern over `server/tool`; null for what names no tool that a subagent can have. */
export function toolPattern({ tool }: ToolEntry): string | null {
  if (isMcpName(tool)) {
    const found = mcpPattern(tool);
    return found === '*' ? null : found;
  }
  const name = ALIASES.get(tool) ?? tool;
  return tool === '*' ? '*' : `${SERVER}/${name}`;
}

export function readTools(entries: readonly ToolEntry[] | null, at: Span): readonly ForeignTool[] {
  if (entries === null) return [{ pattern: '*', written: '', span: at, assumed: true, unresolved: false }];
  const found = new Map<string, ForeignTool>();
  for (const entry of entries) {
    const pattern = toolPattern(entry);
    if (pattern === null || NOT_FOR_SUBAGENTS.has(entry.tool) || found.has(pattern)) continue;
    found.set(pattern, { pattern, written: entry.value, span: entry.span, assumed: false, unresolved: false });
  }
  return [...found.values()];
}

/** What is taken away, but for `mcp__*`, which is every tool of every server. */
export function readExcept(entries: readonly ToolEntry[] | null): readonly ForeignTool[] {
  return (entries ?? []).flatMap((entry): ForeignTool[] => {
    const pattern = toolPattern(entry);
    // part of a tool cannot be taken away here
    if (pattern === null || (entry.inside !== null && entry.inside.trim() !== '*')) return [];
    return [{ pattern, written: entry.value, span: entry.span, assumed: false, unresolved: false }];
  });
}

export const keySpan = (root: MapNode, key: string): Span | null => {
  const pair = pairOf(root, key);
  return pair ? spanOf(pair.key) : null;
};
