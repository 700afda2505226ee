// What the editor waits for before anything works: the size of the bundles, minified as they are shipped, the activation, and the start of the server.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { activation } from '../../../.scripts/editor/activation.mjs';
import { root } from '../../../.scripts/lib.mjs';
import { as, judge, median } from '../figures.mjs';
import { catalog, writeFiles } from '../generate.mjs';
import { connect } from '../lsp.mjs';

const STARTS = 7;
const BUNDLES = [
  { file: 'desktop.js', with: 'extension.js', what: 'client, desktop', limit: 350_000 },
  { file: 'web.js', what: 'client, browser', limit: 350_000 },
  { file: 'server.js', what: 'server, desktop', limit: 900_000 },
  { file: 'server-web.js', what: 'server, browser', limit: 900_000 },
  { file: 'cli-main.js', what: 'command line', limit: null },
];

/** Paths of files that a minified build does not name. */
const NAMED_FILES = /^( +)"[^"\n]+"(\([\w, ]*\) \{)$/gm;

/** The editor says so of the extension, loaded as it is built here. */
const ACTIVATION_MS = 50;

const columns = [
  { key: 'what', title: 'what', as: as.text },
  { key: 'size', title: 'minified', as: as.kb },
  { key: 'all', title: 'with all parts', as: as.kb },
  { key: 'zipped', title: 'gzip', as: as.kb },
  { key: 'start', title: 'start', as: as.ms },
];

const minified = async (file) => (await transform(readFileSync(file, 'utf8').replace(NAMED_FILES, '$1f$2'), { minify: true, loader: 'js', format: 'cjs', legalComments: 'none' })).code;
const sizes = (files) => Promise.all(files.map(async (file) => Buffer.byteLength(await minified(file))));

export default {
  id: 'start',
  title: 'Bundles and start',
  async run({ folder, ours, theirs, log }) {
    const rows = [];
    for (const { file, with: entry, what, limit } of BUNDLES) {
      const files = [file, ...(entry ? [entry] : [])];
      const row = { what: `${what} (${files.join(' and ')})` };
      const built = files.map((name) => path.join(root, 'dist', name));
      if (built.every((name) => existsSync(name))) {
        // a module's format, so that the names at its top are shortened as well
        const code = (await Promise.all(built.map(minified))).join('');
        row.size = Buffer.byteLength(code);
        row.zipped = gzipSync(code).length;
      }
      const parts = path.join(root, 'dist', path.basename(file, '.js'));
      if (existsSync(parts)) row.all = row.size + (await sizes(readdirSync(parts).filter((name) => name.endsWith('.js')).map((name) => path.join(parts, name)))).reduce((sum, size) => sum + size, 0);
      rows.push(limit === null ? row : { ...row, budget: `≤ ${limit / 1000} KB`, met: judge([[row.size, limit]]) });
    }
    const place = folder('start');
    writeFiles(place, Object.entries(catalog()));
    for (const server of [ours(), await theirs()].filter(Boolean)) {
      log(`start of ${server.name}`);
      const starts = [];
      for (let n = 0; n < STARTS; n++) {
        const session = await connect(server, place);
        starts.push(session.startup);
        await session.end();
      }
      rows.push({ what: `${server.name}, process started and initialised`, start: median(starts) });
    }
    log('activation in the editor');
    const time = await activation({ workspace: path.join(root, 'test/workspaces/acme'), extensionDir: root, log: () => {} }).catch(() => null);
    rows.push({ what: 'activation in the editor (Node extension host)', ...(time === null ? {} : { start: time }), budget: `≤ ${ACTIVATION_MS} ms`, met: judge([[time ?? undefined, ACTIVATION_MS]]) });
    return { columns, rows, notes: [
      'A server loads its parts when something of theirs is first asked for (files of other tools, completion, review, the analysis of all requests, texts of documentation); the first findings of manifests and policies need the main file alone.',
      'Activation is what the editor counts (Developer: Show Running Extensions); the language client is loaded right after it. Servers: process started → initialised.',
      ...(time === null ? ['Activation was not measured: the browser host is not installed (npm test installs it), or there is no Chromium.'] : []),
    ] };
  },
};
