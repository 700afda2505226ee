// The snippet syntax of VS Code: tab stops, placeholders, choices, variables, transforms, escapes. Source: its grammar, as the user guide of snippets has it (2026).
import type { Span } from '../text';

export type Part =
  | (Span & { readonly kind: 'text'; readonly text: string; /** for each character of `text` where it stands in the body */ readonly offsets: readonly number[] })
  | (Span & { readonly kind: 'stop'; readonly index: number; readonly children: readonly Part[]; readonly choices: readonly Choice[] | null; readonly transform: boolean })
  | (Span & { readonly kind: 'variable'; readonly name: string; readonly children: readonly Part[] | null; readonly transform: boolean });

export interface Choice extends Span {
  readonly text: string;
}

export interface SnippetFault {
  /** in the body */
  readonly span: Span;
  readonly message: string;
}

export interface ParsedBody {
  readonly parts: readonly Part[];
  readonly faults: readonly SnippetFault[];
}

/** The variables of the editor; another name stays in the text as it is. */
export const VARIABLES: ReadonlySet<string> = new Set([
  'TM_SELECTED_TEXT', 'TM_CURRENT_LINE', 'TM_CURRENT_WORD', 'TM_LINE_INDEX', 'TM_LINE_NUMBER', 'TM_FILENAME', 'TM_FILENAME_BASE', 'TM_DIRECTORY', 'TM_DIRECTORY_BASE', 'TM_FILEPATH', 'RELATIVE_FILEPATH',
  'CLIPBOARD', 'WORKSPACE_NAME', 'WORKSPACE_FOLDER', 'CURSOR_INDEX', 'CURSOR_NUMBER', 'CURRENT_YEAR', 'CURRENT_YEAR_SHORT', 'CURRENT_MONTH', 'CURRENT_MONTH_NAME', 'CURRENT_MONTH_NAME_SHORT',
  'CURRENT_DATE', 'CURRENT_DAY_NAME', 'CURRENT_DAY_NAME_SHORT', 'CURRENT_HOUR', 'CURRENT_MINUTE', 'CURRENT_SECOND', 'CURRENT_SECONDS_UNIX', 'CURRENT_TIMEZONE_OFFSET', 'RANDOM', 'RANDOM_HEX', 'UUID',
  'BLOCK_COMMENT_START', 'BLOCK_COMMENT_END', 'LINE_COMMENT',
]);

const MAX_BODY = 100_000;
const MAX_DEPTH = 20;

/** Never throws; what is no syntax stays text, as in the editor, and is told as a fault where it was meant as one. */
export function parseBody(body: string): ParsedBody {
  if (body.length > MAX_BODY) return { parts: [], faults: [{ span: { start: 0, end: Math.min(40, body.length) }, message: `A snippet may have ${MAX_BODY.toLocaleString('en')} characters; this one has ${body.length.toLocaleString('en')}.` }] };
  const reader = new Reader(body);
  const parts = reader.sequence(null, 0);
  return { parts, faults: reader.faults };
}

class Reader {
  readonly faults: SnippetFault[] = [];
  #at = 0;
  #deep = false;

  constructor(private readonly body: string) {}

