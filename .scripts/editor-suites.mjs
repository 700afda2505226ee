// The suites of the real editor: bundles them, finds a host (an installed VS Code, else the browser host), runs each and adds up the counts.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { runDesktopSuite } from './editor/desktop.mjs';
import { ensureHost, findBrowser, findCode } from './editor/host.mjs';
import { runSuite } from './editor/run-suite.mjs';
import { runWebSuite } from './editor/run-web.mjs';
import { runUiScripts } from './editor/ui-scripts.mjs';
import { root } from './lib.mjs';

const SUITE = path.join(root, 'test/vscode/suite');
const OUT = path.join(root, 'dist/test');

async function bundle() {
  const common = { bundle: true, external: ['vscode'], logLevel: 'error', sourcemap: 'inline', mainFields: ['module', 'main'] };
  await build({ ...common, entryPoints: [path.join(SUITE, 'index.node.ts')], outfile: path.join(OUT, 'node.js'), platform: 'node', format: 'cjs' });
  await build({
    ...common, entryPoints: [path.join(SUITE, 'index.web.ts')], outfile: path.join(OUT, 'web.js'), platform: 'browser', mainFields: ['browser', 'module', 'main'],
    format: 'iife', globalName: 'countersignTests', footer: { js: 'module.exports = countersignTests;' }, define: { global: 'globalThis' },
  });
}

/** Which host runs the suites: { kind: 'code', path } or { kind: 'browser', path }, or null with the reason. */
async function chooseHost(log) {
  const wanted = process.env.COUNTERSIGN_HOST;
  if (wanted && wanted !== 'code' && wanted !== 'browser') throw new Error(`COUNTERSIGN_HOST is ${wanted}; it can be "code" or "browser".`);
  if (wanted !== 'browser') {
    const code = await findCode({ log });
    if (code) return { kind: 'code', path: code.path, words: `VS Code ${code.version}` };
    if (wanted === 'code') throw new Error('COUNTERSIGN_HOST=code, but no VS Code of version 1.101 or later was found.');
  }
  const browser = findBrowser();
  return browser ? { kind: 'browser', path: browser, words: `the browser host with ${path.basename(browser)}` } : null;
}

/** Tests write into their workspace, so each suite has a copy of its own: of an example, or an empty folder. */
function workspaceOf(name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'countersign-suite-'));
  const workspace = path.join(folder, name);
  if (name === 'empty') mkdirSync(workspace);
  else cpSync(path.join(root, 'test/workspaces', name), workspace, { recursive: true });
  return { workspace, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function editorSuites({ log }) {
  const host = await chooseHost(log);
  if (!host) {
    log('\n!! The editor suites were SKIPPED: there is neither a VS Code (1.101 or later) nor a Chromium or Chrome on this machine (CHROME_PATH names one).');
    return process.env.CI ? { failed: 1 } : { skipped: 1 };
  }
  await bundle();
  const browserPath = findBrowser();
  if (browserPath) await ensureHost({ log });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const suite = async (name, start, example = 'acme') => {
    const made = workspaceOf(example);
    const started = Date.now();
    log(`\n${name}`);
    try {
      const result = await start(made.workspace);
      for (const key of Object.keys(total)) total[key] += result[key] ?? 0;
      log(`${result.failed === 0 ? '✓' : '✗'} ${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    } finally {
      made.remove();
    }
  };
  const node = path.join(OUT, 'node.js');
  const run = (options) => (host.kind === 'code' ? runDesktopSuite({ codePath: host.path, ...options }) : runSuite({ browserPath: host.path, ...options }));
  await suite(`the editor, Node extension host (${host.words})`, (workspace) => run({ extensionDir: root, testsPath: node, workspace, log }));
  await suite(`the editor, a workspace that is not trusted (${host.words})`, (workspace) => run({ extensionDir: root, testsPath: node, workspace, trust: false, log }));
  await suite(`the editor, an empty folder (${host.words})`, (workspace) => run({ extensionDir: root, testsPath: node, workspace, log }), 'empty');
  if (browserPath) {
    await suite('the editor, web extension in a virtual workspace', () => runWebSuite({ extensionDir: root, testsPath: path.join(OUT, 'web.js'), browserPath, log }));
    await suite('the pages of the editor, driven by mouse and keys, with their accessibility', () => runUiScripts({ browserPath, log }));
  } else {
    log('!! The web extension suite and the pages of the editor were SKIPPED: there is no Chromium or Chrome on this machine.');
    total[process.env.CI ? 'failed' : 'skipped'] += 2;
  }
  return total;
}
