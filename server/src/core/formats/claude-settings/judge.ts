// All rules of a set together, asked about one call: a chain of commands is allowed where each of its parts is, by whatever rule.
import { splitCommands, strippedForms, type CommandLine, type Redirect, type SimpleCommand } from '../shell';
import { allowsCommand, commandPattern, restrictsCommand, type CommandPattern } from './command-pattern';
import { isCriticalRemoval, isProtected } from './critical';
import { pathPattern, requestPath, type PathPattern, type RequestPath } from './path-pattern';
import { isReadOnly } from './read-only';
import type { ApprovalTerms } from './line-relations';
import { readPlaces, type ReadPlaces } from './read-places';
import type { ClaudeRule } from './settings';

export interface Judge {
  /** cut into commands, once for all rules that ask about the same line */
  line(command: string): CommandLine;
  /** the files that the line reads, found once as well */
  reads(command: string): ReadPlaces;
  /** every part of the line is allowed or reads only, and so is what it writes to */
  approves(command: string, powershell?: boolean): boolean;
  /** every part only reads */
  readsOnly(command: string): boolean;
  /** it removes what must not be removed */
  removesCritical(command: string): boolean;
  /** every part works on files below the working directory alone, by commands that `acceptEdits` approves */
  editsOnly(command: string): boolean;
  /** below the working directory or an additional one */
  inside(path: RequestPath): boolean;
  readonly terms: ApprovalTerms;
  /** paths that may be written to, one of each rule; what may be, in words, where it is more than usual */
  readonly writable: readonly string[];
  readonly under: string | undefined;
  /** all on which approval rests; what may be written to; what is inside */
  readonly key: string;
  readonly writeKey: string;
  readonly placeKey: string;
}

/** Programs that `acceptEdits` approves on files of the working directory. */
export const FILE_COMMANDS: ReadonlySet<string> = new Set(['mkdir', 'touch', 'rm', 'rmdir', 'mv', 'cp', 'sed']);

/** `editing`: edits of the working directory need no approval; `anything`: nothing needs one. */
export function judgeOf(rules: readonly ClaudeRule[], additional: readonly string[], editing: boolean, anything: boolean): Judge {
  const allowed: CommandPattern[] = [];
  const powershells: CommandPattern[] = [];
  const edits: PathPattern[] = [];
  for (const { effect, parsed } of rules) {
    if (effect !== 'allow' || !parsed) continue;
    if (parsed.tool === 'Bash') allowed.push(commandPattern(parsed.specifier));
    else if (parsed.tool === 'PowerShell') powershells.push(commandPattern(parsed.specifier, true));
    else if (parsed.tool === 'Edit' && parsed.specifier !== null) edits.push(pathPattern(parsed.specifier, false));
  }
  const folders = additional.flatMap((folder) => requestPath(folder) ?? []);
  const inside = (path: RequestPath): boolean =>
    (path.from === 'working' && !path.outside) || folders.some((folder) => folder.from === path.from && folder.segments.every((part, index) => path.segments[index] === part));
  let known: { readonly command: string; readonly line: CommandLine } | null = null;
  // every rule that allows asks the same of the same line
  let approved: { readonly command: string; readonly powershell: boolean; readonly result: boolean } | null = null;
  const line = (command: string): CommandLine => (known?.command === command ? known : (known = { command, line: splitCommands(command) })).line;
  let read: { readonly line: CommandLine; readonly places: ReadPlaces } | null = null;
  const reads = (command: string): ReadPlaces => {
    const asked = line(command);
    return (read?.line === asked ? read : (read = { line: asked, places: readPlaces(asked) })).places;
  };
  const writes = (redirect: Redirect): boolean => {
    const { target, glob } = redirect;
    if (target === '/dev/null' || anything) return true;
    if (glob || target.startsWith('~') || /[$`]/.test(target) || target === '') return false;
    const path = requestPath(target);
    if (!path || isProtected(path)) return false;
    return (editing && inside(path)) || edits.some((pattern) => pattern.matches(path) === true);
  };
  const redirectsFit = (command: SimpleCommand): boolean => command.redirects.every((redirect) => !isWrite(redirect) || writes(redirect));
  const every = (command: string, fits: (part: SimpleCommand, all: readonly SimpleCommand[]) => boolean): boolean => {
    const { commands, sound } = line(command);
    return sound && commands.every((part) => fits(part, commands) && redirectsFit(part));
  };
  const writeKey = JSON.stringify([edits.map((pattern) => pattern.key).sort(), additional, editing, anything]);
  return {
    line, reads, inside, writeKey, writable: edits.flatMap(({ examples }) => examples.slice(0, 1)).slice(0, 3), under: underOf(edits, editing, anything), terms: { allowed, powershells, edits: edits.map((pattern) => pattern.key), additional, editing, anything }, placeKey: JSON.stringify(additional),
    key: JSON.stringify([allowed.map((pattern) => pattern.key).sort(), powershells.map((pattern) => pattern.key).sort(), writeKey]),
    removesCritical: (command) => line(command).commands.some(isCriticalRemoval),
    readsOnly: (command) => every(command, isReadOnly),
    editsOnly: (command) => every(command, (part, all) => isReadOnly(part, all) || editsFiles(part, inside)),
    approves(command, powershell = false) {
      if (approved?.command === command && approved.powershell === powershell) return approved.result;
      const result = approvesLine(command, powershell);
      approved = { command, powershell, result };
      return result;
    },
  };

  function approvesLine(command: string, powershell: boolean): boolean {
    const { commands, sound, complete } = line(command);
    const rulesOf = powershell ? powershells : allowed;
    if (commands.some(isCriticalRemoval)) return false;
    // the whole line, word for word
    if (rulesOf.some((pattern) => pattern.exact && pattern.matches(command.trim()))) return true;
    // a line that is too long is not taken apart, and asked about
    if (rulesOf.some((pattern) => pattern.everything)) return complete && commands.every(redirectsFit);
    return sound && every(command, (part, all) => rulesOf.some((pattern) => allowsCommand(pattern, part)) || (!powershell && (isReadOnly(part, all) || (editing && editsFiles(part, inside)))));
  }
}

function underOf(edits: readonly PathPattern[], editing: boolean, anything: boolean): string | undefined {
  if (anything) return 'anything may be written to';
  const paths = [...new Set(edits.map(({ key, everything }) => (everything ? 'everything' : `\`${key.slice(key.indexOf(':') + 1)}\``)))];
  const all = [...(editing ? ['the working directory'] : []), ...(paths.length > 3 ? [...paths.slice(0, 2), `${paths.length - 2} others`] : paths)];
  return all.length > 0 ? `${all.join(' and ')} may be written to` : undefined;
}

