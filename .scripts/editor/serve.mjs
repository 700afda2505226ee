// Starts VS Code's own server on a free local port with a profile of its own, and ends it again.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostPaths } from './host.mjs';
import { editorEnv, end, run, start, temporaryFolder } from './processes.mjs';

/** Settings for an editor that shows what it is asked for, and nothing else. */
export const calmSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  'files.autoSave': 'off', // a browser saves by itself, a desktop does not; a look must not change the files
  'remote.autoForwardPorts': false,
  'security.workspace.trust.startupPrompt': 'never'
};

/**
 * Starts the server and resolves when it answers: `{url, port, gone, stop()}`; `gone` is a promise of its end. `url` opens `workspace`
 * (a folder; none is fine) with the extension of the folder `extensionDir`, or with the packaged extension `vsix`. With `testsPath`
 * the extension is in development mode and the suite runs by itself. `trust: false` leaves Workspace Trust on and the folder untrusted.
 * `secret: true` lets in only who has the address, which then carries a token: for a server that stays.
 */
export async function startServer({ extensionDir, vsix, workspace, testsPath, trust = true, settings = {}, env = {}, openFile, secret = false, timeoutMs = 180_000, log = () => {} }) {
  const profile = temporaryFolder('editor');
  const dirs = { data: profile.dir, user: path.join(profile.dir, 'ud'), extensions: path.join(profile.dir, 'exts') };
  for (const folder of [path.join(dirs.user, 'User'), dirs.extensions]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(dirs.user, 'User/settings.json'), JSON.stringify({ ...calmSettings, ...settings }, null, 2));
  const token = secret && !vsix ? randomBytes(16).toString('hex') : undefined;
  const flags = trust ? ['--disable-workspace-trust'] : [];
  if (extensionDir && !testsPath) link(extensionDir, dirs.extensions);
  const common = ['--user-data-dir', dirs.user, '--extensions-dir', dirs.extensions];
  const childEnv = editorEnv({
    ...env,
    COUNTERSIGN_PARENT: String(process.pid),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}', // no shop: nothing is looked up on the network
    XDG_CACHE_HOME: dirs.data,
    XDG_CONFIG_HOME: dirs.data,
    XDG_DATA_HOME: dirs.data,
    XDG_RUNTIME_DIR: dirs.data // its sockets go away with the profile
  });
  if (vsix) await installPackage(vsix, common, dirs.data, childEnv);
  const args = vsix
    ? [hostPaths.codeServer, '--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check', ...flags, ...codeServer(dirs.data), ...common]
    : [
        hostPaths.serverMain, '--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms',
        // Without it a built product ignores the suite in silence; with it no notification is ever shown.
        ...(testsPath ? ['--enable-smoke-test-driver'] : []),
        ...(token ? ['--connection-token', token] : ['--without-connection-token']),
        '--server-data-dir', dirs.data, '--telemetry-level', 'off', ...flags, ...common
      ];
  // Its input is a pipe that only closes when we are gone: see exit-with-parent.mjs.
  const child = start(hostPaths.node, ['--import', new URL('exit-with-parent.mjs', import.meta.url).href, ...args], {
    env: childEnv,
    stdio: ['pipe', 'pipe', 'pipe']
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    await end(child);
    profile.remove();
  };
  try {
    const port = await ready(child, timeoutMs, log);
    return { url: pageAddress({ port, extensionDir: testsPath && extensionDir, workspace, testsPath, openFile, token }), port, gone, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that opens a folder or a file of several (`.code-workspace`), a file, an extension under development and its suite on a running server. */
export function pageAddress({ port, extensionDir, workspace, testsPath, openFile, token }) {
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${pathToFileURL(path.resolve(file)).pathname}`;
  const payload = Object.entries({ extensionDevelopmentPath: extensionDir, extensionTestsPath: testsPath, openFile })
    .filter(([, file]) => file)
    .map(([name, file]) => [name, remote(file)]);
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (workspace) url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', decodeURIComponent(pathToFileURL(path.resolve(workspace)).pathname));
  else url.searchParams.set('ew', 'true');
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  if (token) url.searchParams.set('tkn', token);
  return url.href;
}

/** The port, once the server answers on it. */
async function ready(child, timeoutMs, log) {
  let output = '';
  const port = await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`The browser host ${why}.\n${output.trim().split('\n').slice(-8).join('\n')}`));
    const timer = setTimeout(fail, timeoutMs, `did not start within ${timeoutMs / 1000} s`);
    const take = (chunk) => {
      output = (output + chunk).slice(-20_000);
      log(String(chunk).trimEnd());
      const found = /listening on (?:https?:\/\/127\.0\.0\.1:)?(\d+)/i.exec(output);
      if (found) resolve(Number(found[1]));
      if (found) clearTimeout(timer);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code) => fail(`ended at once, with code ${code}`));
  });
  const until = Date.now() + timeoutMs;
  for (;;) {
    const ok = await fetch(`http://127.0.0.1:${port}/version`).then((answer) => answer.ok, () => false);
    if (ok) return port;
    if (Date.now() > until) throw new Error(`The browser host listens, but does not answer within ${timeoutMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** An extension that lies in the folder of installed ones is one of them, also when it is only a link. */
function link(extensionDir, extensions) {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(extensionDir, 'package.json'), 'utf8'));
  symlinkSync(path.resolve(extensionDir), path.join(extensions, `${publisher}.${name}-${version}`), 'junction');
}

async function installPackage(vsix, common, data, env) {
  const args = [hostPaths.codeServer, ...codeServer(data), ...common, '--install-extension', path.resolve(vsix)];
  const { code, output } = await run(hostPaths.node, args, { timeoutMs: 120_000, env });
  if (code !== 0) throw new Error(`${path.basename(vsix)} could not be installed.\n${output.trim()}`);
}

/** code-server takes its settings from a file in the home folder, unless it is given another; an empty one will do. */
function codeServer(data) {
  const file = path.join(data, 'config.yaml');
  writeFileSync(file, '');
  return ['--config', file];
}
