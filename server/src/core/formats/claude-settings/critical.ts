// Removals that no rule of Claude Code approves, and files whose change no rule approves.
import { programName, strippedForms, type SimpleCommand } from '../shell';
import type { RequestPath } from './path-pattern';

/** `rm` and `rmdir` on the root, a folder right below it, the home folder, the working directory or what holds it, or all that lies under a variable that may be empty. */
export function isCriticalRemoval(command: SimpleCommand): boolean {
  return strippedForms(command).some(({ word }) => {
    const program = programName(command.words[word]?.value ?? '');
    const from = program === 'sudo' || program === 'doas' ? command.words.findIndex((other, index) => index > word && !other.value.startsWith('-')) : word;
    const name = programName(command.words[from]?.value ?? '');
    return (name === 'rm' || name === 'rmdir') && command.words.slice(from + 1).some((operand) => !operand.value.startsWith('-') && isCritical(operand.value));
  });
}

function isCritical(written: string): boolean {
  const target = written.replaceAll('\\', '/');
  if (/^[A-Za-z]:(?:\/+[^/]*\/*)?$/.test(target)) return true;
  if (/^\$(?:\w+|\{\w+\})\/(?:\*+)?$/.test(target)) return true;
  if (/^(?:~|\$HOME|\$\{HOME\}|\$PWD|\$\{PWD\})(?:\/\*?)?$/.test(target)) return true;
  if (/^~[\w.-]+\/?$/.test(target)) return true;
  // `/`, `/*`, `/usr`, `/usr/`
  if (/^\/+[^/]*\/*$/.test(target)) return true;
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