export const isWrite = ({ operator, target }: Redirect): boolean => operator.includes('>') && !(operator === '>&' && /^(?:\d+|-)$/.test(target));

/** Whether a rule of `deny` or `ask` is for a part of the line; not known where it is for what a part says, and not for how that is written: `"rm" x`, `git  push`. */
export function restricts(pattern: CommandPattern, command: string, line: CommandLine): boolean | 'unknown' {
  if (line.commands.some((part) => restrictsCommand(pattern, part)) || pattern.matches(command.trim())) return true;
  if (!line.complete) return 'unknown';
  return line.commands.some((part) => strippedForms(part).some(({ word }) => pattern.matches(part.words.slice(word).map(({ value }) => value).join(' ')))) ? 'unknown' : false;
}

/** `mkdir`, `mv` and their like, on paths below the working directory that are not protected. */
function editsFiles(command: SimpleCommand, inside: (path: RequestPath) => boolean): boolean {
  const [program, ...operands] = command.words;
  if (!program || !FILE_COMMANDS.has(program.value) || isCriticalRemoval(command)) return false;
  const script = program.value === 'sed' ? operands.findIndex((word) => !word.value.startsWith('-')) : -1;
  return operands.every(({ value, glob }, index) => {
    // `s/a/b/` alone: other commands of sed, and its flags `e` and `w`, run and write what they name
    if (index === script) return /^(?:\d+|\$)?s([/|#,:@])(?:(?!\1)[^\n\\]|\\.){1,1000}\1(?:(?!\1)[^\n\\]|\\.){0,1000}\1[gIip0-9]*$/.test(value);
    // an option may hold a place: `-t/etc`, `--target-directory=/etc`
    if (value.startsWith('-')) return program.value === 'sed' ? /^-(?:i[\w.]{0,20}|[nErsuz]{1,6}i?)$/.test(value) : /^-[a-zA-Z]{1,6}$|^--[a-z-]+$/.test(value);
    if (/[$`{]/.test(value) || value.startsWith('~') || (glob && /[,{]/.test(value))) return false;
    const path = requestPath(value);
    return path !== null && inside(path) && !isProtected(path);
  });
}
