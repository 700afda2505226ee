// Hooks that run before a tool is called: commands of the workspace that may still stop a call, or ask. They are never run here.
import { RE2JS } from 're2js';
import type { Span } from '../text';

/** Who is asked: agents of some formats below a folder ('' is the whole workspace), or those of the same file (null: all of it). */
export type HookScope =
  | { readonly kind: 'tool'; readonly formats: readonly string[]; readonly under: string }
  | { readonly kind: 'file'; readonly names: readonly string[] | null };

export interface ForeignHook {
  /** as the file has it: `PreToolUse` */
  readonly event: string;
  /** where to point: its matcher, else its command */
  readonly span: Span;
  readonly scope: HookScope;
  /** whether it may run before a call of `server/tool`; true where that cannot be told */
  matches(tool: string, format: string): boolean;
}

const MAX_MATCHER = 1_000;

/** A matcher over names: alternatives of plain words are whole names, anything else is a regular expression that fits somewhere; empty and `*` are all. */
export function matcherOf(written: string | null): (name: string) => boolean {
  const matcher = written?.trim() ?? '';
  if (matcher === '' || matcher === '*') return () => true;
  if (/^[\w|, -]+$/.test(matcher)) {
    const names = new Set(matcher.split(/[|,]/).map((name) => name.trim()));
    return (name) => names.has(name);
  }
  if (matcher.length > MAX_MATCHER || /\{\d{3,}/.test(matcher)) return () => true;
  try {
    const compiled = RE2JS.compile(matcher);
    return (name) => compiled.test(name);
  } catch {
    return () => true;
  }
}

/** The events of all tools that come before a call. */
export const isBeforeCall = (event: string): boolean => /^(?:pre_?tool_?use|before_?tool|permission_?request)$/i.test(event);

/** What a tool is called by the program that its server stands for; those of other servers are `mcp__server__tool` to most. */
export function calledBy(program: string, tool: string): readonly string[] {
  const slash = tool.indexOf('/');
  const server = tool.slice(0, slash);
  const name = tool.slice(slash + 1);
  return server === program ? [name] : [`mcp__${server}__${name}`, `mcp_${server}_${name}`, tool];
}
