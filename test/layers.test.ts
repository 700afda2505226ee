// The layers: each imports only what stands left of it, through its index, and the core knows no platform.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const SRC = path.resolve('server/src');
const ORDER = [
  ['core/text'], ['core/yaml'], ['core/documents', 'core/formats'], ['core/model'], ['core/workspace', 'core/conditions'], ['core/policy'], ['core/analysis'],
  ['core/snippets', 'core/exporters'], ['core/lint'], ['ide'], ['lsp', 'cli'], ['node', 'browser'],
];
const LEVEL = new Map(ORDER.flatMap((layers, level) => layers.map((layer) => [layer, level] as const)));
const PLATFORM = /^(node:|vscode|fs$|path$|os$|url$|worker_threads$)/;

const layerOf = (file: string): string | undefined => [...LEVEL.keys()].find((layer) => file.startsWith(`${layer}/`));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(full);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [full] : [];
  });
}

const imports = (file: string): string[] => [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1] ?? '');

describe('layers', () => {
  const files = sources(SRC).map((file) => path.relative(SRC, file).split(path.sep).join('/'));

  for (const file of files) {
    const layer = layerOf(file);
    if (!layer) continue;
    it(file, () => {
      for (const target of imports(path.join(SRC, file))) {
        if (!target.startsWith('.')) {
          if (layer.startsWith('core/') || layer === 'ide') assert.ok(!PLATFORM.test(target), `the core imports ${target}`);
          continue;
        }
        const resolved = path.relative(SRC, path.resolve(SRC, path.dirname(file), target)).split(path.sep).join('/');
        const other = layerOf(`${resolved}/`) ?? layerOf(resolved);
        if (other === layer || resolved === 'protocol') continue;
        assert.ok(other, `${target} is in no layer`);
        assert.ok((LEVEL.get(other) ?? 99) < (LEVEL.get(layer) ?? 0), `${layer} imports ${other}`);
        assert.equal(resolved, other, `${target}: import a layer through its index`);
      }
    });
  }

  it('the client imports nothing of the server but the protocol', () => {
    for (const file of sources(path.resolve('client'))) {
      for (const target of imports(file)) {
        if (!target.startsWith('.')) continue;
        const resolved = path.relative(process.cwd(), path.resolve(path.dirname(file), target)).split(path.sep).join('/');
        assert.ok(resolved.startsWith('client/') || resolved === 'server/src/protocol', `${file} imports ${target}`);
      }
    }
  });

  it('each layer has an index and a project of its own', () => {
    for (const [layer] of LEVEL) {
      const folder = path.join(SRC, layer);
      if (!existsSync(folder) || sources(folder).length === 0) continue;
      assert.ok(existsSync(path.join(folder, 'tsconfig.json')), `${layer} has no tsconfig.json`);
      if (!['cli', 'node', 'browser'].includes(layer)) assert.ok(existsSync(path.join(folder, 'index.ts')), `${layer} has no index.ts`);
    }
  });

  it('source files stay small', () => {
    const long = files.filter((file) => !file.includes('/generated/') && statSync(path.join(SRC, file)).size > 24_000);
    assert.deepEqual(long, []);
  });
});
