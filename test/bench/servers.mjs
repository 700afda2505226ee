// The two language servers that are measured: how each is started and set up as its users have it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { npm, root, run } from '../../.scripts/lib.mjs';

const PEERS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'peers');

/** The wait that yaml-language-server puts before every validation; subtracted in a column of its own, nowhere else. */
export const DEBOUNCE = 200;

/** Our server, or null when it is not built. `mode` is 'pull' (editors of today) or 'push'. */
export function ours(mode = 'pull') {
  const server = path.join(root, 'dist/server.js');
  const cli = path.join(root, 'dist/cli.js');
  const args = existsSync(server) ? [server, '--stdio'] : existsSync(cli) ? [cli, 'lsp', '--stdio'] : null;
  if (!args) return null;
  return { name: 'countersign', command: process.execPath, args, mode, settings: { countersign: {} }, initializationOptions: { trusted: true, clientFiles: false, settings: {} } };
}

/** yaml-language-server with our schemas, installed on first use; null with the reason in `log` when it cannot be had. */
export async function theirs(log) {
  try {
    await installPeers(log);
  } catch (error) {
    log(`yaml-language-server is left out: ${error.message}`);
    return null;
  }
  const schema = (name) => pathToFileURL(path.join(root, 'schemas', `${name}.schema.json`)).href;
  const yaml = {
    validate: true, hover: true, completion: true,
    schemas: { [schema('agent')]: ['*.agent.yaml'], [schema('policy')]: ['*.policy.yaml'] },
    // nothing is fetched from the network
    schemaStore: { enable: false, url: '' }, kubernetesCRDStore: { enable: false, url: '' },
  };
  return { name: 'yaml-language-server', command: process.execPath, args: [path.join(PEERS, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'], mode: 'push', settings: { yaml, http: {}, '[yaml]': {}, editor: {} } };
}

/** Installs the tools to compare with into their own folder, when their lock file is another than the last time. */
export async function installPeers(log) {
  const hash = createHash('sha256').update(readFileSync(path.join(PEERS, 'package-lock.json'))).digest('hex');
  const marker = path.join(PEERS, 'node_modules', '.countersign-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return;
  log('Installing the tools to compare with (once) …');
  const { code, output } = await run(...npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']), { cwd: PEERS, quiet: true });
  if (code !== 0) throw new Error(`npm ci failed in test/bench/peers: ${output.trim().split('\n').at(-1)}`);
  writeFileSync(marker, hash);
}
