// Bundles everything that runs: node .scripts/build.mjs [--watch] [--minify]
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { context } from 'esbuild';
import { slim, slimServer } from '../client/slim.mjs';
import { removeCompiled, sign } from './compiled.mjs';
import { root, run, say } from './lib.mjs';
import { writeNotices } from './notices.mjs';
import { inParts, partsPlugin } from './parts.mjs';
import { partOf } from './parts-of.mjs';

const minify = process.argv.includes('--minify');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
// Cedar's module is handed over as bytes, so that its own idea of where it lies is never asked for
const nowhere = { 'import.meta.url': '""' };
const node = { platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], define: nowhere };
const browser = { platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'], define: { global: 'globalThis', ...nowhere } };
const bundles = [
  { in: 'server/src/node/launch.ts', out: 'cli.js', ...node, banner: { js: '#!/usr/bin/env node' } },
  { in: 'server/src/node/cli.ts', out: 'cli-main.js', ...node, define: { ...nowhere, COUNTERSIGN_VERSION: JSON.stringify(version) } },
  { in: 'server/src/node/server.ts', out: 'server.js', ...node, parts: 'node' },
  { in: 'server/src/browser/worker.ts', out: 'server-web.js', ...browser, parts: 'browser' },
  { in: 'client/src/extension.ts', out: 'extension.js', ...node, external: ['vscode', './desktop'] },
  { in: 'client/src/desktop.ts', out: 'desktop.js', ...node, external: ['vscode'], plugins: [slim] },
  { in: 'client/src/web.ts', out: 'web.js', ...browser, format: 'cjs', external: ['vscode'], plugins: [slim] },
  { in: 'client/webview/simulator.ts', out: 'simulator.js', ...browser, format: 'iife' },
  { in: 'client/webview/simulator.css', out: 'simulator.css' },
  { in: 'client/webview/matrix/matrix.ts', out: 'matrix.js', ...browser, format: 'iife' },
  { in: 'client/webview/matrix/matrix.css', out: 'matrix.css' },
];

/** What a folder holds, by path: the example as the extension brings it. */
function textsIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));
  return Object.fromEntries(files.sort().map((file) => [file.split(path.sep).join('/'), readFileSync(path.join(folder, file), 'utf8')]));
}

// loaded on demand, when a workspace holds Cedar
mkdirSync(path.join(root, 'dist'), { recursive: true });
removeCompiled(path.join(root, 'dist'));
copyFileSync(path.join(root, 'node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm'), path.join(root, 'dist/cedar.wasm'));
writeFileSync(path.join(root, 'dist/example.json'), JSON.stringify(textsIn(path.join(root, 'test/workspaces/acme'))));
const schemas = await run(process.execPath, ['.scripts/schemas.mjs']);
if (schemas.code !== 0) process.exit(1);
const parts = await partsPlugin(partOf);
const contexts = await Promise.all(
  bundles
    .filter((bundle) => existsSync(path.join(root, bundle.in)))
    .map(({ in: entry, out, parts: host, ...own }) => {
      const options = { bundle: true, minify, sourcemap: minify ? false : 'linked', logLevel: 'warning', legalComments: 'none', metafile: true, ...own };
      const file = path.join(root, 'dist', out);
      return context(host ? inParts(path.join(root, entry), file, host, parts, { ...options, plugins: [slimServer] }) : { entryPoints: [path.join(root, entry)], outfile: file, ...options });
    }),
);
if (process.argv.includes('--watch')) {
  await Promise.all(contexts.map((c) => c.watch()));
  say('Watching. Ctrl-C ends it.');
} else {
  const results = await Promise.all(contexts.map((c) => c.rebuild())).catch(() => null);
  if (results) writeNotices(results.map(({ metafile }) => metafile), ['@cedar-policy/cedar-wasm']);
  else process.exitCode = 1;
  await Promise.all(contexts.map((c) => c.dispose()));
  if (existsSync(path.join(root, 'dist/cli.js'))) chmodSync(path.join(root, 'dist/cli.js'), 0o755);
  if (results) {
    sign(path.join(root, 'dist'));
    // not shipped: it is for this Node alone
    if (!minify && spawnSync(process.execPath, ['.scripts/compiled.mjs', 'dist'], { cwd: root, stdio: 'ignore' }).status !== 0) say('The command line was not compiled beforehand; it starts more slowly.');
  }
}
