// A text made of stretches of another, with insertions, that knows where each of its places stands in the original.
import type { Stretch } from './lines';

export interface Patched {
  readonly text: string;
  /** where a place of the made text stands in the original; what was inserted stands where it was inserted */
  readonly original: (offset: number) => number;
}

/** A replacement in the original text. */
export interface Insertion extends Stretch {
  readonly text: string;
}

const HEAD = /^ *(?:[^\s:#'"{}[\],][^:#'"{}[\],]*|"[^"\\]*"|'[^']*') *:(?= |$)/;

/** Joins the stretches as lines and applies the insertions that lie in them. A stretch with the end -1 is cut behind its key. */
export function patch(source: string, stretches: readonly Stretch[], insertions: readonly Insertion[]): Patched {
  const parts: { readonly at: number; readonly from: number; readonly length: number }[] = [];
  let text = '';
  const copy = (start: number, end: number): void => {
    if (end <= start) return;
    parts.push({ at: text.length, from: start, length: end - start });
    text += source.slice(start, end);
  };
  for (const stretch of stretches) {
    let end = stretch.end;
    if (end < 0) {
      const newline = source.indexOf('\n', stretch.start);
      const head = HEAD.exec(source.slice(stretch.start, newline < 0 ? source.length : newline));
      if (!head) continue;
      end = stretch.start + head[0].length;
    }
    let at = stretch.start;
    for (const insertion of insertions) {
      if (insertion.start < at || insertion.end > end) continue;
      copy(at, insertion.start);
      parts.push({ at: text.length, from: insertion.start, length: 0 });
      text += insertion.text;
      at = insertion.end;
    }
    copy(at, end);
    parts.push({ at: text.length, from: end, length: 0 });
    text += '\n';
  }
  return {
    text,
    original(offset) {
      let low = 0;
      let high = parts.length - 1;
      while (low < high) {
        const mid = (low + high + 1) >> 1;
        if ((parts[mid]?.at ?? 0) <= offset) low = mid;
        else high = mid - 1;
      }
      const part = parts[low];
      return part ? part.from + Math.min(part.length, Math.max(0, offset - part.at)) : 0;
    },
  };
}
