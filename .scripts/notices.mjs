// The licences of what is bundled, as those ask for: dist/THIRD-PARTY-NOTICES.txt, made from what the bundler really took.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib.mjs';

/** `metafiles`: what the bundler says of each bundle; `more`: packages of which files are copied as they are. */
export function writeNotices(metafiles, more = []) {
  const packages = new Set(more);
  for (const { inputs } of metafiles) {
    for (const file of Object.keys(inputs)) {
      const found = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file);
      if (found) packages.add(found[1]);
    }
  }
  const parts = [...packages].sort().map(notice);
  writeFileSync(path.join(root, 'dist/THIRD-PARTY-NOTICES.txt'), `Countersign holds parts of these packages. Their licences follow.\n\n${parts.join('\n\n')}\n`);
}

function notice(name) {
  const folder = path.join(root, 'node_modules', name);
  const { version, license, author } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file ? readFileSync(path.join(folder, file), 'utf8') : general(license);
  const by = typeof author === 'string' ? author : author?.name;
  return `${'='.repeat(80)}\n${name} ${version} (${license}${by ? `, ${by}` : ''})\n${'='.repeat(80)}\n\n${text.trim()}`;
}

/** A package that does not bring its licence's text. */
function general(license) {
  const known = path.join(root, 'node_modules/typescript/LICENSE');
  if (license === 'Apache-2.0' && existsSync(known)) return readFileSync(known, 'utf8');
  throw new Error(`A bundled package under ${license} brings no licence text.`);
}
