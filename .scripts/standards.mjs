// From schemas/standards/*.standard.yaml and snippets/blocks.code-snippets to constants of the server, so that nothing is parsed or read when it starts.
// Called by schemas.mjs; does nothing while no source changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'schemas/standards');
const blocks = path.join(root, 'snippets/blocks.code-snippets');
const target = path.join(root, 'server/src/core/lint/generated/standards.ts');

/** Generates when something changed; returns whether it did. */
export function generateStandards() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.standard.yaml')).sort();
  const texts = [fileURLToPath(import.meta.url), blocks, ...files.map((name) => path.join(folder, name))].map((file) => readFileSync(file, 'utf8'));
  const stamp = `// Generated from schemas/standards and snippets by .scripts/standards.mjs; not to be edited. ${createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 16)}`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(stamp)) return false;
  const standards = texts.slice(2).map((text) => standardOf(parse(text)));
  const snippets = Object.fromEntries(Object.entries(JSON.parse(texts[1])).map(([name, { body }]) => [name, body.join('\n')]));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${stamp}\nimport type { ShippedStandard } from '../standards/types';\n\nexport const STANDARDS: readonly ShippedStandard[] = ${JSON.stringify(standards, null, 1)};\n\nexport const SNIPPETS: Readonly<Record<string, string>> = ${JSON.stringify(snippets, null, 1)};\n`);
  return true;
}

function standardOf({ metadata, spec }) {
  return {
    name: metadata.name, title: metadata.title, description: metadata.description.trim(),
    requirements: spec.requirements.map(({ id, severity = 'warning', when = null, require, message, at = null, fix = null, references = [], tags = [], 'x-why': why, 'x-bad': bad, 'x-good': good }) =>
      ({ id, severity, when, require, message, at, fix, references, tags, why: why.trim(), bad: bad.trimEnd(), good: good.trimEnd() })),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url) && generateStandards()) console.log('standards: constants written');
