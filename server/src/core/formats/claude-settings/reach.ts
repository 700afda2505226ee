// How far a rule of `allow` really reaches: programs that run whatever they are given, and patterns that stand for nearly everything.
import { commandPattern } from './command-pattern';
import type { ClaudeRule } from './settings';

/** Programs that run code or commands that are handed to them. */
const RUNS: ReadonlySet<string> = new Set([
  'python', 'python2', 'python3', 'node', 'deno', 'bun', 'ruby', 'perl', 'php', 'lua', 'bash', 'sh', 'zsh', 'fish', 'dash', 'ksh', 'pwsh', 'powershell', 'osascript', 'eval', 'exec', 'source', 'env', 'xargs', 'sudo', 'doas', 'awk', 'ssh',
  'npx', 'bunx', 'uvx', 'npm exec', 'pnpm exec', 'pnpm dlx', 'yarn dlx', 'uv run', 'poetry run', 'pipx run', 'docker run', 'docker exec', 'kubectl exec', 'devbox run', 'mise exec', 'direnv exec', 'nix run', 'nix-shell', 'deno run', 'deno eval', 'go run', 'cargo run', 'ts-node', 'tsx',
]);
/** Programs that can do much else, and run whatever is behind one of their words: worth a word only where something is denied. */
const RUNS_BY: ReadonlyMap<string, string> = new Map([['npm', 'npm exec'], ['pnpm', 'pnpm exec'], ['yarn', 'yarn exec'], ['uv', 'uv run'], ['poetry', 'poetry run'], ['pipx', 'pipx run'], ['mise', 'mise exec']]);
/** Programs whose every use is allowed with one word, and what that lets happen. */
const WIDE: ReadonlyMap<string, string> = new Map([
  ['rm', 'deletes any file'], ['curl', 'sends anything to any host'], ['wget', 'fetches anything from any host'], ['gh auth', 'shows and changes the token of the account'], ['gh api', 'changes anything on GitHub that the account may change'], ['gh', 'does anything on GitHub that the account may do'],
  ['aws', 'does anything in the cloud that the account may do'], ['gcloud', 'does anything in the cloud that the account may do'], ['az', 'does anything in the cloud that the account may do'],
  ['kubectl', 'does anything in the cluster that the account may do'], ['terraform', 'changes infrastructure'], ['git', 'pushes, resets, and runs programs by options such as `-c`'], ['docker', 'runs any container'],
  ['chmod', 'changes any permission'], ['chown', 'changes any owner'], ['dd', 'writes anywhere'], ['scp', 'sends files to any host'], ['rsync', 'sends files to any host'], ['nc', 'connects to any host'], ['psql', 'runs any statement on any database'], ['mysql', 'runs any statement on any database'],
]);

export interface Reach {
  /** it runs whatever it is given */
  readonly interpreter: boolean;
  /** and is not wide in itself */
  readonly beside?: boolean;
  readonly program: string;
  /** what it does, beginning with the verb */
  readonly does: string;
}

/** What an allowed command rule lets happen beyond its words; null for one that says what it allows. */
export function reachOf({ effect, parsed }: ClaudeRule): Reach | null {
  if (effect !== 'allow' || !parsed || (parsed.tool !== 'Bash' && parsed.tool !== 'PowerShell')) return null;
  const found = commandPattern(parsed.specifier, parsed.tool === 'PowerShell');
  if (found.everything) return { interpreter: true, program: parsed.tool, does: 'runs every command' };
  if (found.exact) return null;
  const words = found.prefix.split(/\s+/).filter((word) => word !== '');
  // `PGHOST=db psql *` is as wide as `psql *`
  while (/^[A-Za-z_]\w*\+?=[^"'`$]*$/.test(words[0] ?? '')) words.shift();
  if (words.length === 0) return { interpreter: true, program: '*', does: 'runs every program, since a wildcard stands where the program does' };
  const [program = '', sub = ''] = words;
  const bare = program.slice(program.lastIndexOf('/') + 1);
  // `python3 -c *` and `bash -c *` are as wide as the program; `node scripts/*` names what it runs
  const options = words.slice(1).every((word) => /^-[a-z]{1,2}$|^["']$/.test(word));
  if (RUNS.has(bare) && options) return { interpreter: true, program: bare, does: 'runs whatever code it is given' };
  if (RUNS.has(`${bare} ${sub}`) && words.length === 2) return { interpreter: true, program: `${bare} ${sub}`, does: 'runs whatever it is given' };
  const by = words.length === 1 ? RUNS_BY.get(bare) : undefined;
  if (by !== undefined) return { interpreter: true, beside: true, program: bare, does: `runs whatever it is given behind \`${by}\`` };
  const flags = (bare === 'curl' || bare === 'wget') && words.slice(1).every((word) => /^-[a-zA-Z]{1,8}$/.test(word));
  const wide = WIDE.get(words.length === 2 ? `${bare} ${sub}` : '') ?? (words.length === 1 || flags ? WIDE.get(bare) : undefined);
  if (wide !== undefined) return { interpreter: false, program: words.join(' '), does: wide };
  return null;
}
