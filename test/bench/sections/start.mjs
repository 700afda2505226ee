// What the editor waits for before anything works: the size of the bundles, minified as they are shipped, and the start of the server.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { root } from '../../../.scripts/lib.mjs';
import { as, judge, median } from '../figures.mjs';
import { catalog, writeFiles } from '../generate.mjs';
import { connect } from '../lsp.mjs';

const STARTS = 7;
const BUNDLES = [
  { file: 'extension.js', what: 'client, desktop', limit: 350_000 },
  { file: 'web.js', what: 'client, browser', limit: 350_000 },
  { file: 'server.js', what: 'server, desktop', limit: 900_000 },
  { file: 'server-web.js', what: 'server, browser', limit: 900_000 },
  { file: 'cli.js', what: 'command line', limit: null },
];

const columns = [
  { key: 'what', title: 'what', as: as.text },
  { key: 'size', title: 'minified', as: as.kb },
  { key: 'zipped', title: 'gzip', as: as.kb },
  { key: 'start', title: 'start → initialised', as: as.ms },
];

export default {
  id: 'start',
  title: 'Bundles and start',
  async run({ folder, ours, theirs, log }) {
    const rows = [];
    for (const { file, what, limit } of BUNDLES) {
      const built = path.join(root, 'dist', file);
      const row = { what: `${what} (${file})` };
      if (existsSync(built)) {
        // a module's format, so that the names at its top are shortened as well
        const { code } = await transform(readFileSync(built, 'utf8'), { minify: true, loader: 'js', format: 'cjs', legalComments: 'none' });
        row.size = Buffer.byteLength(code);
        row.zipped = gzipSync(code).length;
      }
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
    return { columns, rows, notes: ['Activation inside the editor is not measured here: it needs the editor.'] };
  },
};
