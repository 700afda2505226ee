// The shipped snippets: the names that requirements may use are those of the files, and each body, expanded with its defaults, is sound where it belongs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { plainOfSnippet } from '../server/src/core/documents';
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
