// From snippets/ to a constant of the server: the library that comes with it is there without a file being read. The bodies of its earlier versions come from its lock (`UPDATE=1 node .scripts/unit.mjs test/snippets` writes that).
// Called by schemas.mjs; does nothing while no source changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'snippets');
const target = path.join(root, 'server/src/core/snippets/generated/shipped.ts');

/** Generates when something changed; returns whether it did. */
export function generateSnippets() {
  const names = readdirSync(folder).filter((name) => name.endsWith('.code-snippets')).sort();
  const files = [path.join(folder, 'countersign.snippets.yaml'), ...names.map((name) => path.join(folder, name))].map((file) => readFileSync(file, 'utf8'));
  const lock = readFileSync(path.join(folder, 'snippets.lock'), 'utf8');
  const earlier = JSON.parse(lock).libraries[0].earlier ?? {};
  const stamp = `// Generated from snippets/ by .scripts/snippets.mjs; not to be edited. ${createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url))).update([...names, ...files, JSON.stringify(earlier)].join('\0')).digest('hex').slice(0, 16)}`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(stamp)) return false;
  const { metadata, spec } = parse(files[0]);
  const library = { name: metadata.name, title: metadata.title, owner: metadata.owner, version: spec.version, files: names.map((name, index) => ({ name, text: JSON.stringify(JSON.parse(files[index + 1])) })), earlier };
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${stamp}\n\nexport const SHIPPED_LIBRARY: { readonly name: string; readonly title: string; readonly owner: string; readonly version: string; readonly files: readonly { readonly name: string; readonly text: string }[]; readonly earlier: Readonly<Record<string, string>> } = ${JSON.stringify(library, null, 1)};\n`);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url) && generateSnippets()) console.log('snippets: constants written');
