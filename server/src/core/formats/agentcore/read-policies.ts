// Cedar policies for AgentCore gateways, as far as their heads go; what stands under `when` and `unless` is kept as text.
import type { Span } from '../../text';
import type { Spanned } from '../format';

export interface PolicyHead {
  readonly effect: 'permit' | 'forbid';
  readonly span: Span;
  /** ids of actions as written; null: every action, or a group of them */
  readonly actions: readonly Spanned<string>[] | null;
  /** nothing is asked of the caller beyond its type */
  readonly anyPrincipal: boolean;
  /** a gateway is named */
  readonly resource: boolean;
  /** `when` or `unless` follow */
  readonly conditional: boolean;
}

const MAX_TEXT = 500_000;
/** Actions that stand for all tools. */
const GROUPS: ReadonlySet<string> = new Set(['CallTool', 'Mcp']);

/** Never throws; a policy whose head is not understood is left out, and `complete` is false. */
export function readPolicies(text: string): { readonly policies: readonly PolicyHead[]; readonly complete: boolean } {
  if (text.length > MAX_TEXT) return { policies: [], complete: false };
  const plain = withoutComments(text);
  const policies: PolicyHead[] = [];
  let complete = true;
  for (const match of plain.matchAll(/\b(permit|forbid)\s*\(/g)) {
    const open = match.index + match[0].length;
    const close = closing(plain, open - 1);
    if (close < 0) {
      complete = false;
      break;
    }
    const parts = split(plain, open, close);
    const [principal, action, resource] = parts;
    if (!principal || !action || !resource || parts.length !== 3) {
      complete = false;
      continue;
    }
    policies.push({
      effect: match[1] as PolicyHead['effect'], span: { start: match.index, end: close + 1 }, ...actionsOf(plain, action),
      anyPrincipal: /^\s*principal(?:\s+is\s+[\w:]+)?\s*$/.test(plain.slice(principal.start, principal.end)),
      resource: /==|\bin\b/.test(plain.slice(resource.start, resource.end)),
      conditional: /^\s*(?:when|unless)\b/.test(plain.slice(close + 1, close + 200)),
    });
  }
  return { policies, complete };
}

/** The same length, comments as blanks; a text may hold two slashes. */
const withoutComments = (text: string): string => text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*/g, (found) => (found.startsWith('//') ? ' '.repeat(found.length) : found));

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const c = text[at];
    if (c === '"') {
      const end = /"(?:[^"\\]|\\.)*"/y;
      end.lastIndex = at;
      const match = end.exec(text);
      if (!match) return -1;
      at += match[0].length - 1;
    } else if (c === '(' || c === '[') depth++;
    else if ((c === ')' || c === ']') && --depth === 0) return at;
  }
  return -1;
}

function split(text: string, start: number, end: number): Span[] {
  const parts: Span[] = [];
  let depth = 0;
  let from = start;
  let quoted = false;
  for (let at = start; at < end; at++) {
    const c = text[at];
    if (quoted) {
      if (c === '\\') at++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '[' || c === '(') depth++;
    else if (c === ']' || c === ')') depth--;
    else if (c === ',' && depth === 0) {
      parts.push({ start: from, end: at });
      from = at + 1;
    }
  }
  if (text.slice(from, end).trim() !== '') parts.push({ start: from, end });
  return parts;
}

function actionsOf(text: string, span: Span): { readonly actions: PolicyHead['actions'] } {
  const part = text.slice(span.start, span.end);
  if (!/==|\bin\b/.test(part)) return { actions: null };
  const ids = [...part.matchAll(/AgentCore::Action::"((?:[^"\\]|\\.)*)"/g)].map((match): Spanned<string> => {
    const start = span.start + match.index + match[0].indexOf('"') + 1;
    return { value: match[1] ?? '', span: { start, end: start + (match[1] ?? '').length } };
  });
  return { actions: ids.some(({ value }) => GROUPS.has(value)) ? null : ids };
}
