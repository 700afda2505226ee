// What README.md says of the codes is what the program has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CODES } from '../server/src/core/lint';

describe('README', () => {
  const text = readFileSync('README.md', 'utf8');

  it('lists every code with its severity and title (else: node .scripts/readme.mjs)', () => {
    const part = /<!-- codes -->\n([\s\S]*?)<!-- \/codes -->/.exec(text)?.[1] ?? '';
    const rows = CODES.map(({ code, severity, title }) => `| \`${code}\` | ${severity} | ${title} |`);
    assert.deepEqual(part.trim().split('\n').slice(2), rows);
  });

  it('shows the picture that it names', () => {
    for (const [, path] of text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) assert.ok(readFileSync(path ?? '').length > 10_000, path);
  });
});
