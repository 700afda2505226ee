// The `[[rule]]` tables of Gemini's policy files.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { mapsOf } from '../agent';
import { spannedItems, spannedText, textField } from '../fields';
import type { Span } from '../../text';
import type { Spanned } from '../format';

export interface GeminiRule {
  readonly map: MapNode;
  /** where the rule is pointed at: its name, its tool, or its decision */
  readonly at: Spanned<string>;
  readonly tools: readonly Spanned<string>[];
  readonly server: Spanned<string> | null;
  readonly decision: Spanned<string> | null;
  readonly priority: { readonly value: number; readonly span: { readonly start: number; readonly end: number } } | null;
  readonly prefixes: readonly string[];
  readonly regex: string | null;
  readonly regexSpan: Span | null;
  readonly argsPattern: string | null;
  readonly annotations: boolean;
  readonly subagent: string | null;
  readonly modes: readonly string[] | null;
  readonly interactive: boolean | null;
  readonly allowRedirection: boolean;
}

export const isPolicy = (root: MapNode): boolean =>
  mapsOf(valueOf(root, 'rule')).some((rule) => textOf(valueOf(rule, 'decision')) !== null && ['toolName', 'mcpName', 'commandPrefix', 'commandRegex', 'argsPattern', 'toolAnnotations', 'subagent'].some((key) => valueOf(rule, key) !== null));

export function readRules(root: MapNode): readonly GeminiRule[] {
  return mapsOf(valueOf(root, 'rule')).map((map) => {
    const tools = several(map, 'toolName');
    const decision = textField(map, 'decision');
    const priority = valueOf(map, 'priority');
    return {
      map, tools, decision, server: textField(map, 'mcpName'),
      at: textField(map, 'name') ?? tools[0] ?? textField(map, 'mcpName') ?? decision ?? { value: 'rule', span: { start: map.start, end: map.start } },
      priority: priority?.kind === 'scalar' && typeof priority.value === 'number' ? { value: priority.value, span: { start: priority.start, end: priority.end } } : null,
      prefixes: several(map, 'commandPrefix').map(({ value }) => value),
      regex: textField(map, 'commandRegex')?.value ?? null, regexSpan: textField(map, 'commandRegex')?.span ?? null, argsPattern: textField(map, 'argsPattern')?.value ?? null,
      annotations: valueOf(map, 'toolAnnotations') !== null, subagent: textField(map, 'subagent')?.value ?? null,
      modes: valueOf(map, 'modes') === null ? null : several(map, 'modes').map(({ value }) => value),
      interactive: booleanOf(map, 'interactive'), allowRedirection: (booleanOf(map, 'allowRedirection') ?? booleanOf(map, 'allow_redirection')) === true,
    };
  });
}

function several(map: MapNode, key: string): readonly Spanned<string>[] {
  const node = resolve(valueOf(map, key));
  const one = spannedText(node);
  return node?.kind === 'seq' ? spannedItems(node) : one ? [one] : [];
}

function booleanOf(map: MapNode, key: string): boolean | null {
  const node = valueOf(map, key);
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : null;
}
