// Removals that no rule of Claude Code approves, and files whose change no rule approves.
import { programName, strippedForms, type SimpleCommand } from '../shell';
import { requestPath, type RequestPath } from './path-pattern';

const REMOVERS: ReadonlySet<string> = new Set(['rm', 'rmdir']);

/** `rm` and `rmdir` on the root, a folder right below it, the home folder, the working directory or what holds it, or all that lies under a variable that may be empty. */
export function isCriticalRemoval(command: SimpleCommand): boolean {
  return strippedForms(command).some(({ word }) => {
    const program = programName(command.words[word]?.value ?? '');
    const from = program === 'sudo' || program === 'doas' ? command.words.findIndex((other, index) => index > word && REMOVERS.has(programName(other.value))) : word;
    if (!REMOVERS.has(programName(command.words[from]?.value ?? ''))) return false;
    return command.words.slice(from + 1).some(({ value, glob }) => !value.startsWith('-') && (glob ? braced(value) : [value]).some(isCritical));
  });
}

/** `{/usr,/etc}/x` is both. */
function braced(value: string): readonly string[] {
  const [, before = '', inner = '', after = ''] = /^([^{]{0,1000})\{([^{}]{0,1000},[^{}]{0,1000})\}(.{0,1000})$/.exec(value) ?? [];
  return inner === '' ? [value] : inner.split(',').map((part) => before + part + after);
}

function isCritical(written: string): boolean {
  const target = written.replaceAll('\\', '/');
  if (/^[A-Za-z]:(?:\/+[^/]*\/*)?$/.test(target)) return true;
  if (/^\$(?:\w+|\{\w+\})\/(?:\*+)?$/.test(target)) return true;
  if (/^(?:~|\$HOME|\$\{HOME\}|\$PWD|\$\{PWD\})(?:\/\*?)?$/.test(target)) return true;
  if (/^~[\w.-]+\/?$/.test(target)) return true;
  // `/`, `/*`, `/usr`, `/usr/`
  if (/^\/+[^/]*\/*$/.test(target)) return true;
  const path = requestPath(target);
  if (path && ((path.from === 'root' && path.segments.length <= 1) || (path.from !== 'root' && path.segments.length === 0))) return true;
  return /^(?:\.{1,2}\/?)+$/.test(target) || /^(?:\.\.\/)+\*$/.test(target);
}

const FOLDERS: ReadonlySet<string> = new Set(['.git', '.vscode', '.idea', '.husky', '.cargo', '.devcontainer', '.yarn', '.mvn', '.claude']);
const FILES: ReadonlySet<string> = new Set([
  '.gitconfig', '.gitmodules', '.bashrc', '.bash_profile', '.bash_login', '.bash_aliases', '.bash_logout', '.zshrc', '.zprofile', '.zshenv', '.zlogin', '.zlogout', '.profile', '.envrc',
  '.npmrc', '.yarnrc', '.yarnrc.yml', '.pnp.cjs', '.pnp.loader.mjs', '.pnpmfile.cjs', 'bunfig.toml', '.bunfig.toml', '.bazelrc', '.bazelversion', '.bazeliskrc',
  '.pre-commit-config.yaml', 'lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml', 'gradle-wrapper.properties', 'maven-wrapper.properties', '.devcontainer.json', '.ripgreprc', 'pyrightconfig.json', '.mcp.json', '.claude.json',
]);

/** Files that decide what runs later: rules of `allow` do not approve writing them. */
export function isProtected({ segments }: RequestPath): boolean {
  const folder = segments.findIndex((part, index) => FOLDERS.has(part) || (part === '.config' && segments[index + 1] === 'git'));
  if (folder >= 0 && !(segments[folder] === '.claude' && segments[folder + 1] === 'worktrees')) return true;
  return FILES.has(segments[segments.length - 1] ?? '');
}
