// A permission rule as it is written: `Tool`, or `Tool(specifier)` with everything up to the last bracket.

export interface RuleText {
  readonly tool: string;
  /** null for the whole tool: nothing in brackets, or `*` alone */
  readonly specifier: string | null;
  /** where the specifier begins in the rule */
  readonly at: number;
}

const MCP = /^mcp__/;

/** Null for what is no rule. */
export function parseRule(written: string): RuleText | null {
  const rule = written.trim();
  const open = rule.indexOf('(');
  if (open < 0) return rule === '' || /[)\s]/.test(rule) ? null : { tool: rule, specifier: null, at: rule.length };
  const tool = rule.slice(0, open);
  if (tool === '' || /[)\s]/.test(tool) || !rule.endsWith(')')) return null;
  const specifier = rule.slice(open + 1, -1);
  return { tool, specifier: specifier.trim() === '*' || specifier.trim() === '' ? null : specifier, at: open + 1 };
}

export const isMcpName = (tool: string): boolean => MCP.test(tool);

/** `mcp__a__b` as a pattern over `server/tool`; `mcp__a` is all of its tools; null for what names no server. */
export function mcpPattern(tool: string): string | null {
  const rest = tool.slice('mcp__'.length);
  const cut = rest.indexOf('__');
  const [server, name] = cut < 0 ? [rest, ''] : [rest.slice(0, cut), rest.slice(cut + 2)];
  if (server === '') return null;
  return server === '*' && name === '' ? '*' : `${server}/${name === '' ? '*' : name}`;
}

/** Whether an `allow` may name its tools so: a `*` counts only behind a server's literal name. */
export function mayAllow(tool: string): boolean {
  if (!tool.includes('*')) return true;
  const rest = tool.slice('mcp__'.length);
  const cut = rest.indexOf('__');
  return isMcpName(tool) && cut > 0 && !rest.slice(0, cut).includes('*');
}

/** A tool's parameter and its value: `model:opus`. */
export function parameterOf(specifier: string): { readonly name: string; readonly value: string } | null {
  const match = /^\s*([A-Za-z_][\w-]*)\s*:\s*([\s\S]*?)\s*$/.exec(specifier);
  return match ? { name: match[1] ?? '', value: match[2] ?? '' } : null;
}
