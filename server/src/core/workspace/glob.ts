// File globs of `.countersign.yaml` and the settings. They come from files of anybody, so nothing of them becomes a regular expression: a glob is a
// list of steps, and a path is matched by walking all of them at once, in time proportional to both.

const MAX_LENGTH = 1_000;
/** texts that the braces of one glob may stand for */
const MAX_ALTERNATIVES = 200;

/** One step: a character, any run within a name (`*`), any folders (`**` and its slash: an entrance and the text within), all the rest, one character (`?`), one of a class (`[a-z]`). */
type Step =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'star' | 'folders' | 'folder' | 'rest' | 'any' }
  | { readonly kind: 'class'; readonly ranges: readonly (readonly [string, string])[]; readonly negated: boolean };

/** A matcher over paths relative to the workspace folder; a name without a slash (but at its end) matches at any depth, a folder all that is in it. Null for a glob past the bounds. */
export function glob(source: string): ((path: string) => boolean) | null {
  // a folder that is named stands for all that is in it, so that it need not be entered
  const text = source.trim().replace(/^\.?\//, '').replace(/\/+$/, '').replace(/(?<=[^*/])(?:\/\*\*)+$/, '');
  if (text === '' || text.length > MAX_LENGTH) return null;
  const written = alternatives(text);
  if (!written) return null;
  const anywhere = !/\/./.test(source.trim());
  const patterns = written.map((one) => stepsOf(anywhere ? `**/${one}` : one));
  return (path) => patterns.some((steps) => matches(steps, path));
}

/** True where one of the globs matches. */
export function globs(sources: readonly string[]): (path: string) => boolean {
  const matchers = sources.map(glob).filter((m): m is (path: string) => boolean => m !== null);
  return (path) => matchers.some((match) => match(path));
}

/** The texts that `{a,b}` stand for; null where there are too many. A brace without a comma or an end is itself. */
function alternatives(text: string): string[] | null {
  let done: string[] = [''];
  for (let at = 0; at < text.length; ) {
    const choice = text[at] === '{' ? choices(text, at) : null;
    const options = choice ? choice.options.map(alternatives) : [[text[at] ?? '']];
    const flat: string[] = [];
    for (const option of options) {
      if (!option || flat.length + option.length > MAX_ALTERNATIVES) return null;
      flat.push(...option);
    }
    if (done.length * flat.length > MAX_ALTERNATIVES) return null;
    done = flat.length === 1 ? done.map((begun) => begun + flat[0]) : done.flatMap((begun) => flat.map((end) => begun + end));
    at = choice ? choice.end : at + 1;
  }
  return done;
}

/** The parts between the commas of the brace that opens at `start`, and where it has closed. */
function choices(text: string, start: number): { options: string[]; end: number } | null {
  const options: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at++) {
    const c = text[at];
    if (c === '{') depth++;
    else if (c === ',' && depth === 1) {
      options.push(text.slice(from, at));
      from = at + 1;
    } else if (c === '}' && --depth === 0) {
      options.push(text.slice(from, at));
      return options.length > 1 ? { options, end: at + 1 } : null;
    }
  }
  return null;
}

function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < text.length; ) {
    const c = text[at] ?? '';
    const stars = c === '*' ? (/^\*+/.exec(text.slice(at))?.[0].length ?? 1) : 0;
    const alone = stars > 1 && (at === 0 || text[at - 1] === '/') && (at + stars === text.length || text[at + stars] === '/');
    const group = c === '[' ? classAt(text, at) : null;
    if (alone) {
      if (at + stars === text.length) steps.push({ kind: 'rest' });
      else steps.push({ kind: 'folders' }, { kind: 'folder' });
      at += stars + 1;
    } else if (stars > 0) {
      steps.push({ kind: 'star' });
      at += stars;
    } else if (c === '\\' && at + 1 < text.length) {
      steps.push({ kind: 'char', char: text[at + 1] ?? '' });
      at += 2;
    } else if (group) {
      steps.push(group.step);
      at = group.end;
    } else {
      steps.push(c === '?' ? { kind: 'any' } : { kind: 'char', char: c });
      at++;
    }
  }
  return steps;
}

/** `[a-z_]`, `[!a]`; null where it does not close. */
function classAt(text: string, start: number): { step: Step; end: number } | null {
  const negated = text[start + 1] === '!' || text[start + 1] === '^';
  const from = start + (negated ? 2 : 1);
  const end = text.indexOf(']', from + 1);
  if (end < 0) return null;
  const ranges: [string, string][] = [];
  for (let at = from; at < end; at++) {
    const c = text[at] ?? '';
    if (text[at + 1] === '-' && at + 2 < end) {
      ranges.push([c, text[at + 2] ?? c]);
      at += 2;
    } else ranges.push([c, c]);
  }
  return { step: { kind: 'class', ranges, negated }, end: end + 1 };
}

/** Whether the steps match the whole path, or a folder that it lies in. */
function matches(steps: readonly Step[], path: string): boolean {
  const end = steps.length;
  let open = enter(steps, 0, new Set());
  for (let at = 0; at < path.length && open.size > 0; at++) {
    const c = path[at] ?? '';
    if (c === '/' && open.has(end)) return true;
    const next = new Set<number>();
    for (const index of open) {
      const step = steps[index];
      if (step) advance(steps, step, index, c, next);
    }
    open = next;
  }
  return open.has(end);
}

/** Adds a step and those that need no character before them. */
function enter(steps: readonly Step[], index: number, into: Set<number>): Set<number> {
  into.add(index);
  const kind = steps[index]?.kind;
  if (kind === 'star' || kind === 'rest') enter(steps, index + 1, into);
  if (kind === 'folders') enter(steps, index + 2, into).add(index + 1);
  return into;
}

/** Where one step leads by one character. */
function advance(steps: readonly Step[], step: Step, index: number, c: string, into: Set<number>): void {
  if (step.kind === 'rest') enter(steps, index, into);
  else if (step.kind === 'star') {
    if (c !== '/') enter(steps, index, into);
  } else if (step.kind === 'folder') {
    if (c === '/') enter(steps, index - 1, into);
    else into.add(index);
  } else if (accepts(step, c)) enter(steps, index + 1, into);
}

function accepts(step: Step, c: string): boolean {
  if (step.kind === 'char') return step.char === c;
  if (c === '/') return false;
  if (step.kind === 'any') return true;
  return step.kind === 'class' && step.ranges.some(([low, high]) => c >= low && c <= high) !== step.negated;
}
