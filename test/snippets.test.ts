// The shipped snippets: the names that requirements may use are those of the files, and each body, expanded with its defaults, is sound where it belongs.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { plainOfSnippet } from '../server/src/core/documents';
import { bodyHash, lockText, lockedOf, readLock, shippedEarlier, shippedLibrary } from '../server/src/core/snippets';
import { SHIPPED_SNIPPETS } from '../server/src/core/lint';
import { lintText } from './harness/workspace';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = JSON.parse(readFileSync('snippets/blocks.code-snippets', 'utf8')) as Record<string, Snippet>;
const indent = (lines: readonly string[], by: number): string => lines.map((line) => `${' '.repeat(by)}${line}\n`).join('');

describe('shipped snippets', () => {
  it('are those that a requirement may name', () => assert.deepEqual(Object.keys(snippets).sort(), [...SHIPPED_SNIPPETS].sort()));

  for (const [name, { body, description, prefix }] of Object.entries(snippets)) {
    it(name, () => {
      assert.ok(description.length > 10 && prefix.length > 2);
      const lines = plainOfSnippet(body.join('\n')).replaceAll('$CURRENT_YEAR', '2099').split('\n');
      const block = name === 'human-override' ? `  intervention:\n${indent(lines, 4)}` : indent(lines, 2);
      const owner = name === 'owner' ? '' : '  owner: { team: a }\n';
      const text = `#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: Try a snippet.\n${owner}${block}`;
      assert.deepEqual(lintText(text).map((f) => `${f.code} ${f.message}`), [], text);
    });
  }
});

// what was inserted from an earlier version is brought up to date with the bodies that stand here
describe('the lock of the shipped snippets', () => {
  const LOCK = 'snippets/snippets.lock';
  const now = { ...lockedOf(shippedLibrary()), from: 'shipped' };

  it('is that of its version: another content is another version', () => {
    const before = existsSync(LOCK) ? readLock(readFileSync(LOCK, 'utf8'))?.[0] : undefined;
    assert.ok(before, LOCK);
    if (before.version === now.version) return assert.equal(before.hash, now.hash, 'raise `version` in snippets/countersign.snippets.yaml, then UPDATE=1 writes the lock');
    assert.ok(process.env.UPDATE, 'UPDATE=1 writes the lock of the new version');
    const old = Object.values(before.snippets).filter((body) => body.startsWith('apiVersion:') && !Object.values(now.snippets).includes(body));
    const earlier = { ...before.earlier, ...Object.fromEntries(old.map((body) => [bodyHash(body), body])) };
    writeFileSync(LOCK, lockText([{ ...now, earlier: Object.fromEntries(Object.entries(earlier).sort(([a], [b]) => (a < b ? -1 : 1))) }]));
  });

  it('holds earlier bodies under their hash, none of which is still in use', () => {
    const used = new Set(Object.values(now.snippets));
    for (const [hash, body] of Object.entries(shippedEarlier())) {
      assert.equal(bodyHash(body), hash);
      assert.ok(!used.has(body), hash);
    }
  });
});
