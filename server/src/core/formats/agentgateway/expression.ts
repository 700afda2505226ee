// The part of CEL that gateway rules mostly are, over a call that is known in part: what hangs on a token or on the request behind it is unknown, and what reads an argument that is not there is an error.
import { RE2JS } from 're2js';
import type { ArgumentValues } from '../permissions';

const UNKNOWN = Symbol('unknown');
/** what CEL cannot evaluate: a missing argument, operands of types that do not go together */
const FAILED = Symbol('failed');
type Value = string | boolean | number | null | readonly unknown[] | { readonly [name: string]: unknown } | typeof UNKNOWN | typeof FAILED;

/** What stands at a path: undefined where that is unknown, `missing` where nothing does. */
export type Lookup = (path: string, steps: readonly string[]) => unknown;
export const missing = Symbol('missing');

const MAX_LENGTH = 4_000;
const MAX_DEPTH = 40;
const MAX_TEXT = 100_000;
const TOKEN = /\s*(?:([rR]?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))|(&&|\|\||==|!=|<=|>=|[<>()[\]{},!.?:+\-*/%])|([A-Za-z_]\w*)|(\d+(?:\.\d+)?))/y;

/** true, false, `error` where it has no value, or null where it cannot be told here. Never throws. */
export function evaluate(text: string, lookup: Lookup): boolean | 'error' | null {
  const tokens = tokenize(text);
  if (!tokens) return null;
  const reader = new Reader(tokens, lookup);
  const value = reader.condition(0);
  if (!reader.done() || value === UNKNOWN) return null;
  return typeof value === 'boolean' ? value : 'error';
}

function tokenize(text: string): readonly string[] | null {
  if (text.length > MAX_LENGTH) return null;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) return null;
    tokens.push(match[0].trim());
  }
  return tokens;
}

class Reader {
  #at = 0;

  constructor(private readonly tokens: readonly string[], private readonly lookup: Lookup) {}

  done(): boolean {
    return this.#at === this.tokens.length;
  }

