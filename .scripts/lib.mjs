// What the scripts share: the root, plain steps, an install that runs only when the lock file changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export const say = (text) => process.stdout.write(`${text}\n`);

/** Runs a program to its end; the output goes to the terminal, or is returned when `quiet`. Resolves to { code, output }. */
export function run(command, args, { cwd = root, env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** npm as a [command, arguments] pair that works on every platform without a shell. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli && /\.c?js$/.test(cli)) return [process.execPath, [cli, ...args]];
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...args]] : ['npm', args];
}

/** Installs the packages of the root when they are missing or the lock file is another. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new Error(`Countersign needs Node 20 or later; this is ${process.version}.`);
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
  const marker = path.join(root, 'node_modules', '.countersign-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return;
  say('Installing packages (about half a minute, once) …');
  const { code, output } = await run(...npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']), { quiet: true });
  if (code !== 0) throw new Error(`npm ci failed:\n${output.trim()}`);
  writeFileSync(marker, hash);
}
