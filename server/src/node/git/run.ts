// An installed git, asked and never told: no hook, no network, no lock, no prompt; its output and its time are bounded.
import { spawn } from 'node:child_process';

export type GitResult =
  | { readonly code: number; readonly stdout: Buffer; readonly stderr: string }
  /** `missing`: there is no git; `limit`: it took too long or said too much */
  | { readonly failed: 'missing' | 'limit' };

const MAX_OUTPUT = 256_000_000;
const MAX_ERROR = 4_000;
const MAX_TIME = 120_000;

/** Whatever the repository is configured to do, reading must not run a program of its choice nor fetch what it lacks. */
const QUIET = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.allow=never'];

/** A hook of git names the repository that it runs for, by paths that need not be right in our folder. */
const INHERITED_PLACES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_NAMESPACE'];

function surroundings(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_NO_REPLACE_OBJECTS: '1' };
  for (const name of INHERITED_PLACES) delete env[name];
  return env;
}

/** Runs git in a folder; the words are passed as they are, no shell reads them. */
export function git(folder: string, words: readonly string[], input = ''): Promise<GitResult> {
  return new Promise((resolve) => {
    const child = spawn('git', [...QUIET, ...words], { cwd: folder, env: surroundings(), stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, shell: false });
    const pieces: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let exceeded = false;
    const stop = (): void => {
      exceeded = true;
      child.kill();
    };
    const timer = setTimeout(stop, MAX_TIME);
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > MAX_OUTPUT) stop();
      else pieces.push(piece);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < MAX_ERROR) stderr += text;
    });
    // it may end before it has read all
    child.stdin.on('error', () => undefined);
    child.on('error', () => {
      clearTimeout(timer);
      resolve({ failed: 'missing' });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(exceeded ? { failed: 'limit' } : { code: code ?? 1, stdout: Buffer.concat(pieces), stderr });
    });
    child.stdin.end(input);
  });
}
