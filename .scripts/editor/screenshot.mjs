// README
// Looks at the real editor: opens a workspace in the browser host with the extension, does things, takes pictures.
//
//   node .scripts/editor/screenshot.mjs --workspace DIR [--extension DIR | --vsix FILE] [--web] [--untrusted]
//       [--theme "Default Light Modern" | "Default Dark Modern" | "Default High Contrast"] [--size 1280x800]
//       [--setting name=json]... [--open FILE] [--line 12] [--script FILE.mjs] [--out FILE.png]
//
// `--extension` (default: this repository) loads the folder in development mode, `--vsix` installs a package as a user does,
// `--web` runs the folder's `browser` entry in a web worker. `--script` names a module with `export default async (page, ui) => …`;
// `page` is Playwright's, `ui` the helpers of ui.mjs: openFile, command, goto, type, hover, problems, view, squiggles, webview, shot…
// Without `--out` and without a script the picture is `editor.png` in the temporary folder. A failing script leaves
// `failed.png` there. Pictures are evidence: look at them.
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { ensureHost, findBrowser } from './host.mjs';
import { calmSettings, startServer } from './serve.mjs';
import { serveFolder } from './static.mjs';
import { helpers } from './ui.mjs';
import { prepareWebPage } from './web-page.mjs';

const PATIENCE = 120_000;

const quiet = {
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'breadcrumbs.enabled': true,
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'workbench.layoutControl.enabled': false
};

/** Opens the editor and hands `(page, ui)` to `script`; everything is closed afterwards. Resolves to what `script` returns. */
export async function withEditor(options, script) {
  const { workspace, vsix, web = false, trust = true, theme = 'Default Light Modern', size = [1280, 800], open, settings = {}, browserPath = findBrowser(), log = console.log } = options;
  const extensionDir = vsix ? undefined : path.resolve(options.extensionDir ?? fileURLToPath(new URL('../../', import.meta.url)));
  const folder = workspace?.endsWith('.code-workspace') ? path.dirname(workspace) : workspace;
  await ensureHost({ log });
  const all = { ...calmSettings, ...quiet, 'workbench.colorTheme': theme, ...settings };
  const closers = [];
  try {
    const server = await startServer({ extensionDir: web ? undefined : extensionDir, vsix, workspace, trust, settings: all, openFile: open && path.resolve(folder, open) });
    closers.push(server.stop);
    const { browser, close } = await launchBrowser(browserPath);
    closers.push(close);
    const context = await browser.newContext({ viewport: { width: size[0], height: size[1] }, deviceScaleFactor: 1, bypassCSP: web });
    const page = await context.newPage();
    // a limit on a single wait, for a machine that is slow and busy; a state that comes is not waited for any longer
    page.setDefaultTimeout(PATIENCE);
    if (web) {
      const files = await serveFolder(extensionDir);
      closers.push(files.stop);
      await prepareWebPage(page, { extensionDir, extensionPort: files.port, workspace: 'remote', remote: true, settings: all });
    }
    await page.goto(server.url);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 30_000 }).catch(() => {}); // an empty folder
    if (open) await page.locator('.editor-instance .view-line').first().waitFor();
    try {
      return await script(page, helpers(page, { workspace }));
    } catch (error) {
      const picture = path.join(os.tmpdir(), `failed${options.name ? `-${options.name.replace(/\W+/g, '-')}` : ''}.png`);
      await page.screenshot({ path: picture }).then(() => log(`The script failed; see ${picture}.`), () => {});
      throw error;
    }
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function main() {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: { workspace: text, extension: text, vsix: text, theme: text, size: text, open: text, line: text, script: text, out: text, web: { type: 'boolean' }, untrusted: { type: 'boolean' }, setting: { type: 'string', multiple: true } }
  });
  if (!values.workspace) throw new Error('--workspace DIR is needed; the head of this file says the rest.');
  const settings = Object.fromEntries((values.setting ?? []).map((pair) => [pair.slice(0, pair.indexOf('=')), JSON.parse(pair.slice(pair.indexOf('=') + 1))]));
  const options = { ...values, extensionDir: values.extension, trust: !values.untrusted, size: values.size?.split('x').map(Number), settings };
  await withEditor(options, async (page, ui) => {
    if (values.line) await ui.goto(Number(values.line));
    if (values.script) await (await import(pathToFileURL(path.resolve(values.script)).href)).default(page, ui);
    else if (values.open) await ui.pause(1500); // findings arrive
    const out = values.out ?? (values.script ? undefined : path.join(os.tmpdir(), 'editor.png'));
    if (out) await ui.shot(out);
    if (out) console.log(out);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