  /** Parts up to `close`, which is taken, or to the end; `opened` is what asks to be closed. */
  sequence(close: '}' | null, depth: number, opened: Span = { start: 0, end: 0 }): Part[] {
    const parts: Part[] = [];
    let text = '';
    let offsets: number[] = [];
    let start = this.#at;
    const flush = (): void => {
      if (text !== '') parts.push({ kind: 'text', text, offsets, start, end: this.#at });
      text = '';
      offsets = [];
    };
    const put = (c: string, from: number): void => {
      if (text === '') start = from;
      text += c;
      for (let i = 0; i < c.length; i++) offsets.push(from + i);
    };
    while (this.#at < this.body.length) {
      const c = this.body[this.#at] ?? '';
      if (c === '}' && close === '}') break;
      if (c === '\\' && /[\\$}]/.test(this.body[this.#at + 1] ?? '')) {
        put(this.body[this.#at + 1] ?? '', this.#at + 1);
        this.#at += 2;
        continue;
      }
      const from = this.#at;
      const part = c === '$' ? this.#special(depth) : null;
      if (part) {
        const end = this.#at;
        this.#at = from;
        flush();
        this.#at = end;
        parts.push(part);
      } else {
        this.#at = from + 1;
        put(c, from);
      }
    }
    flush();
    if (close === '}') {
      if (this.body[this.#at] === '}') this.#at++;
      else this.faults.push({ span: opened, message: 'This is never closed: a `}` is missing. The editor would insert `${` as text.' });
    }
    return parts;
  }

  /** What begins with `$`; null where it is text. */
  #special(depth: number): Part | null {
    const start = this.#at;
    const simple = /\$(?:(\d{1,6})|([A-Za-z_]\w{0,80}))/y;
    simple.lastIndex = start;
    const lone = simple.exec(this.body);
    if (lone) {
      this.#at = start + lone[0].length;
      if (lone[1] !== undefined) return { kind: 'stop', index: Number(lone[1]), children: [], choices: null, transform: false, start, end: this.#at };
      return this.#variable(lone[2] ?? '', start, null, false);
    }
    const open = /\$\{(?:(\d{1,6})|([A-Za-z_]\w{0,80}))([:|/}])/y;
    open.lastIndex = start;
    const match = open.exec(this.body);
    if (!match) {
      if (this.body[start + 1] === '{') this.faults.push({ span: { start, end: Math.min(this.body.length, start + 2) }, message: '`${` begins a placeholder, a choice or a variable, such as `${1:name}`. For the text itself write `\\${`.' });
      return null;
    }
    if (depth > MAX_DEPTH) {
      if (!this.#deep) this.faults.push({ span: { start, end: start + match[0].length }, message: `Placeholders stand within each other more than ${MAX_DEPTH} deep. Take some of them out.` });
      this.#deep = true;
      return null;
    }
    const [all, index, name, sign] = match;
    this.#at = start + all.length;
    if (index !== undefined) return this.#stop(Number(index), sign ?? '', start, depth);
    if (sign === ':') return this.#variable(name ?? '', start, this.sequence('}', depth + 1, { start, end: this.#at }), false);
    if (sign === '/') return this.#transform(start) ? this.#variable(name ?? '', start, null, true) : null;
    if (sign === '}') return this.#variable(name ?? '', start, null, false);
    this.faults.push({ span: { start, end: this.#at }, message: `A variable has no choices. Use a tab stop: \`\${1|a,b|}\`.` });
    return null;
  }

  #stop(index: number, sign: string, start: number, depth: number): Part | null {
    const made = (children: readonly Part[], choices: readonly Choice[] | null, transform: boolean): Part => ({ kind: 'stop', index, children, choices, transform, start, end: this.#at });
    if (sign === '}') return made([], null, false);
    if (sign === ':') return made(this.sequence('}', depth + 1, { start, end: this.#at }), null, false);
    if (sign === '/') return this.#transform(start) ? made([], null, true) : null;
    const choices = this.#choices(start);
    return choices ? made([], choices, false) : null;
  }

  #variable(name: string, start: number, children: readonly Part[] | null, transform: boolean): Part {
    if (!VARIABLES.has(name)) this.faults.push({ span: { start, end: Math.min(this.#at, start + name.length + 3) }, message: `The editor has no variable \`${name}\`, and inserts the name. For a text that begins with \`$\` write \`\\$\`.` });
    return { kind: 'variable', name, children, transform, start, end: this.#at };
  }

  /** `a,b|}` behind the first bar. */
  #choices(start: number): readonly Choice[] | null {
    const choices: Choice[] = [];
    let text = '';
    let from = this.#at;
    for (let at = this.#at; at < this.body.length; at++) {
      const c = this.body[at] ?? '';
      if (c === '\\' && /[\\,|$}]/.test(this.body[at + 1] ?? '')) text += this.body[++at] ?? '';
      else if (c === ',' || c === '|') {
        choices.push({ text, start: from, end: at });
        text = '';
        from = at + 1;
        if (c === ',') continue;
        if (this.body[at + 1] !== '}') break;
        this.#at = at + 2;
        return choices;
      } else text += c;
    }
    this.faults.push({ span: { start, end: this.#at }, message: 'A choice is never closed: it ends with `|}`, as in `${1|a,b|}`.' });
    return null;
  }

  /** `regex/format/options}`: passed over; only the editor runs it. */
  #transform(start: number): boolean {
    let slashes = 0;
    let depth = 0;
    for (let at = this.#at; at < this.body.length; at++) {
      const c = this.body[at] ?? '';
      if (c === '\\') at++;
      else if (c === '/' && depth === 0) slashes++;
      else if (c === '{' && slashes === 1) depth++;
      else if (c === '}' && depth > 0) depth--;
      else if (c === '}' && slashes >= 2) {
        this.#at = at + 1;
        return true;
      }
    }
    this.faults.push({ span: { start, end: this.#at }, message: 'A transform has three parts and a closing bracket: `${1/regex/format/options}`.' });
    return false;
  }
}
