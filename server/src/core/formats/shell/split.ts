// A shell command line cut into the simple commands that it runs, as far as that can be seen without running it. Bounded; never throws.
import type { CommandLine, Redirect, SimpleCommand, Word } from './command-line';
import { readEscaped } from './escapes';

/** Longer lines are not taken apart by the tools either. */
const MAX_LENGTH = 10_000;
const MAX_COMMANDS = 500;
const MAX_DEPTH = 12;
const KEYWORDS: ReadonlySet<string> = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '!', '{', 'time']);
const CONTROL: ReadonlySet<string> = new Set(['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'for', 'do', 'done', 'case', 'esac', 'select', 'function', 'coproc', '[[', '((']);

export function splitCommands(line: string): CommandLine {
  if (line.length > MAX_LENGTH) return { commands: [{ text: line.slice(0, MAX_LENGTH), words: [], redirects: [], nested: false }], sound: false, complete: false };
  const reader = new Reader(line);
  reader.list(false, null, 0);
  return { commands: reader.commands, sound: reader.sound && reader.commands.length > 0, complete: reader.complete };
}

class Reader {
  readonly commands: SimpleCommand[] = [];
  sound = true;
  complete = true;
  #at = 0;
  /** here-documents whose text begins on the next line */
  #heredocs: { readonly delimiter: string; readonly tabs: boolean; readonly quoted: boolean }[] = [];

  constructor(private readonly line: string) {}

  /** Commands up to `close`, or to the end. */
  list(nested: boolean, close: string | null, depth: number): void {
    let pending: string | null = null;
    for (;;) {
      if (depth > MAX_DEPTH || this.commands.length > MAX_COMMANDS) return this.#stop();
      this.#blanks();
      if (this.#at >= this.line.length) break;
      if (close !== null && this.line[this.#at] === close) {
        this.#at++;
        if (pending !== null) this.sound = false;
        return;
      }
      const operator = this.#operator();
      if (operator !== null) {
        // `;;` is of `case`; two operators in a row leave nothing to run between them
        if (operator === ';;' || (pending !== null && operator !== '\n')) this.sound = false;
        if (operator === '&&' || operator === '||' || operator === '|' || operator === '|&') pending = operator;
        if (operator === '\n') this.#heredocTexts(depth);
        continue;
      }
      if (this.line[this.#at] === '(') {
        this.#at++;
        this.list(nested, ')', depth + 1);
        this.#redirectsAfterGroup(nested, depth);
        pending = null;
        continue;
      }
      if (this.line[this.#at] === ')') {
        this.sound = false;
        this.#at++;
        continue;
      }
      this.#simple(nested, close, depth);
      pending = null;
    }
    if (close !== null || pending !== null) this.sound = false;
  }

  #stop(): void {
    this.sound = false;
    this.complete = false;
    this.#at = this.line.length;
  }

  #blanks(): void {
    for (;;) {
      const c = this.line[this.#at];
      if (c === ' ' || c === '\t' || c === '\r') this.#at++;
      else if (c === '\\' && this.line[this.#at + 1] === '\n') this.#at += 2;
      else if (c === '#' && (this.#at === 0 || /[\s;&|(]/.test(this.line[this.#at - 1] ?? ' '))) while (this.#at < this.line.length && this.line[this.#at] !== '\n') this.#at++;
      else return;
    }
  }

  #operator(): string | null {
    const rest = this.line.slice(this.#at, this.#at + 2);
    if (rest.startsWith('&>')) return null;
    for (const operator of ['&&', '||', '|&', ';;', '|', ';', '&', '\n']) {
      if (!rest.startsWith(operator)) continue;
      this.#at += operator.length;
      return operator;
    }
    return null;
  }

  /** The text of a here-document is data, but what it substitutes is run, unless its delimiter is quoted. */
  #heredocTexts(depth: number): void {
    for (const { delimiter, tabs, quoted } of this.#heredocs.splice(0)) {
      const begun = this.#at;
      let to = this.line.length;
      while (this.#at < this.line.length) {
        const from = this.#at;
        const end = this.line.indexOf('\n', from);
        const text = this.line.slice(from, end < 0 ? this.line.length : end);
        this.#at = end < 0 ? this.line.length : end + 1;
        if ((tabs ? text.replace(/^\t+/, '') : text) !== delimiter) continue;
        to = from;
        break;
      }
      if (!quoted) this.#substitutions(this.line.slice(begun, to), depth);
    }
  }

  /** What a text runs while it is expanded: `$(...)` and backticks, wherever they stand in it. */
  #substitutions(text: string, depth: number): void {
    if (!/\$\(|`/.test(text)) return;
    if (depth > MAX_DEPTH) this.#stop();
    else this.#take(new Reader(text), (inner) => inner.#expandAll(depth + 1));
  }

  #expandAll(depth: number): void {
    while (this.#at < this.line.length) {
      const c = this.line[this.#at];
      if (c === '\\') this.#at += 2;
      else if (c === '$' || c === '`') this.#expansion(depth, true);
      else this.#at++;
    }
  }

  #redirectsAfterGroup(nested: boolean, depth: number): void {
    const redirects: Redirect[] = [];
    for (;;) {
      this.#blanks();
      const redirect = this.#redirect(depth);
      if (!redirect) break;
      redirects.push(redirect);
    }
    if (redirects.length > 0) this.commands.push({ text: ':', words: [{ value: ':', at: 0, glob: false }], redirects, nested });
  }

  #simple(nested: boolean, close: string | null, depth: number): void {
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    let text = '';
    let from = this.#at;
    const begun = this.#at;
    for (;;) {
      const before = this.#at;
      this.#blanks();
      if (this.#at >= this.line.length || this.#ends(close)) {
        text += this.line.slice(from, before);
        break;
      }
      const start = this.#at;
      const redirect = this.#redirect(depth);
      if (redirect) {
        text += this.line.slice(from, start);
        redirects.push(redirect);
        from = this.#at;
        continue;
      }
      const offset = text.length + (start - from);
      const word = this.#word(depth, close);
      if (this.#at === start) {
        // nothing that a word could begin with: let it be, and go on
        this.sound = false;
        this.#at++;
        continue;
      }
      words.push({ ...word, at: offset });
    }
    if (this.#at === begun) this.#at++;
    this.#keep(text, words, redirects, nested);
  }

  /** Words that only hold others together are taken off; what they stand for is not followed. */
  #keep(text: string, words: readonly Word[], redirects: readonly Redirect[], nested: boolean): void {
    let rest = words;
    while (rest[0] && KEYWORDS.has(rest[0].value) && rest[0].value !== 'time') {
      if (rest[0].value !== '{' && rest[0].value !== '!') this.sound = false;
      rest = rest.slice(1);
    }
    if (rest.length === 1 && rest[0]?.value === '}' && redirects.length === 0) return;
    const first = rest[0];
    if (first && CONTROL.has(first.value)) {
      this.sound = false;
      if (first.value === 'fi' || first.value === 'done' || first.value === 'esac') return;
    }
    if (!first && redirects.length === 0) return;
    const start = first?.at ?? 0;
    this.commands.push({ text: text.slice(start).trimEnd(), words: rest.map((word) => ({ ...word, at: word.at - start })), redirects, nested });
  }

  #ends(close: string | null): boolean {
    const c = this.line[this.#at];
    if (c === '&') return this.line[this.#at + 1] !== '>';
    return c === ';' || c === '|' || c === '\n' || c === ')' || c === close;
  }

  #redirect(depth: number): Redirect | null {
    const match = /^(?:\d{1,3}|&|\{\w{1,30}\})?(?:<<<|<<-?|<>|>>|>\||>&|<&|>|<(?!\())/.exec(this.line.slice(this.#at, this.#at + 40));
    if (!match || match[0].startsWith('&<') || this.line.startsWith('>(', this.#at)) return null;
    const operator = match[0].replace(/^\d+|^\{\w+\}/, '');
    this.#at += match[0].length;
    while (this.line[this.#at] === ' ' || this.line[this.#at] === '\t') this.#at++;
    const start = this.#at;
    const word = this.#word(depth, null);
    if (this.#at === start) this.sound = false;
    if (operator === '<<' || operator === '<<-') this.#heredocs.push({ delimiter: word.value, tabs: operator === '<<-', quoted: /['"\\]/.test(this.line.slice(start, this.#at)) });
    return { operator, target: word.value, glob: word.glob };
  }

  /** One word from here on. Substitutions inside it become commands of their own. */
  #word(depth: number, close: string | null): Omit<Word, 'at'> {
    let value = '';
    let glob = false;
    let braces = false;
    for (;;) {
      const c = this.line[this.#at];
      if (c === undefined || /[\s;|)]/.test(c) || c === close) break;
      if (c === '&' || ((c === '<' || c === '>') && this.line[this.#at + 1] !== '(')) break;
      if (c === '(') {
        // a function's head, or an array
        if (value !== '') this.sound = false;
        break;
      }
      if (c === '\\') {
        value += this.line[this.#at + 1] === '\n' ? '' : (this.line[this.#at + 1] ?? '');
        this.#at += 2;
      } else if (c === "'") value += this.#single();
      else if (c === '"') value += this.#double(depth);
      else if (c === '$' || c === '`' || ((c === '<' || c === '>') && this.line[this.#at + 1] === '(')) value += this.#expansion(depth, false);
      else {
        if (c === '{') braces = true;
        if (c === '*' || c === '?' || c === '[' || (braces && (c === ',' || (c === '.' && value.endsWith('.'))))) glob = true;
        value += c;
        this.#at++;
      }
    }
    return { value, glob };
  }

  #single(): string {
    const end = this.line.indexOf("'", this.#at + 1);
    if (end < 0) this.sound = false;
    const text = this.line.slice(this.#at + 1, end < 0 ? this.line.length : end);
    this.#at = end < 0 ? this.line.length : end + 1;
    return text;
  }

  #double(depth: number): string {
    let value = '';
    this.#at++;
    for (;;) {
      const c = this.line[this.#at];
      if (c === undefined) {
        this.sound = false;
        return value;
      }
      if (c === '"') {
        this.#at++;
        return value;
      }
      if (c === '\\') {
        const next = this.line[this.#at + 1] ?? '';
        value += '"\\$`'.includes(next) ? next : next === '\n' ? '' : `\\${next}`;
        this.#at += 2;
      } else if (c === '$' || c === '`') value += this.#expansion(depth, true);
      else {
        value += c;
        this.#at++;
      }
    }
  }

  /** `$x`, `${...}`, `$((...))` are kept as written; what they, `$(...)`, backticks and `<(...)` run becomes commands. */
  #expansion(depth: number, quoted: boolean): string {
    const start = this.#at;
    const c = this.line[start];
    const next = this.line[start + 1];
    if (c === '`') this.#backticks(depth);
    else if (c === '$' && next === "'" && !quoted) return this.#escaped();
    else if (next === '(' && !(c === '$' && this.#isArithmetic())) {
      this.#at = start + 2;
      this.list(true, ')', depth + 1);
    } else if (c === '$' && (next === '(' || next === '{')) {
      if (next === '(') this.#skipBrackets('(', ')');
      else this.#skipBrackets('{', '}');
      // a default or an index may run something: `${x:-$(...)}`, `$((a[$(...)]))`
      const text = this.line.slice(start + 2, this.#at);
      // with quotes inside, where it ends depends on more than is looked at here; `@P` runs what the variable holds
      if (/['"]|[<>]\(|@P\}$/.test(text)) this.sound = false;
      this.#substitutions(text, depth);
    } else {
      this.#at++;
      while (/\w/.test(this.line[this.#at] ?? '')) this.#at++;
      if (this.#at === start + 1 && /[@*#?$!-]/.test(this.line[this.#at] ?? '')) this.#at++;
    }
    return this.line.slice(start, this.#at);
  }

  /** `$((1 + 2))`, and not `$((a); b)`: the inner bracket ends where the outer one does. */
  #isArithmetic(): boolean {
    if (this.line[this.#at + 2] !== '(') return false;
    let level = 0;
    for (let i = this.#at + 1; i < this.line.length; i++) {
      const c = this.line[i];
      if (c === '\\') i++;
      else if (c === '(') level++;
      else if (c === ')' && --level === 1) return this.line[i + 1] === ')';
    }
    return true;
  }

  /** Up to the backtick that closes; those inside it stand behind backslashes. */
  #backticks(depth: number): void {
    let inner = '';
    for (this.#at++; ; this.#at++) {
      const c = this.line[this.#at];
      if (c === undefined) {
        this.sound = false;
        break;
      }
      if (c === '`') {
        this.#at++;
        break;
      }
      const next = this.line[this.#at + 1] ?? '';
      if (c === '\\' && next !== '' && '`\\$'.includes(next)) {
        inner += next;
        this.#at++;
      } else inner += c;
    }
    if (depth > MAX_DEPTH) this.#stop();
    else this.#take(new Reader(inner), (reader) => reader.list(true, null, depth + 1));
  }

  #escaped(): string {
    const { value, end, closed } = readEscaped(this.line, this.#at + 2);
    this.#at = end;
    if (!closed) this.sound = false;
    return value;
  }

  #take(inner: Reader, read: (inner: Reader) => void): void {
    read(inner);
    for (const command of inner.commands) this.commands.push(command);
    if (!inner.sound) this.sound = false;
    if (!inner.complete) this.#stop();
  }

  #skipBrackets(open: string, close: string): void {
    let level = 0;
    for (; this.#at < this.line.length; this.#at++) {
      const c = this.line[this.#at];
      if (c === '\\') this.#at++;
      else if (c === open) level++;
      else if (c === close && --level === 0) {
        this.#at++;
        return;
      }
    }
    this.sound = false;
    this.#at = Math.min(this.#at, this.line.length);
  }
}
