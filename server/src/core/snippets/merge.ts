// Three texts become one, line by line: what a snippet was, what somebody made of it, and what the snippet is now.
import { lineDiff } from './line-diff';

export interface Merged {
  readonly text: string;
  /** places where both sides changed the same lines; there what somebody wrote stays */
  readonly conflicts: number;
}

interface Hunk {
  /** lines of the base that are replaced */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

function hunksOf(before: string, after: string): Hunk[] {
  const hunks: Hunk[] = [];
  let line = 0;
  let open: { start: number; end: number; lines: string[] } | null = null;
  for (const { sign, text } of lineDiff(before, after)) {
    if (sign === ' ') {
      if (open) hunks.push(open);
      open = null;
      line++;
      continue;
    }
    open ??= { start: line, end: line, lines: [] };
    if (sign === '-') open.end = ++line;
    else open.lines.push(text);
  }
  if (open) hunks.push(open);
  return hunks;
}

/** `ours` with the changes from `base` to `theirs`. */
export function merge(base: string, ours: string, theirs: string): Merged {
  const lines = base.split('\n');
  const [own, other] = [hunksOf(base, ours), hunksOf(base, theirs)];
  const clash = (a: Hunk, b: Hunk): boolean => a.start < b.end && b.start < a.end || a.start === b.start;
  const same = (a: Hunk, b: Hunk): boolean => a.start === b.start && a.end === b.end && a.lines.join('\n') === b.lines.join('\n');
  const taken = other.filter((hunk) => !own.some((one) => clash(one, hunk)));
  const conflicts = other.filter((hunk) => own.some((one) => clash(one, hunk) && !same(one, hunk))).length;
  const out: string[] = [];
  let at = 0;
  for (const hunk of [...own, ...taken].sort((a, b) => a.start - b.start || a.end - b.end)) {
    out.push(...lines.slice(at, hunk.start), ...hunk.lines);
    at = Math.max(at, hunk.end);
  }
  out.push(...lines.slice(at));
  return { text: out.join('\n'), conflicts };
}
