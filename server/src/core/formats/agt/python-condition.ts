// The condition language of AGT's Python engine as it behaves, not as it reads: what it does not understand is false, and text after an operand is ignored.
// Source: agent-mesh's policy engine, read 2026-10; the surprises are listed in the documentation of the findings.

/** The value of a name with dots; undefined where it is missing. */
export type Lookup = (path: string) => unknown;

const MAX_LENGTH = 2_000;
const MAX_DEPTH = 20;

const PATH = String.raw`^([\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*)`;
const pattern = (rest: string): RegExp => new RegExp(`${PATH}${rest}`, 'u');
const EQUALS = pattern(String.raw`\s*==\s*['"]([^'"]+)['"]`);
const DIFFERS = pattern(String.raw`\s*!=\s*['"]([^'"]+)['"]`);
const WITHIN = pattern(String.raw`\s+in\s+\[([^\]]*)\]`);
const COMPARES = pattern(String.raw`\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)`);
// a line break at the end is none to the engine
const NAME = pattern(String.raw`\n?$`);

/** Whether the engine takes the rule for matching. Never throws; bounded by the text's length. */
export function pythonHolds(text: string, lookup: Lookup, depth = 0): boolean {
  if (depth > MAX_DEPTH || text.length > MAX_LENGTH) return false;
  // it splits wherever the words stand, in quotes too
  if (text.includes(' or ')) return text.split(' or ').some((part) => pythonHolds(part.trim(), lookup, depth + 1));
  if (text.includes(' and ')) return text.split(' and ').every((part) => pythonHolds(part.trim(), lookup, depth + 1));
  const atom = atomOf(text);
  if (!atom) return false;
  const value = lookup(atom.path) ?? null;
  switch (atom.kind) {
    case '==': return value === atom.text;
    case '!=': return value !== atom.text;
    case 'in': return typeof value === 'string' && atom.items.includes(value);
    case 'name': return truthy(value);
    default: return compares(value, atom.kind, atom.number);
  }
}

export type Atom =
  | { readonly kind: '==' | '!='; readonly path: string; readonly text: string; readonly length: number }
  | { readonly kind: 'in'; readonly path: string; readonly items: readonly string[]; readonly length: number }
  | { readonly kind: '>' | '<' | '>=' | '<='; readonly path: string; readonly number: number; readonly length: number }
  | { readonly kind: 'name'; readonly path: string; readonly length: number };

/** One operand as the engine reads it, with how much of the text it took; null for what it does not understand. */
export function atomOf(text: string): Atom | null {
  const equals = EQUALS.exec(text) ?? DIFFERS.exec(text);
  if (equals) return { kind: EQUALS.test(text) ? '==' : '!=', path: equals[1] ?? '', text: equals[2] ?? '', length: equals[0].length };
  const within = WITHIN.exec(text);
  if (within) return { kind: 'in', path: within[1] ?? '', items: (within[2] ?? '').split(',').map((item) => item.trim().replace(/^['"]+|['"]+$/g, '')).filter((item) => item !== ''), length: within[0].length };
  const compared = COMPARES.exec(text);
  if (compared) return { kind: compared[2] as '>' | '<' | '>=' | '<=', path: compared[1] ?? '', number: Number(compared[3]), length: compared[0].length };
  const name = NAME.exec(text);
  return name ? { kind: 'name', path: name[1] ?? '', length: name[0].length } : null;
}

/** A missing field is 0; what is no number does not match. */
function compares(value: unknown, operator: '>' | '<' | '>=' | '<=', target: number): boolean {
  const number = value === null ? 0 : typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? numberOf(value) : NaN;
  if (operator === '>') return number > target;
  if (operator === '<') return number < target;
  return operator === '>=' ? number >= target : number <= target;
}

/** A text as Python's `float` reads it. */
function numberOf(text: string): number {
  const written = text.trim();
  if (/^[-+]?inf(?:inity)?$/i.test(written)) return written.startsWith('-') ? -Infinity : Infinity;
  return /^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?$/i.test(written) ? Number(written.replaceAll('_', '')) : NaN;
}

const truthy = (value: unknown): boolean =>
  value !== null && value !== false && value !== 0 && value !== '' && !(Array.isArray(value) && value.length === 0) && !(typeof value === 'object' && Object.keys(value as object).length === 0);

/** Every name that a condition reads, sorted. */
export function namesIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const part of text.slice(0, MAX_LENGTH).split(/ or | and /)) {
    const atom = atomOf(part.trim());
    if (atom) names.add(atom.path);
  }
  return [...names].sort();
}
