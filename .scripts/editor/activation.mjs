// How long the editor waits for the extension at its start, as the editor itself counts it: the code read and `activate` called.
//   node .scripts/editor/activation.mjs [WORKSPACE]
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findBrowser, hostInstalled } from './host.mjs';
import { withEditor } from './screenshot.mjs';

/** Milliseconds, or null where the browser host or a browser is missing: nothing is installed for this. */
export async function activation({ workspace, extensionDir, log }) {
  if (!findBrowser() || !hostInstalled()) return null;
  // high, so that the list shows all its rows: the fastest stand at its end
  return withEditor({ workspace, extensionDir, size: [1280, 1800], log }, async (page, ui) => {
    await page.locator('.statusbar-item', { hasText: 'Countersign' }).waitFor();
    await ui.command('Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: /countersign/i }).first();
    await row.waitFor({ timeout: 15_000 });
    const [, time] = /Activation: (\d+)\s*ms/.exec(await row.innerText()) ?? [];
    if (time === undefined) throw new Error('The editor does not say how long the activation took.');
    return Number(time);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const workspace = path.resolve(process.argv[2] ?? fileURLToPath(new URL('../../test/workspaces/acme', import.meta.url)));
  const time = await activation({ workspace, log: () => {} });
  console.log(time === null ? 'Not measured: the browser host is not installed (npm test installs it), or there is no Chromium.' : `Activation: ${time} ms`);
}
