// Offsets to lines and back (both from 0, columns in UTF-16 units), for the edges only: protocol, reports, cases.

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    if (!text.includes('\r')) {
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
      return;
    }
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of `offset`, clamped into the text; an offset inside a line break belongs to the line's end. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if ((this.#starts[mid] ?? 0) <= at) low = mid;
      else high = mid - 1;
    }
    return { line: low, character: at - (this.#starts[low] ?? 0) };
  }

  range(span: { readonly start: number; readonly end: number }): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** The offset of a position; a line or column past the end is clamped. */
  offset(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    if (start === undefined) return this.#text.length;
    const next = this.#starts[position.line + 1] ?? this.#text.length + 1;
    return Math.min(start + Math.max(0, position.character), Math.max(start, next - 1));
  }

  /** The text of a line without its break. */
  line(number: number): string {
    const start = this.#starts[number];
    if (start === undefined) return '';
    const next = this.#starts[number + 1] ?? this.#text.length;
    return this.#text.slice(start, next).replace(/[\r\n]+$/, '');
  }
}
