// Opens a workspace with the extension loaded: in an installed VS Code, else in the browser host. For `npm start`.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureHost, findCode } from './host.mjs';
import { interrupted, start } from './processes.mjs';
import { startServer } from './serve.mjs';

/**
 * Resolves when there is nothing more to do: at once with a desktop editor, on Ctrl-C with the browser host, which is then stopped.
 * `COUNTERSIGN_HOST` = `code` or `browser` leaves no choice.
 */
export async function openEditor({ extensionDir, workspace, settings, log = console.log }) {
  const wanted = process.env.COUNTERSIGN_HOST || 'any';
  if (!['any', 'code', 'browser'].includes(wanted)) throw new Error(`COUNTERSIGN_HOST is "${wanted}"; it can be "code" or "browser".`);
  if (wanted !== 'browser') {
    const code = await findCode({ log });
    if (!code && wanted === 'code') throw new Error('COUNTERSIGN_HOST asks for an installed VS Code, and none was found that fits.');
    if (code) {
      const problem = await openCode(code.path, extensionDir, workspace);
      if (!problem) return log(`Opened ${workspace} in VS Code ${code.version}.`);
      if (wanted === 'code') throw new Error(`VS Code ${code.version} could not be opened: ${problem}`);
      log(`VS Code ${code.version} could not be opened (${problem}); taking the browser host.`);
    }
  }
  await ensureHost({ log });
  const stopped = interrupted();
  const server = await startServer({ extensionDir, workspace, settings, secret: true });
  try {
    log(`\n  ${server.url}\n`);
    log('VS Code runs at this address, on this machine only. Ctrl-C ends it.');
    if (hasDisplay() && !process.env.CI) await showInBrowser(server.url);
    const why = await Promise.race([stopped.then(() => 'asked'), server.gone.then(() => 'gone')]);
    if (why === 'gone') throw new Error('The browser host ended by itself.');
  } finally {
    await server.stop();
  }
  log('Stopped.');
}

function openCode(codePath, extensionDir, workspace) {
  return letGo(codePath, ['--new-window', `--extensionDevelopmentPath=${path.resolve(extensionDir)}`, path.resolve(workspace)], 30_000);
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The address is printed anyway, so a browser that does not come up is no failure. */
async function showInBrowser(url) {
  const commands = { darwin: ['open', [url]], win32: ['rundll32', ['url.dll,FileProtocolHandler', url]] };
  const [command, args] = commands[process.platform] ?? ['xdg-open', [url]];
  await letGo(command, args, 3000);
}

/** Starts a program that is the user's from then on. Resolves to what went wrong, if it ends badly within `timeoutMs`. */
function letGo(file, args, timeoutMs) {
  return new Promise((resolve) => {
    const child = start(file, args, { stdio: 'ignore', keep: true });
    child.unref();
    setTimeout(resolve, timeoutMs).unref();
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(code === 0 ? undefined : `it ended with code ${code}`));
  });
}

// node open.mjs EXTENSION WORKSPACE
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await openEditor({ extensionDir: process.argv[2], workspace: process.argv[3] });
}
