// Commands that Claude Code knows to read only, and so runs without asking, in every mode.
import { programName, strippedForms, type SimpleCommand } from '../shell';
import { requestPath } from './path-pattern';

/** Whatever their options, they change nothing. */
const READERS: ReadonlySet<string> = new Set(['ls', 'cat', 'echo', 'pwd', 'head', 'tail', 'grep', 'wc', 'which', 'diff', 'stat', 'du', 'true', 'false', ':']);

/** Forms of `git` that read, without an option that writes or runs something. */
const GIT: ReadonlySet<string> = new Set([
  'status', 'log', 'diff', 'show', 'rev-parse', 'describe', 'blame', 'ls-files', 'ls-tree', 'ls-remote', 'shortlog', 'rev-list', 'merge-base', 'for-each-ref', 'cat-file', 'name-rev', 'whatchanged', 'grep', 'show-ref', 'count-objects',
]);
/** The first words behind `git` that may be of a form that reads. */
export const GIT_READS: ReadonlySet<string> = new Set([...GIT, '--no-pager', 'branch', 'remote', 'tag', 'stash', 'worktree', 'config', 'reflog']);
/** Programs of which some form only reads. */
export const MAY_READ: ReadonlySet<string> = new Set([...READERS, 'cd', 'find', 'sort', 'sed', 'file', 'git']);
/** Git takes any beginning of a long option for it. */
const GIT_WRITES = /^(?:-O|--(?:ou|op|ext|textc|filters|up|exe))/;

/** Whether a part of a line runs without being asked for. `line`: all of its parts. */
export function isReadOnly(command: SimpleCommand, line: readonly SimpleCommand[]): boolean {
  const forms = strippedForms(command);
  const last = forms[forms.length - 1];
  if (!last || last.assigned.length > 0) return false;
  const words = command.words.slice(last.word);
  const program = words[0]?.value ?? '';
  const args = words.slice(1).map((word) => word.value);
  // an option may come out of a wildcard, a variable, or what `xargs` is fed
  const open = words.some((word) => word.glob || /[$`]/.test(word.value)) || (last.word > 0 && command.words.slice(0, last.word).some((word) => word.value === 'xargs'));
  if (program !== programName(program)) return false;
  if (READERS.has(program)) return true;
  switch (program) {
    case 'cd':
      return isInside(args) && !line.some((other) => programName(other.words[0]?.value ?? '') === 'git') && !line.some((other) => other.redirects.some(({ target, operator }) => operator.includes('>') && target !== '/dev/null' && !/^\d$/.test(target)));
    case 'find':
      return !open && !args.some((arg) => /^-(?:exec|execdir|ok|okdir|delete|fprint0?|fprintf|fls)$/.test(arg));
    case 'sort':
      return !open && !args.some((arg) => /^(?:-[a-zA-Z]*o|--o|--co)/.test(arg));
    case 'sed':
      return args[0] === '-n' && /^(?:\d+|\$)?(?:,(?:\d+|\$))?p$/.test(args[1] ?? '') && args.slice(2).every((arg) => !/^[-$`]/.test(arg)) && !words.slice(3).some((word) => word.glob);
    case 'file':
      return !open && !args.some((arg) => /^(?:-[a-zA-Z]*[mfC]|--ma|--f|--c)/.test(arg));
    case 'git':
      return !open && readsGit(args);
    default:
      return false;
  }
}

/** `cd` into the working directory or below. */
function isInside(args: readonly string[]): boolean {
  const path = args.length === 1 ? requestPath(args[0] ?? '') : null;
  return path !== null && path.from === 'working' && !path.outside && !/[$`*?]/.test(args[0] ?? '') && args[0] !== '-';
}

function readsGit(args: readonly string[]): boolean {
  const [form = '', ...rest] = args[0] === '--no-pager' ? args.slice(1) : args;
  if (rest.some((arg) => GIT_WRITES.test(arg))) return false;
  if (GIT.has(form)) return true;
  const plain = rest.every((arg) => /^-(?:[arv]+|-all|-remotes|-verbose|-list|l|-show-current|-merged|-no-merged|-contains)$/.test(arg));
  if (form === 'branch') return plain;
  if (form === 'remote') return rest.every((arg) => arg === '-v' || arg === '--verbose') || ((rest[0] === 'show' || rest[0] === 'get-url') && rest.length <= 2);
  if (form === 'tag') return rest.length === 0 || rest[0] === '-l' || rest[0] === '--list';
  if (form === 'stash' || form === 'worktree') return rest[0] === 'list';
  if (form === 'config') return rest[0] === '--get' || rest[0] === '--list' || rest[0] === '-l' || rest[0] === '--get-all';
  return form === 'reflog' && (rest.length === 0 || rest[0] === 'show');
}
