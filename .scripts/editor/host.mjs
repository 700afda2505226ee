// Brings the browser host onto the machine: VS Code's own server from the package registry, a Node to run it, and a browser driver.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { editorEnv, onExit, run } from './processes.mjs';

export { findBrowser, findCode } from './find.mjs';

export const HOST_DIR = fileURLToPath(new URL('../../test/vscode/host/', import.meta.url));
const modules = path.join(HOST_DIR, 'node_modules');
const vscode = path.join(modules, 'code-server/lib/vscode');
const marker = path.join(modules, '.countersign-host.json');
const windows = process.platform === 'win32';

/** Where the parts of the installed host are. Node is always started by this path. */
export const hostPaths = {
  node: path.join(modules, 'node/bin', windows ? 'node.exe' : 'node'),
  serverMain: path.join(vscode, 'out/server-main.js'),
  workbench: path.join(vscode, 'out/vs/code/browser/workbench/workbench.js'),
  codeServer: path.join(modules, 'code-server/out/node/entry.js')
};

const install = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
const steps = [
  { name: 'packages', says: 'packages (about 200 MB)', cwd: HOST_DIR, command: 'npm', args: ['ci'], makes: hostPaths.serverMain },
  { name: 'node', says: 'the Node it runs on (about 125 MB)', cwd: path.join(modules, 'node'), command: process.execPath, args: ['installArchSpecificPackage.js'], makes: hostPaths.node },
  { name: 'server', says: 'what its server needs (about 450 MB)', cwd: vscode, command: 'npm', args: install, makes: path.join(vscode, 'node_modules/ws') },
  { name: 'extensions', says: 'what its own extensions need', cwd: path.join(vscode, 'extensions'), command: 'npm', args: install, makes: path.join(vscode, 'extensions/node_modules') }
];

/** Installs the browser host where it is missing, incomplete or not what the lock file says. Returns true if it had to. */
export async function ensureHost({ log = console.log } = {}) {
  const hash = wanted();
  if (missingSteps(hash).length === 0) return false;
  const unlock = await lock(log);
  try {
    const todo = missingSteps(hash); // again: another process may have finished it while we waited
    if (todo.length === 0) return false;
    await roomFor(1.1e9);
    log('Installing the browser host, a real VS Code for tests: about 820 MB, once, 15 s to a few minutes.');
    const done = steps.filter((step) => !todo.includes(step)).map((step) => step.name);
    for (const step of todo) {
      const begin = Date.now();
      await perform(step);
      done.push(step.name);
      writeFileSync(marker, JSON.stringify({ hash, done }));
      log(`  ${done.length}/${steps.length} ${step.says}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    }
    return true;
  } finally {
    unlock();
  }
}

/** True where nothing would have to be installed. */
export const hostInstalled = () => missingSteps(wanted()).length === 0;

/** The Playwright of the host. Loaded on demand, so that nothing here needs the host to be there. */
export function playwright() {
  return createRequire(path.join(HOST_DIR, 'package.json'))('playwright-core');
}

function wanted() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(path.join(HOST_DIR, file)));
  return hash.digest('hex');
}

function missingSteps(hash) {
  let state = {};
  try {
    state = JSON.parse(readFileSync(marker, 'utf8'));
  } catch {
    // Never installed, or stopped in the first step.
  }
  const from = state.hash === hash ? steps.findIndex((step) => !state.done?.includes(step.name) || !existsSync(step.makes)) : 0;
  return from < 0 ? [] : steps.slice(from);
}

async function perform(step) {
  const file = step.command === 'npm' && windows ? 'npm.cmd' : step.command;
  const once = () => run(file, step.args, { cwd: step.cwd, env: npmEnv(), timeoutMs: 900_000 });
  const good = ({ code }) => code === 0 && existsSync(step.makes);
  let result = await once();
  if (!good(result)) {
    // Once more: the network had a moment, or an npm whose parent was killed was still writing here.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    result = await once();
  }
  if (good(result)) return;
  const { code, output, timedOut, problem } = result;
  const ending = problem ?? (timedOut ? 'it took more than 15 minutes' : code === 0 ? 'it brought no file for this platform' : `it ended with code ${code}`);
  const said = output.trim().split('\n').filter((line) => !/npm warn|complete log/i.test(line));
  const command = [path.basename(file), ...step.args].join(' ');
  throw new Error(`The browser host could not be installed (${step.says}).\n  ${command}: ${ending}.\n    ${said.slice(0, 8).join('\n    ')}\n  What was installed is kept; the next run goes on from there.`);
}

/** npm hands its own settings to its scripts through the environment; some (a prefix, a dry run) would misguide the npm inside. */
function npmEnv() {
  const misguiding = /^npm_(config_(global|prefix|local_prefix|dry_run|workspaces?|omit|include|production|ignore_scripts)|lifecycle_|package_)/i;
  return Object.fromEntries(Object.entries(editorEnv()).filter(([name]) => !misguiding.test(name)));
}

async function roomFor(bytes) {
  const { bavail, bsize } = await statfs(HOST_DIR);
  if (bavail * bsize < bytes) throw new Error(`The browser host needs ${(bytes / 1e9).toFixed(1)} GB of disk; ${((bavail * bsize) / 1e9).toFixed(1)} GB are free.`);
}

/** One installer at a time: the lock file names its process, and the lock of a process that is gone counts for nothing. */
async function lock(log) {
  const file = path.join(os.tmpdir(), `countersign-host-${createHash('sha256').update(HOST_DIR).digest('hex').slice(0, 12)}.lock`);
  for (let waited = 0; ; waited++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      const remove = () => rmSync(file, { force: true });
      const forget = onExit(remove);
      return () => void (forget(), remove());
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!alive(file)) rmSync(file, { force: true });
    else if (waited === 0) log('Another process is installing the browser host; waiting for it.');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function alive(owner) {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
