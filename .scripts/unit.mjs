// Bundles the test files whose path contains one of the given words (all without) and runs them in Mocha: node .scripts/unit.mjs [WORD...]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export function testFiles(words = []) {
  const files = readdirSync(path.join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/'))
    .filter((file) => !file.startsWith('test/vscode/') && !file.includes('node_modules'))
    .sort();
  return words.length === 0 ? files : files.filter((file) => words.some((word) => file.includes(word)));
}

/** One CommonJS bundle of all given test files; returns its path. */
export async function bundleTests(files, name = 'unit') {
  const outfile = path.join(root, '.test-out', `${name}.cjs`);
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    stdin: { contents: files.map((file) => `import './${file}';`).join('\n'), resolveDir: root, loader: 'ts' },
    bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile, sourcemap: 'inline', logLevel: 'warning',
    mainFields: ['module', 'main'], external: ['mocha', 'esbuild', '@cedar-policy/cedar-wasm/nodejs'], loader: { '.md': 'text', '.txt': 'text' },
    define: { 'import.meta.url': '__filename' },
  });
  return outfile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = testFiles(process.argv.slice(2));
  const bundle = await bundleTests(files, `unit-${process.argv.slice(2).join('-').replaceAll(/[^\w-]/g, '_') || 'all'}`);
  const run = spawnSync(process.execPath, ['--enable-source-maps', path.join(root, 'node_modules/mocha/bin/mocha.js'), '--timeout', '60000', '--reporter', 'dot', bundle], { stdio: 'inherit', cwd: root });
  process.exit(run.status ?? 1);
}
