// Runs a Mocha suite against the web extension, in a web worker of the browser host: as on vscode.dev, without Node and without files.
import { watchSuite } from './browser.mjs';
import { findBrowser } from './find.mjs';
import { calmSettings, startServer } from './serve.mjs';
import { serveFolder } from './static.mjs';
import { prepareWebPage } from './web-page.mjs';

/**
 * Runs the bundle at `testsPath` (one CommonJS file for the browser, inside of `extensionDir`, `exports.run`) next to the extension's
 * `browser` entry. `workspace` is `'virtual'` (default: the empty folder `tmp:/ws`, to be filled through `workspace.fs`) or a folder on
 * disk, which is then reached through the remote. `remote: true` keeps the server with a virtual workspace.
 * The result is that of `runSuite`.
 */
export async function runWebSuite({ extensionDir, testsPath, workspace = 'virtual', remote = workspace !== 'virtual', trust = true, browserPath = findBrowser(), silenceMs, settings = {}, screenshot, log = console.log }) {
  const virtual = workspace === 'virtual';
  const files = await serveFolder(extensionDir);
  const server = await startServer({ workspace: virtual ? undefined : workspace, trust, settings }).catch(async (error) => {
    await files.stop();
    throw error;
  });
  try {
    return await watchSuite({
      url: virtual ? `http://127.0.0.1:${server.port}/` : server.url,
      browserPath,
      silenceMs,
      log,
      screenshot,
      contextOptions: { bypassCSP: true },
      prepare: (_context, page) =>
        prepareWebPage(page, {
          extensionDir,
          extensionPort: files.port,
          testsPath,
          workspace: virtual ? 'virtual' : 'remote',
          remote,
          settings: { ...calmSettings, ...settings }
        })
    });
  } finally {
    await Promise.all([server.stop(), files.stop()]);
  }
}
