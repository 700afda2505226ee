// Writes the generated parts of README.md (between `<!-- name -->` and `<!-- /name -->`): the codes. With --check it only says whether they are current.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './lib.mjs';

const README = path.join(root, 'README.md');

async function codes() {
  const outfile = path.join(root, '.test-out', 'codes.mjs');
  await build({ entryPoints: [path.join(root, 'server/src/core/lint/index.ts')], bundle: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'], outfile, logLevel: 'error', banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
  return import(`${pathToFileURL(outfile).href}?${Date.now()}`);
}

function table(all) {
  const rows = all.map(({ code, severity, title }) => `| \`${code}\` | ${severity} | ${title} |`);
  return ['| code | severity | what it finds |', '| --- | --- | --- |', ...rows].join('\n');
}

function standardsTable(shipped) {
  const when = (name) => (name === 'baseline' ? 'always' : name === 'production-readiness' ? 'always; its conditions look at the lifecycle' : 'for an agent whose `compliance` names it');
  const rows = [...shipped.values()].map(({ name, description, requirements }) => `| \`${name}\` | ${when(name)} | ${requirements.length} | ${description.replaceAll('\n', ' ')} |`);
  return ['| standard | on | requirements | |', '| --- | --- | ---: | --- |', ...rows].join('\n');
}

/** README's text with its generated parts made anew. */
export async function withGenerated(text) {
  const { CODES, SHIPPED } = await codes();
  const parts = { codes: table(CODES), standards: standardsTable(SHIPPED) };
  return Object.entries(parts).reduce((result, [name, part]) => {
    const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!pattern.test(result)) throw new Error(`README.md has no part <!-- ${name} -->`);
    return result.replace(pattern, (_, head, foot) => `${head}${part}\n${foot}`);
  }, text);
}

const before = readFileSync(README, 'utf8');
const after = await withGenerated(before);
if (process.argv.includes('--check')) {
  if (before !== after) {
    process.stderr.write('README.md is not current: run node .scripts/readme.mjs\n');
    process.exit(1);
  }
} else if (before !== after) writeFileSync(README, after);
