// The `tools` of an agent file: absent means all, `[]` none, and both a list and one text with commas are taken.
import type { Span } from '../../text';
import { pairOf, resolve, type MapNode } from '../../yaml';
import { commaParts, spanOf, spannedItems } from '../fields';
import type { ForeignTool, Spanned } from '../format';
import { toolPatterns } from './tool-names';

export interface AgentTools {
  readonly tools: readonly ForeignTool[];
  /** where `tools` is something that no tool reads as a list, so that the default applies */
  readonly malformed: { readonly key: Span; readonly value: Span } | null;
}

/** Every tool, because the file does not say which. */
export const allTools = (span: Span): ForeignTool[] => [{ pattern: '*', written: '', span, assumed: true, unresolved: false }];

/** `at`: where to point when the default applies. */
export function readTools(source: string, root: MapNode, servers: ReadonlySet<string>, at: Span): AgentTools {
  const pair = pairOf(root, 'tools');
  if (!pair) return { tools: allTools(at), malformed: null };
  const value = resolve(pair.value);
  if (value?.kind === 'seq') return { tools: named(spannedItems(value), servers), malformed: null };
  if (value?.kind === 'scalar' && typeof value.value === 'string') return { tools: named(commaParts(source, value), servers), malformed: null };
  const span = spanOf(pair.key);
  return { tools: allTools(span), malformed: { key: span, value: value && value.end > value.start ? spanOf(value) : span } };
}

function named(names: readonly Spanned<string>[], servers: ReadonlySet<string>): ForeignTool[] {
  const tools = new Map<string, ForeignTool>();
  for (const { value, span } of names) {
    const written = value.trim();
    const { patterns, unresolved } = toolPatterns(written, servers);
    for (const pattern of patterns) if (!tools.has(pattern)) tools.set(pattern, { pattern, written, span, assumed: false, unresolved });
  }
  return [...tools.values()];
}
