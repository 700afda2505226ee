// The program `countersign`: the command line on this machine.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { main } from '../cli';
import { compileLater } from './compile-later';
import { revisionsWith } from './git/history';
import { revisionOf } from './git/revision';
import { nodeHost } from './host';
import { input, write } from './input';

/** Written in by the build, so that the program runs wherever it is put. */
declare const COUNTERSIGN_VERSION: string | undefined;

/** What the build wrote in, else that of the package that this program lies in. */
function version(): string {
  if (typeof COUNTERSIGN_VERSION === 'string') return COUNTERSIGN_VERSION;
  const file = path.join(__dirname, '..', 'package.json');
  const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : 'unknown';
}

if (process.argv[2] !== 'lsp') compileLater();

// a reader that closes early (`| head`) ends the output, not the program with a trace
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

const streams = {
  stdout: { write: (text: string) => void process.stdout.write(text) },
  stderr: { write: (text: string) => void process.stderr.write(text) },
  cwd: process.cwd(),
  env: process.env,
  isTTY: process.stdout.isTTY === true,
  isErrorTTY: process.stderr.isTTY === true,
  columns: process.stdout.columns || process.stderr.columns || 100,
};

// the exit code is set, not forced: output into a pipe is written to its end
void main(process.argv.slice(2), streams, { ...nodeHost(), input, write, serve, revision: (root, name) => revisionOf(root, name, Date.now), revisionsWith }, version()).then((code) => {
  process.exitCode = code;
});

/** The language server is only loaded when it is asked for. */
async function serve(): Promise<number> {
  const { serveStdio } = await import('./lsp-stdio');
  return serveStdio(version());
}
