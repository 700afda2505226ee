// Runs a Mocha suite in the extension host of the browser host: a real VS Code, with Node, a server and a file system.
import { watchSuite } from './browser.mjs';
import { findBrowser } from './find.mjs';
import { startServer } from './serve.mjs';

/**
 * Runs the bundle at `testsPath` (CommonJS, `exports.run`) with the extension of `extensionDir` in the folder `workspace`.
 * `trust: false` leaves Workspace Trust on and the folder untrusted. Resolves to `{code, output, passed, failed, skipped}`;
 * a suite that hangs, crashes or never starts is a failed one. Only a server that does not start rejects.
 */
export async function runSuite({ extensionDir, testsPath, workspace, trust = true, browserPath = findBrowser(), silenceMs, settings, env, screenshot, log = console.log }) {
  const server = await startServer({ extensionDir, testsPath, workspace, trust, settings, env });
  try {
    return await watchSuite({ url: server.url, browserPath, silenceMs, log, screenshot });
  } finally {
    await server.stop();
  }
}
