// Finds what is installed on this machine: a desktop VS Code that is new enough, and a Chromium to show the browser host in.
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { editorEnv, run } from './processes.mjs';

/** The oldest VS Code that the extension runs in (`engines.vscode` of the manifest). */
const OLDEST = [1, 101];

/** A browser of the Chromium family, or null. `CHROME_PATH` goes first, and alone when it is set. */
export function findBrowser() {
  if (process.env.CHROME_PATH) return executable(process.env.CHROME_PATH);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
  const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]).filter(Boolean);
  const programs = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
  const usual = {
    darwin: apps,
    win32: programs.flatMap((program) => roots.map((root) => path.join(root, program)))
  };
  return first([...names.map(onPath), ...(usual[process.platform] ?? []).map(executable)]);
}

/**
 * An installed desktop VS Code as `{path, version}`, or null; `log` hears why one was passed over.
 * `COUNTERSIGN_CODE` names one outright. The probe is bounded: a `code` that hangs or talks nonsense is passed over.
 */
export async function findCode({ timeoutMs = 5000, log = () => {} } = {}) {
  const named = process.env.COUNTERSIGN_CODE;
  const usual = {
    darwin: ['/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code'],
    win32: [path.join(process.env.LOCALAPPDATA ?? '', 'Programs/Microsoft VS Code/bin/code.cmd')]
  };
  if (named && !executable(named)) log(`COUNTERSIGN_CODE names ${named}, which cannot be run.`);
  const found = named
    ? [executable(named)]
    : [onPath('code'), ...(usual[process.platform] ?? []).map(executable), onPath('code-insiders')];
  for (const candidate of new Set(found.filter(Boolean))) {
    const { version, problem } = await probe(candidate, timeoutMs);
    if (version) return { path: candidate, version };
    log(`Passing over ${candidate}: ${problem}.`);
  }
  return null;
}

async function probe(file, timeoutMs) {
  const real = realpathSync(file);
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { problem: 'there is no display for a desktop editor' };
    if (real.startsWith('/mnt/')) return { problem: 'it belongs to the Windows outside of this system' };
  }
  if (/remote-cli|vscode-server|code-server/.test(real)) return { problem: 'it is the command of a remote session, not an editor' };
  const { code, output, timedOut } = await run(file, ['--version'], { timeoutMs, env: editorEnv() });
  if (timedOut) return { problem: `it did not tell its version within ${timeoutMs / 1000} s` };
  // A desktop build prints three lines: version, commit, architecture. Its look-alikes print something else.
  const match = /^(\d+)\.(\d+)\.(\d+)\S*\r?\n[0-9a-f]{40}\r?\n\w+/m.exec(output);
  if (code !== 0 || !match) return { problem: 'it does not answer as a desktop VS Code does' };
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const version = match[0].split(/\r?\n/)[0];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return { problem: `${version} is older than ${OLDEST.join('.')}` };
  return { version };
}

function onPath(name) {
  const suffixes = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return first(folders.flatMap((folder) => suffixes.map((suffix) => executable(path.join(folder, name + suffix)))));
}

function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

function first(values) {
  return values.find(Boolean) ?? null;
}
