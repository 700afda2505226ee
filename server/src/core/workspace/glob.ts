// File globs of `.countersign.yaml` and the settings. They come from files of anybody, so their form is bounded before a pattern is built.
import picomatch from 'picomatch/posix';

const MAX_LENGTH = 300;
const MAX_STARS = 12;

/** A matcher over paths relative to the workspace folder; a name without a slash matches at any depth, a folder all that is in it. Null for a glob past the bounds. */
export function glob(source: string): ((path: string) => boolean) | null {
  const text = source.trim().replace(/^\.?\//, '').replace(/\/+$/, '');
  if (text === '' || text.length > MAX_LENGTH || (text.match(/\*+/g)?.length ?? 0) > MAX_STARS || /[()]/.test(text)) return null;
  const anywhere = text.includes('/') ? [text] : [text, `**/${text}`];
  try {
    const match = picomatch([...anywhere, ...anywhere.map((g) => `${g}/**`)], { dot: true, nonegate: true, noextglob: true });
    return (path) => match(path);
  } catch {
    return null;
  }
}

/** True where one of the globs matches. */
export function globs(sources: readonly string[]): (path: string) => boolean {
  const matchers = sources.map(glob).filter((m): m is (path: string) => boolean => m !== null);
  return (path) => matchers.some((match) => match(path));
}