  #ended(): boolean {
    return this.#at >= this.tokens.length;
  }

  /** `a ? b : c` */
  condition(depth: number): Value {
    const asked = this.or(depth);
    if (!this.#take('?')) return asked;
    const then = this.condition(depth + 1);
    this.#expect(':');
    const otherwise = this.condition(depth + 1);
    return asked === true ? then : asked === false ? otherwise : asked === UNKNOWN ? UNKNOWN : FAILED;
  }

  or(depth: number): Value {
    let left = this.#and(depth);
    while (this.#take('||')) left = either(left, this.#and(depth), true);
    return left;
  }

  #and(depth: number): Value {
    let left = this.#comparison(depth);
    while (this.#take('&&')) left = either(left, this.#comparison(depth), false);
    return left;
  }

  #comparison(depth: number): Value {
    let left = this.#unary(depth);
    for (let operator = this.tokens[this.#at]; operator !== undefined; operator = this.tokens[this.#at]) {
      // numbers are not reckoned with
      if (/^[+\-*/%]$/.test(operator)) {
        this.#at++;
        const right = this.#unary(depth);
        left = left === FAILED || right === FAILED ? FAILED : UNKNOWN;
      } else if (/^(?:==|!=|<=|>=|<|>|in)$/.test(operator)) {
        this.#at++;
        left = compare(operator, left, this.#unary(depth));
      } else break;
    }
    return left;
  }

  #unary(depth: number): Value {
    if (depth > MAX_DEPTH) return UNKNOWN;
    if (this.#take('!')) {
      const value = this.#unary(depth + 1);
      return typeof value === 'boolean' ? !value : value === UNKNOWN ? UNKNOWN : FAILED;
    }
    if (this.#take('-')) {
      const value = this.#unary(depth + 1);
      return typeof value === 'number' ? -value : value === UNKNOWN ? UNKNOWN : FAILED;
    }
    return this.#member(depth);
  }

  #member(depth: number): Value {
    const token = this.tokens[this.#at++];
    if (token === undefined) return UNKNOWN;
    let value: Value;
    if (token === '(') {
      value = this.condition(depth + 1);
      this.#expect(')');
    } else if (token === '[') value = this.#list(depth);
    else if (token === '{') {
      this.#at--;
      this.#skip();
      value = UNKNOWN;
    } else if (/^[rR]?["']/.test(token)) value = unquote(token);
    else if (/^\d/.test(token)) value = Number(token);
    else if (token === 'true' || token === 'false') value = token === 'true';
    else if (token === 'null') value = null;
    else return this.#path(token, depth);
    return this.#calls(value, depth);
  }

  #list(depth: number): Value {
    const items: Value[] = [];
    while (!this.#take(']')) {
      if (this.#ended()) return UNKNOWN;
      items.push(this.condition(depth + 1));
      if (this.tokens[this.#at] !== ']') this.#expect(',');
    }
    return items.includes(FAILED) ? FAILED : items;
  }

  /** `mcp.tool.name`, `mcp.tool.arguments["x"]`, a call on it, or a function. */
  #path(first: string, depth: number): Value {
    const asksPresence = first === 'has' && this.#take('(');
    const start = asksPresence ? (this.tokens[this.#at++] ?? '') : first;
    const steps = [start];
    for (;;) {
      if (this.tokens[this.#at] === '.' && this.tokens[this.#at + 2] !== '(') steps.push(this.tokens[this.#at + 1] ?? '');
      else if (this.tokens[this.#at] === '[' && /^["']/.test(this.tokens[this.#at + 1] ?? '') && this.tokens[this.#at + 2] === ']') steps.push(unquote(this.tokens[this.#at + 1] ?? ''));
      else break;
      this.#at += this.tokens[this.#at] === '.' ? 2 : 3;
    }
    if (asksPresence) {
      this.#expect(')');
      const found = this.lookup(steps.join('.'), steps);
      return this.#calls(found === undefined ? UNKNOWN : found !== missing, depth);
    }
    if (this.tokens[this.#at] === '(') {
      if (start === 'size' && steps.length === 1) {
        this.#at++;
        const value = this.condition(depth + 1);
        this.#expect(')');
        return this.#calls(sizeOf(value), depth);
      }
      this.#skip();
      return this.#calls(UNKNOWN, depth);
    }
    const found = this.lookup(steps.join('.'), steps);
    return this.#calls(found === undefined ? UNKNOWN : found === missing ? FAILED : (found as Value), depth);
  }

  /** `.startsWith("x")` and its like, and what stands in brackets. */
  #calls(start: Value, depth: number): Value {
    let value = start;
    for (;;) {
      if (this.tokens[this.#at] === '[') {
        this.#skip();
        value = value === FAILED ? FAILED : UNKNOWN;
      } else if (this.tokens[this.#at] === '.') {
        const name = this.tokens[this.#at + 1] ?? '';
        this.#at += 2;
        if (!this.#take('(')) {
          value = value === FAILED ? FAILED : UNKNOWN;
          continue;
        }
        // a macro has variables of its own
        if (/^(?:exists|exists_one|all|map|filter)$/.test(name)) {
          this.#at--;
          this.#skip();
          value = value === FAILED ? FAILED : UNKNOWN;
          continue;
        }
        const argument = this.tokens[this.#at] === ')' ? null : this.condition(depth + 1);
        while (this.#take(',')) this.condition(depth + 1);
        this.#expect(')');
        value = call(name, value, argument);
      } else return value;
    }
  }

  /** Past a bracket and what stands in it. */
  #skip(): void {
    let open = 0;
    while (!this.#ended()) {
      const token = this.tokens[this.#at++];
      if (token === '(' || token === '[' || token === '{') open++;
      if ((token === ')' || token === ']' || token === '}') && --open === 0) return;
    }
  }

  #take(token: string): boolean {
    if (this.tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  /** A missing bracket leaves tokens over, and the whole is unknown. */
  #expect(token: string): void {
    if (!this.#take(token)) this.#at = this.tokens.length + 1;
  }
}

/** `||`, where `ends` is true, and `&&`: what ends it does so whatever the other is. */
function either(left: Value, right: Value, ends: boolean): Value {
  if (left === ends || right === ends) return ends;
  if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN;
  return left === !ends && right === !ends ? !ends : FAILED;
}

function compare(operator: string, left: Value, right: Value): Value {
  if (left === FAILED || right === FAILED) return FAILED;
  if (operator === 'in') {
    if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN;
    if (Array.isArray(right)) return right.some((item) => item !== UNKNOWN && same(left, item as Value) === true) ? true : right.includes(UNKNOWN) ? UNKNOWN : false;
    return typeof right === 'object' && right !== null && typeof left === 'string' ? Object.hasOwn(right, left) : FAILED;
  }
  if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN;
  if (operator === '==' || operator === '!=') {
    const found = same(left, right);
    return found === null ? UNKNOWN : found === (operator === '==');
  }
  if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string')) return FAILED;
  const [a, b] = [left, right as number | string];
  return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b;
}

/** null where one of them has parts, which are not compared. */
const same = (left: Value, right: Value): boolean | null => ((typeof left === 'object' && left !== null) || (typeof right === 'object' && right !== null) ? null : left === right);

function sizeOf(value: Value): Value {
  if (value === UNKNOWN || value === FAILED) return value;
  if (typeof value === 'string') return [...value.slice(0, MAX_TEXT)].length;
  return typeof value === 'object' && value !== null ? (Array.isArray(value) ? value.length : Object.keys(value).length) : FAILED;
}

function call(name: string, value: Value, argument: Value): Value {
  if (value === FAILED || argument === FAILED) return FAILED;
  if (value === UNKNOWN || argument === UNKNOWN) return UNKNOWN;
  if (name === 'size') return sizeOf(value);
  if (typeof value !== 'string') return /^(?:startsWith|endsWith|contains|matches)$/.test(name) ? FAILED : UNKNOWN;
  if (name === 'lowerAscii') return value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (typeof argument !== 'string') return /^(?:startsWith|endsWith|contains|matches)$/.test(name) ? FAILED : UNKNOWN;
  if (name === 'startsWith') return value.startsWith(argument);
  if (name === 'endsWith') return value.endsWith(argument);
  if (name === 'contains') return value.includes(argument);
  return name === 'matches' ? matches(value, argument) : UNKNOWN;
}

function matches(value: string, pattern: string): Value {
  if (value.length > MAX_TEXT) return UNKNOWN;
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch {
    return FAILED;
  }
}

const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r' };
const unquote = (token: string): string => (/^[rR]/.test(token) ? token.slice(2, -1) : token.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter));

/** What a gateway knows of a call: the tool, its server, and the arguments. What a prompt or a resource would have is not there. */
export function gatewayLookup(args: ArgumentValues, resource: string): Lookup {
  const id = resource.replace(/^tool:/, '');
  const slash = id.indexOf('/');
  return (path, steps) => {
    if (path === 'mcp.tool.name') return id.slice(slash + 1);
    if (path === 'mcp.tool.target') return slash < 0 ? undefined : id.slice(0, slash);
    if (path === 'mcp.methodName') return 'tools/call';
    if (path === 'mcp' || path === 'mcp.tool') return {};
    if (steps[0] !== 'mcp' || steps[1] === 'sessionId') return undefined;
    if (/^(?:prompt|resource|task)$/.test(steps[1] ?? '')) return missing;
    if (steps[1] !== 'tool' || steps[2] !== 'arguments') return undefined;
    let here: unknown = args;
    for (const step of steps.slice(3)) {
      if (typeof here !== 'object' || here === null || Array.isArray(here) || !Object.hasOwn(here, step)) return missing;
      here = (here as ArgumentValues)[step];
    }
    return here ?? null;
  };
}
