// What a server's command would fetch: the package behind `npx`, `uvx`, `docker run` and their like.
import type { ServerPackage, Spanned } from '../format';

type Token = Spanned<string>;

interface Runner {
  readonly registry: ServerPackage['registry'];
  /** options whose next word is theirs */
  readonly withValue: readonly string[];
  /** options that name the package */
  readonly naming: readonly string[];
}

const NPM: Runner = {
  registry: 'npm',
  withValue: ['-c', '--call', '-w', '--workspace', '--prefix', '--cache', '--userconfig', '--registry'],
  naming: ['-p', '--package'],
};
const UV: Runner = {
  registry: 'pypi',
  withValue: [
    '--with', '-w', '--with-editable', '--with-requirements', '-p', '--python', '--index', '--index-url', '-i', '--extra-index-url', '--default-index',
    '--directory', '--project', '--env-file', '--cache-dir', '--refresh-package',
  ],
  naming: ['--from'],
};
const PIPX: Runner = { registry: 'pypi', withValue: ['--python', '--pip-args', '--index-url', '-i'], naming: ['--spec'] };
const DNX: Runner = { registry: 'nuget', withValue: ['--source', '--add-source', '--configfile', '--framework', '-v', '--verbosity'], naming: [] };

const SINGLE: ReadonlyMap<string, Runner> = new Map([['npx', NPM], ['pnpx', NPM], ['bunx', NPM], ['uvx', UV], ['dnx', DNX]]);
const DOUBLE: ReadonlyMap<string, Runner> = new Map([
  ['npm exec', NPM], ['npm x', NPM], ['pnpm dlx', NPM], ['yarn dlx', NPM], ['bun x', NPM], ['pipx run', PIPX],
]);

/** The package, or null where the command runs something that is already there (or that we do not know). */
export function packageOf(command: Token, args: readonly Token[]): ServerPackage | null {
  const words = unwrap([...command.value.trim().split(/\s+/).map((value) => ({ value, span: command.span })), ...args]);
  const [first, second, third] = words.map((word) => word.value);
  const name = programName(first ?? '');
  const single = SINGLE.get(name);
  if (single) return fetched(single, name, words.slice(1));
  if (name === 'uv' && second === 'tool' && third === 'run') return fetched(UV, 'uv tool run', words.slice(3));
  const double = DOUBLE.get(`${name} ${second ?? ''}`);
  if (double) return fetched(double, `${name} ${second ?? ''}`, words.slice(2));
  if ((name === 'docker' || name === 'podman') && second === 'run') return image(name, words.slice(2));
  return null;
}

/** `cmd /c npx ...` and `env A=b npx ...` run what follows. */
function unwrap(words: readonly Token[]): readonly Token[] {
  const name = programName(words[0]?.value ?? '');
  if (name === 'cmd' && /^\/[ck]$/i.test(words[1]?.value ?? '')) return words.slice(2);
  if (name !== 'env') return words;
  let at = 1;
  while (/^[A-Za-z_]\w*=/.test(words[at]?.value ?? '')) at++;
  return words.slice(at);
}

function programName(word: string): string {
  const name = word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
  return name.toLowerCase().replace(/\.(?:exe|cmd|bat|ps1)$/, '');
}

function fetched(runner: Runner, name: string, words: readonly Token[]): ServerPackage | null {
  let positional: Token | null = null;
  let named: Token | null = null;
  let version: string | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    const { value } = word;
    if (value === '--') continue;
    if (!value.startsWith('-')) {
      positional ??= word;
      if (runner.registry !== 'nuget') break;
      continue;
    }
    const [option, inline] = splitOption(value);
    if (runner.naming.includes(option)) named = inline === null ? (words[++at] ?? null) : { value: inline, span: word.span };
    else if (runner.registry === 'nuget' && option === '--version') version = inline ?? words[++at]?.value ?? null;
    else if (runner.withValue.includes(option) && inline === null) at++;
    if (named && runner.registry !== 'nuget') break;
  }
  const found = named ?? positional;
  if (!found || isLocal(found.value)) return null;
  return { runner: name, registry: runner.registry, span: found.span, ...nameAndVersion(runner.registry, found.value, version) };
}

