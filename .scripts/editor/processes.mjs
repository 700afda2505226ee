// Child processes and temporary folders that never outlive us: ended by their own id, on stop, on exit and on Ctrl-C.
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const windows = process.platform === 'win32';
const cleanups = new Set();
let hooked = false;
let interrupt;

/** Runs `cleanup` (synchronous) when this process ends, unless the returned function takes it back first. */
export function onExit(cleanup) {
  if (!hooked) {
    hooked = true;
    process.on('exit', () => {
      for (const each of [...cleanups].reverse()) {
        try {
          each();
        } catch {
          // Going down anyway; the other clean-ups still have to run.
        }
      }
    });
    for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]]) {
      process.on(signal, () => {
        const asked = interrupt;
        interrupt = undefined; // a second Ctrl-C does not wait
        if (asked) asked();
        else process.exit(128 + number);
      });
    }
  }
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/** Resolves at the next Ctrl-C (or another signal to end), which then does not end this process by itself. */
export function interrupted() {
  onExit(() => {});
  return new Promise((resolve) => (interrupt = resolve));
}

/** The environment for an editor: nothing of a surrounding VS Code, and no Node options meant for us. */
export function editorEnv(extra = {}) {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_V8_COVERAGE$)/i;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))), ...extra };
}

/** A new temporary folder (its real path); `remove()` deletes it. It is deleted on exit in any case. */
export function temporaryFolder(name = 'editor') {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), `countersign-${name}-`)));
  const remove = () => {
    forget();
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  const forget = onExit(remove);
  return { dir, remove };
}

/**
 * Starts a program at the head of its own process group, to be ended with us; with `keep`, it may live on.
 * A `.cmd` file needs the shell on Windows, and quotes.
 */
export function start(file, args, { keep = false, ...options } = {}) {
  const shell = windows && /\.(cmd|bat)$/i.test(file);
  const quote = (text) => (/[^\w.:=/\\-]/.test(text) ? `"${text}"` : text);
  const child = spawn(shell ? quote(file) : file, shell ? args.map(quote) : args, {
    env: editorEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    ...options,
    shell,
    detached: !windows
  });
  const forget = keep ? () => {} : onExit(() => signal(child, 'SIGKILL'));
  child.once('exit', () => forget());
  child.once('error', () => forget());
  return child;
}

/** Ends a started program and what it started: asks first, and insists after `graceMs`. */
export async function end(child, graceMs = 3000) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
  signal(child, 'SIGKILL'); // what is left of its group
}

function signal(child, name) {
  if (child.pid === undefined) return;
  try {
    if (windows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).unref();
    else process.kill(-child.pid, name);
  } catch {
    // Already gone.
  }
}

/** Runs a program to its end within `timeoutMs`. Never rejects: `code` is null when it could not start or was stopped. */
export function run(file, args, { timeoutMs = 600_000, onLine, ...options } = {}) {
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const child = start(file, args, options);
    const timer = setTimeout(() => {
      timedOut = true;
      void end(child, 500);
    }, timeoutMs);
    const take = (chunk) => {
      output = (output + chunk).slice(-1_000_000);
      onLine?.(String(chunk));
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    const done = (code, problem) => {
      clearTimeout(timer);
      resolve({ code: timedOut ? null : code, output, timedOut, problem });
    };
    child.once('error', (error) => done(null, error.message));
    // 'close' would wait for grandchildren that hold the pipes; the last output arrives within a moment.
    child.once('exit', (code) => setTimeout(done, 50, code));
  });
}
