// The part of CEL that gateway rules mostly are: comparisons of texts joined by && and ||. What else there is, and what hangs on a token, is unknown.
import type { ArgumentValues } from '../permissions';

type Value = string | boolean | number | null | readonly Value[] | typeof UNKNOWN;
const UNKNOWN = Symbol('unknown');

const MAX_LENGTH = 4_000;
const MAX_DEPTH = 40;
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(&&|\|\||==|!=|[()[\],!.])|([A-Za-z_]\w*)|(\d+(?:\.\d+)?))/y;

/** true, false, or null where it cannot be told here. Never throws. `lookup` gives undefined for what is unknown. */
export function evaluate(text: string, lookup: (path: string) => unknown): boolean | null {
  const tokens = tokenize(text);
  if (!tokens) return null;
  const reader = new Reader(tokens, lookup);
  const value = reader.or(0);
  return reader.done() && typeof value === 'boolean' ? value : null;
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

  constructor(private readonly tokens: readonly string[], private readonly lookup: (path: string) => unknown) {}

  done(): boolean {
    return this.#at === this.tokens.length;
  }

  or(depth: number): Value {
    let left = this.#and(depth);
    while (this.#take('||')) {
      const right = this.#and(depth);
      left = left === true || right === true ? true : left === false && right === false ? false : UNKNOWN;
    }
    return left;
  }

  #and(depth: number): Value {
    let left = this.#comparison(depth);
    while (this.#take('&&')) {
      const right = this.#comparison(depth);
      left = left === false || right === false ? false : left === true && right === true ? true : UNKNOWN;
    }
    return left;
  }

  #comparison(depth: number): Value {
    const left = this.#unary(depth);
    const operator = this.tokens[this.#at];
    if (operator !== '==' && operator !== '!=' && operator !== 'in') return left;
    this.#at++;
    const right = this.#unary(depth);
    if (left === UNKNOWN || right === UNKNOWN || (Array.isArray(right) && right.includes(UNKNOWN))) return UNKNOWN;
    if (operator === 'in') return Array.isArray(right) ? right.includes(left) : UNKNOWN;
    return (left === right) === (operator === '==');
  }

  #unary(depth: number): Value {
    if (depth > MAX_DEPTH) return UNKNOWN;
    if (!this.#take('!')) return this.#member(depth);
    const value = this.#unary(depth + 1);
    return typeof value === 'boolean' ? !value : UNKNOWN;
  }

  #member(depth: number): Value {
    const token = this.tokens[this.#at++];
    if (token === undefined) return UNKNOWN;
    let value: Value;
    if (token === '(') {
      value = this.or(depth + 1);
      this.#expect(')');
    } else if (token === '[') value = this.#list(depth);
    else if (/^["']/.test(token)) value = unquote(token);
    else if (/^\d/.test(token)) value = Number(token);
    else if (token === 'true' || token === 'false') value = token === 'true';
    else return this.#path(token, depth);
    return this.#calls(value, depth);
  }

  #list(depth: number): Value {
    const items: Value[] = [];
    while (!this.#take(']')) {
      if (this.done()) return UNKNOWN;
      items.push(this.or(depth + 1));
      if (this.tokens[this.#at] !== ']') this.#expect(',');
    }
    return items;
  }

  /** `mcp.tool.name`, a call on it, or a function, which is unknown. */
  #path(first: string, depth: number): Value {
    const steps = [first];
    while (this.tokens[this.#at] === '.' && this.tokens[this.#at + 2] !== '(') {
      steps.push(this.tokens[this.#at + 1] ?? '');
      this.#at += 2;
    }
    if (this.tokens[this.#at] === '(' || this.tokens[this.#at] === '[') {
      this.#skip();
      return this.#calls(UNKNOWN, depth);
    }
    const found = this.lookup(steps.join('.'));
    return this.#calls(typeof found === 'string' || typeof found === 'boolean' || typeof found === 'number' ? found : UNKNOWN, depth);
  }

  /** `.startsWith("x")` and its like. */
  #calls(start: Value, depth: number): Value {
    let value = start;
    while (this.tokens[this.#at] === '.') {
      const name = this.tokens[this.#at + 1] ?? '';
      this.#at += 2;
      if (this.tokens[this.#at] !== '(') {
        value = UNKNOWN;
        continue;
      }
      this.#at++;
      const argument = this.tokens[this.#at] === ')' ? UNKNOWN : this.or(depth + 1);
      while (this.#take(',')) this.or(depth + 1);
      this.#expect(')');
      value = typeof value === 'string' && typeof argument === 'string' ? textCall(name, value, argument) : UNKNOWN;
    }
    return value;
  }

  /** Past a bracket and what stands in it. */
  #skip(): void {
    let open = 0;
    while (!this.done()) {
      const token = this.tokens[this.#at++];
      if (token === '(' || token === '[') open++;
      if ((token === ')' || token === ']') && --open === 0) return;
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

function textCall(name: string, value: string, argument: string): Value {
  if (name === 'startsWith') return value.startsWith(argument);
  if (name === 'endsWith') return value.endsWith(argument);
  return name === 'contains' ? value.includes(argument) : UNKNOWN;
}

const unquote = (token: string): string => token.slice(1, -1).replace(/\\(.)/g, '$1');

/** What a gateway knows of a call: the tool, its server, and the arguments. */
export function gatewayLookup(args: ArgumentValues, resource: string): (path: string) => unknown {
  const id = resource.replace(/^tool:/, '');
  const slash = id.indexOf('/');
  return (path) => {
    if (path === 'mcp.tool.name') return id.slice(slash + 1);
    if (path === 'mcp.tool.target') return slash < 0 ? undefined : id.slice(0, slash);
    if (path === 'mcp.methodName') return 'tools/call';
    if (!path.startsWith('mcp.tool.arguments.')) return undefined;
    let here: unknown = args;
    for (const step of path.slice('mcp.tool.arguments.'.length).split('.')) here = typeof here === 'object' && here !== null && Object.hasOwn(here, step) ? (here as ArgumentValues)[step] : undefined;
    return here;
  };
}