function splitOption(value: string): [string, string | null] {
  const at = value.indexOf('=');
  return at < 0 ? [value, null] : [value.slice(0, at), value.slice(at + 1)];
}

const isLocal = (spec: string): boolean => /^(?:\.|\/|~|file:|[A-Za-z]:[\\/]|\$\{?(?:workspaceFolder|CLAUDE_PLUGIN_ROOT|userHome|PWD|HOME))/.test(spec);
const isVariable = (spec: string): boolean => /\$\{|\$[A-Za-z_]|\{\{|<[^>]*>/.test(spec);

type Naming = Pick<ServerPackage, 'name' | 'version' | 'pinned'>;

function nameAndVersion(registry: ServerPackage['registry'], spec: string, given: string | null): Naming {
  if (isVariable(spec)) return { name: spec, version: given, pinned: null };
  const source = /^(?:git\+|git:|github:|gitlab:|bitbucket:|https?:)/.test(spec);
  if (source) return fromSource(registry, spec);
  const pattern = registry === 'pypi' ? /^([^=<>!~@[\s]+(?:\[[^\]]*\])?)\s*(?:@\s*|(?=[=<>!~]))(.+)$/ : /^(@?[^@]+)@(.+)$/;
  const parts = pattern.exec(spec);
  const name = parts?.[1] ?? spec;
  const version = given ?? parts?.[2] ?? null;
  return { name, version: version?.replace(/^={2,3}\s*/, '') ?? null, pinned: isExact(registry, version) };
}

/** A repository or an address: pinned by a revision behind `#` (npm) or `@` (Python), or by an archive with a fixed name. */
function fromSource(registry: ServerPackage['registry'], spec: string): Naming {
  const parts = registry === 'npm' ? /^([^#]+)#(.+)$/.exec(spec) : /^(.+\/[^/@#]+)@([^#]+)/.exec(spec);
  const version = parts?.[2] ?? null;
  if (/\.(?:tgz|tar\.gz|whl|zip)(?:[?#].*)?$/.test(spec)) return { name: spec, version, pinned: null };
  return { name: parts?.[1] ?? spec, version, pinned: version !== null && !/^(?:main|master|HEAD|develop|latest)$/.test(version) };
}

function isExact(registry: ServerPackage['registry'], version: string | null): boolean {
  if (version === null) return false;
  if (registry === 'pypi') return /^(?:={2,3}\s*)?\d+(?:\.\d+)*(?:[a-z.+-]?[\w.+-]*)?$/.test(version) && !version.includes('*');
  return /^v?\d+\.\d+\.\d+(?:[-+.][\w.+-]*)?$/.test(version);
}

const FLAGS = new Set([
  '--rm', '--init', '--privileged', '--detach', '--interactive', '--tty', '--read-only', '--no-healthcheck', '--quiet', '--publish-all', '--oom-kill-disable', '--sig-proxy', '--disable-content-trust', '--tls-verify',
  '--replace',
]);

/** The image of `docker run`: the first word that is neither an option nor an option's value. */
function image(runner: string, words: readonly Token[]): ServerPackage | null {
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) return null;
    const { value } = word;
    if (value.startsWith('-')) {
      const flag = value.includes('=') || FLAGS.has(value) || /^-[itdqP]+$/.test(value);
      if (!flag) at++;
      continue;
    }
    if (isVariable(value)) return { runner, registry: 'oci', name: value, version: null, pinned: null, span: word.span };
    const digest = value.indexOf('@');
    if (digest > 0) return { runner, registry: 'oci', name: value.slice(0, digest), version: value.slice(digest + 1), pinned: true, span: word.span };
    const tag = /^(.*[^/:]):([\w][\w.-]*)$/.exec(value);
    return { runner, registry: 'oci', name: tag?.[1] ?? value, version: tag?.[2] ?? null, pinned: tag ? tag[2] !== 'latest' : false, span: word.span };
  }
  return null;
}
