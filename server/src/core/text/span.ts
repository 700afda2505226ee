// A half-open range of UTF-16 offsets; the only position the core knows. Lines and columns exist at the edge alone.

export interface Span {
  /** offset of the first UTF-16 unit */
  readonly start: number;
  /** offset after the last UTF-16 unit */
  readonly end: number;
}

export const span = (start: number, end: number): Span => ({ start, end });

/** True when `offset` lies in the span; the end counts, since a cursor can stand there. */
export const touches = (s: Span, offset: number): boolean => s.start <= offset && offset <= s.end;

export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
