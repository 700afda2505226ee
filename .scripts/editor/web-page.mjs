// Turns the page of the browser host into a VS Code for the Web: the extension runs in a worker, on a virtual file system.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hostPaths } from './host.mjs';

/**
 * Prepares `page` before it is opened. `extensionPort` is where the extension is served (see static.mjs). `testsPath` is a file in
 * `extensionDir`. `workspace` is `'virtual'` (an empty folder `tmp:/ws`) or `'remote'` (what the address names). `remote: false`
 * cuts the connection to the server, so that there is only the worker, as on vscode.dev.
 */
export async function prepareWebPage(page, { extensionDir, extensionPort, testsPath, workspace = 'virtual', remote = false, settings = {} }) {
  const served = (file) => {
    const relative = path.relative(path.resolve(extensionDir), path.resolve(file)).split(path.sep).join('/');
    if (relative.startsWith('..')) throw new Error('The test bundle has to lie inside of the extension folder.');
    return { scheme: 'http', authority: `127.0.0.1:${extensionPort}`, path: relative ? `/ext/${relative}` : '/ext' };
  };
  const edits = {
    developmentOptions: { extensions: [served(extensionDir)], ...(testsPath && { enableSmokeTestDriver: true, extensionTestsPath: served(testsPath) }) },
    folderUri: workspace === 'virtual' ? { $mid: 1, scheme: 'tmp', path: '/ws' } : undefined,
    configurationDefaults: settings
  };
  await page.addInitScript(editConfiguration, edits);
  if (!remote) await page.route('**/workbench/workbench.js', withoutRemote);
}

/** Runs in the page, before the workbench reads its configuration. The element appears while the page is being parsed. */
function editConfiguration({ developmentOptions, folderUri, configurationDefaults }) {
  if (window !== window.top) return;
  const edit = () => {
    const element = document.getElementById('vscode-workbench-web-configuration');
    if (!element) return false;
    const settings = JSON.parse(element.getAttribute('data-settings'));
    settings.developmentOptions = { ...settings.developmentOptions, ...developmentOptions };
    settings.configurationDefaults = { ...settings.configurationDefaults, ...configurationDefaults };
    if (folderUri) settings.folderUri = folderUri;
    element.setAttribute('data-settings', JSON.stringify(settings));
    return true;
  };
  if (edit()) return;
  const observer = new MutationObserver(() => edit() && observer.disconnect());
  observer.observe(document, { childList: true, subtree: true });
}

async function withoutRemote(route) {
  const source = await readFile(hostPaths.workbench, 'utf8');
  const body = source.replace('remoteAuthority:location.host', 'remoteAuthority:undefined');
  if (body === source) throw new Error('This build of the workbench names its remote differently; web-page.mjs has to follow.');
  await route.fulfill({ body, contentType: 'text/javascript', headers: { 'Access-Control-Allow-Origin': '*' } });
}
