// Files and folders that are moved: what each path becomes, in its own spelling.
import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/text';
import { ide } from '../../server/src/ide';
import { given } from './workspace';

const agent = (definition: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: Test.\n  definition: ${definition}\n`;

/** What a text becomes by the moves; the same text where nothing leads to what moved. */
function after(path: string, text: string, moves: readonly (readonly [string, string])[]): string {
  const { workspace } = given(`#- ${path}\n${text}`, [['bots/b.agent.md', '---\ntools: []\n---\n']]);
  const found = ide.moveFiles?.(workspace, moves.map(([from, to]) => ({ from, to }))) ?? [];
  return applyEdits(text, found.find((file) => file.path === path)?.edits ?? []);
}

describe('moving files', () => {
  const cases: readonly (readonly [what: string, before: string, from: string, to: string, after: string])[] = [
    ['a file', 'bots/b.agent.md', 'bots/b.agent.md', 'agents/c.agent.md', 'agents/c.agent.md'],
    ['a folder', 'bots/b.agent.md', 'bots', 'agents', 'agents/b.agent.md'],
    ['each of a list', '[bots/b.agent.md, bots/z.md, x.md]', 'bots', 'tools/bots', '[tools/bots/b.agent.md, tools/bots/z.md, x.md]'],
    ['its own spelling: from here', './bots/b.agent.md', 'bots', 'agents', './agents/b.agent.md'],
    ['its own spelling: quotes', '"bots/b.agent.md"', 'bots', 'agents', '"agents/b.agent.md"'],
    ['what needs quotes gets them', 'bots/b.agent.md', 'bots', 'a: b', '"a: b/b.agent.md"'],
    ['a name that only begins alike', 'bots-old/b.agent.md', 'bots', 'agents', 'bots-old/b.agent.md'],
    ['what leads outside', '../bots/b.agent.md', 'bots', 'agents', '../bots/b.agent.md'],
  ];
  for (const [what, before, from, to, wanted] of cases) it(what, () => assert.equal(after('a.agent.yaml', agent(before), [[from, to]]), agent(wanted)));

  it('settings: libraries and what they extend', () => {
    const text = 'extends: [bots/base.countersign.yaml]\nlibraries: [{ path: bots/lib }]\n';
    assert.equal(after('.countersign.yaml', text, [['bots', 'shared']]), text.replaceAll('bots', 'shared'));
  });
});
