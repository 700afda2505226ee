// npm run package: a minified build and the installable countersign-<version>.vsix beside package.json.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root, run, say } from './lib.mjs';

await ensureInstalled();
const built = await run(process.execPath, ['.scripts/build.mjs', '--minify']);
if (built.code !== 0) process.exit(1);
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const out = path.join(root, `countersign-${version}.vsix`);
const { code, output } = await run(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--no-rewrite-relative-links', '--out', out], { quiet: true });
if (code !== 0) {
  process.stderr.write(output);
  process.exit(1);
}
say(`${path.basename(out)}: ${(statSync(out).size / 1024).toFixed(0)} KB. Install it with: code --install-extension ${path.basename(out)}`);
