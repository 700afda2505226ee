// Globs over files as VS Code has them in `chat.tools.edits.autoApprove`: `**` for any folders, `*` and `?` within a name, `{a,b}`, `[a-z]`, from the folder that is open.
import { RE2JS } from 're2js';

const MAX_GLOB = 1_000;
const MAX_BRACES = 20;

/** Whether a path below the open folder fits; null for a glob that cannot be used here. */
export function fileGlob(written: string): ((path: string) => boolean) | null {
  // one that begins at the root of the disk: where the folder lies is not known here
  if (written === '' || written.length > MAX_GLOB || /^(?:\/|~|[A-Za-z]:)/.test(written)) return null;
  const source = sourceOf(written.replaceAll('\\', '/').replace(/^\.\//, ''));
  if (source === null) return null;
  try {
    const compiled = RE2JS.compile(source);
    return (path) => compiled.testExact(path);
  } catch {
    return null;
  }
}

function sourceOf(glob: string): string | null {
  let source = '';
  let open = 0;
  for (let at = 0; at < glob.length; at++) {
    const rest = glob.slice(at);
    const c = rest.charAt(0);
    const begins = at === 0 || /[/{,]/.test(glob[at - 1] ?? '');
    const group = c === '[' ? /^\[([!^]?)([^\]/]+)\]/.exec(rest) : null;
    if (begins && rest.startsWith('**/')) {
      source += '(?:[^/]+/)*';
      at += 2;
    } else if (rest.startsWith('/**') && /^(?:$|[,}])/.test(rest.slice(3))) {
      // the folder itself as well
      source += '(?:/(?s:.*))?';
      at += 2;
    } else if (begins && /^\*\*(?:$|[,}])/.test(rest)) {
      source += '(?s:.*)';
      at++;
    } else if (c === '*') source += '[^/]*';
    else if (c === '?') source += '[^/]';
    else if (c === '{' && rest.includes('}')) {
      if (++open > MAX_BRACES) return null;
      source += '(?:';
    } else if (c === ',' && open > 0) source += '|';
    else if (c === '}' && open > 0) {
      open--;
      source += ')';
    } else if (group) {
      source += `[${group[1] ? '^/' : ''}${(group[2] ?? '').replace(/[\\^[&]/g, '\\$&')}]`;
      at += group[0].length - 1;
    } else source += RE2JS.quote(c);
  }
  return open === 0 ? source : null;
}
