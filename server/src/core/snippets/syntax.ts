// The snippet syntax of VS Code: tab stops, placeholders, choices, variables, transforms, escapes. Source: its grammar, as the user guide of snippets has it, and what the editor makes of it (2026).
import type { Span } from '../text';
import { readTransform, type Transform } from './transform';

export type Part =
  | (Span & { readonly kind: 'text'; readonly text: string; /** for each character of `text` where it stands in the body */ readonly offsets: readonly number[] })
  | (Span & { readonly kind: 'stop'; readonly index: number; readonly children: readonly Part[]; readonly choices: readonly Choice[] | null; readonly transform: Transform | null })
  | (Span & { readonly kind: 'variable'; readonly name: string; readonly children: readonly Part[] | null; readonly transform: Transform | null });

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
  'SELECTION', 'TM_SELECTED_TEXT', 'TM_CURRENT_LINE', 'TM_CURRENT_WORD', 'TM_LINE_INDEX', 'TM_LINE_NUMBER', 'TM_FILENAME', 'TM_FILENAME_BASE', 'TM_DIRECTORY', 'TM_DIRECTORY_BASE', 'TM_FILEPATH', 'RELATIVE_FILEPATH',
  'CLIPBOARD', 'WORKSPACE_NAME', 'WORKSPACE_FOLDER', 'CURSOR_INDEX', 'CURSOR_NUMBER', 'CURRENT_YEAR', 'CURRENT_YEAR_SHORT', 'CURRENT_MONTH', 'CURRENT_MONTH_NAME', 'CURRENT_MONTH_NAME_SHORT',
  'CURRENT_DATE', 'CURRENT_DAY_NAME', 'CURRENT_DAY_NAME_SHORT', 'CURRENT_HOUR', 'CURRENT_MINUTE', 'CURRENT_SECOND', 'CURRENT_MILLISECOND', 'CURRENT_SECONDS_UNIX', 'CURRENT_MILLISECONDS_UNIX',
  'CURRENT_TIMEZONE_OFFSET', 'CURRENT_TIMEZONE_NAME', 'RANDOM', 'RANDOM_HEX', 'UUID',
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
  /** the placeholders around what is read */
  readonly #open: number[] = [];

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
    const simple = /\$(?:(\d+)|([A-Za-z_]\w*))/y;
    simple.lastIndex = start;
    const lone = simple.exec(this.body);
    if (lone) {
      this.#at = start + lone[0].length;
      if (lone[1] !== undefined) this.#notWithin(Number(lone[1]), start);
      if (lone[1] !== undefined) return { kind: 'stop', index: Number(lone[1]), children: [], choices: null, transform: null, start, end: this.#at };
      return this.#variable(lone[2] ?? '', start, null, null);
    }
    const open = /\$\{(?:(\d+)|([A-Za-z_]\w*))([:|/}])/y;
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
    if (sign === ':') return this.#variable(name ?? '', start, this.sequence('}', depth + 1, { start, end: this.#at }), null);
    if (sign === '/') {
      const transform = this.#transform(start);
      return transform && this.#variable(name ?? '', start, null, transform);
    }
    if (sign === '}') return this.#variable(name ?? '', start, null, null);
    this.faults.push({ span: { start, end: this.#at }, message: `A variable has no choices. Use a tab stop: \`\${1|a,b|}\`.` });
    return null;
  }

  #stop(index: number, sign: string, start: number, depth: number): Part | null {
    this.#notWithin(index, start);
    const made = (children: readonly Part[], choices: readonly Choice[] | null, transform: Transform | null): Part => ({ kind: 'stop', index, children, choices, transform, start, end: this.#at });
    if (sign === '}') return made([], null, null);
    if (sign === ':') {
      this.#open.push(index);
      const children = this.sequence('}', depth + 1, { start, end: this.#at });
      this.#open.pop();
      return made(children, null, null);
    }
    if (sign === '/') {
      const transform = this.#transform(start);
      return transform && made([], null, transform);
    }
    const opened = this.#at;
    if (index === 0) {
      this.faults.push({ span: { start, end: opened }, message: 'The last tab stop, `$0`, has no choices: the editor would insert this as text. Number it `${1|…|}`.' });
      return null;
    }
    const choices = this.#choices(start);
    return choices && made([], choices, null);
  }

  #notWithin(index: number, start: number): void {
    if (this.#open.includes(index)) this.faults.push({ span: { start, end: this.#at }, message: `The tab stop ${index} stands within itself, which the editor repeats in odd ways. Give the inner one another number.` });
  }

  #variable(name: string, start: number, children: readonly Part[] | null, transform: Transform | null): Part {
    if (!VARIABLES.has(name)) this.faults.push({ span: { start, end: Math.min(this.#at, start + name.length + 3) }, message: `The editor has no variable \`${name.slice(0, 80)}\`, and inserts ${children ? 'the text behind it' : 'the name'}. For a text that begins with \`$\` write \`\\$\`.` });
    return { kind: 'variable', name, children, transform, start, end: this.#at };
  }

  /** `a,b|}` behind the first bar. */
  #choices(start: number): readonly Choice[] | null {
    const choices: Choice[] = [];
    const { body } = this;
    const opened = this.#at;
    let text = '';
    let from = opened;
    for (let at = opened; at < body.length; at++) {
      const c = body[at] ?? '';
      if (c === '\\' && /[\\,|]/.test(body[at + 1] ?? '')) text += body[++at] ?? '';
      else if (c === ',' || c === '|') {
        if (at === from) return this.#no({ start: at, end: at + 1 }, 'A choice cannot be empty: the editor would insert all of this as text. Take the comma away, or write what is to be chosen.');
        choices.push({ text, start: from, end: at });
        text = '';
        from = at + 1;
        if (c === ',') continue;
        if (body[at + 1] !== '}') break;
        for (const choice of choices) this.#escapes(choice);
        this.#at = at + 2;
        return choices;
      } else text += c;
    }
    return this.#no({ start, end: opened }, 'A choice is never closed: it ends with `|}`, as in `${1|a,b|}`.');
  }

  /** A backslash before `$` or `}` is needed outside of choices; in one it would be inserted. */
  #escapes({ start, end }: Choice): void {
    for (let at = start; at + 1 < end; at++) {
      if (this.body[at] !== '\\') continue;
      if (/[$}]/.test(this.body[at + 1] ?? '')) this.faults.push({ span: { start: at, end: at + 2 }, message: `In a choice only \`\\,\`, \`\\|\` and \`\\\\\` are escapes; the editor would insert this backslash. Write \`${this.body[at + 1] ?? ''}\` alone.` });
      at++;
    }
  }

  /** `regex/format/options}` behind the first slash. */
  #transform(start: number): Transform | null {
    const read = readTransform(this.body, this.#at);
    if ('fault' in read) return this.#no(read.span ?? { start, end: this.#at }, read.fault);
    for (const { span, message } of read.warnings) this.faults.push({ span, message });
    this.#at = read.end;
    return read.transform;
  }

  #no(span: Span, message: string): null {
    this.faults.push({ span, message });
    return null;
  }
}
