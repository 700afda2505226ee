// URIs in their spellings: one key for one file, a plain path within its folder, nothing outside.
import assert from 'node:assert/strict';
import { folderKey, keyOf, loosePath, pathWithin, uriWithin } from '../../server/src/lsp/uris';
import { plainText } from '../../server/src/lsp/to-protocol';

describe('lsp: uris', () => {
  const paths: [folder: string, file: string, path: string | null][] = [
    ['file:///w', 'file:///w/a.yaml', 'a.yaml'],
    ['file:///w/', 'file:///w/a/b.yaml', 'a/b.yaml'],
    ['file:///', 'file:///a/b.yaml', 'a/b.yaml'],
    ['file:///w', 'file:///wx/a.yaml', null],
    ['file:///w', 'file:///w', null],
    ['file:///w', 'file:///w/../x.yaml', null],
    ['file:///w', 'file:///w/%2E%2E/x.yaml', null],
    ['file:///w', 'file:///w/a//b.yaml', null],
    ['file:///w', 'file:///w/a%5C..%5C..%5Cb.yaml', null],
    ['file:///c%3A/w', 'file:///C:/w/a.yaml', 'a.yaml'],
    ['file:///C:/w', 'file:///c%3a/w/%C3%A4%20b.yaml', 'ä b.yaml'],
    ['file://Server/share', 'file://server/share/a.yaml', 'a.yaml'],
    ['vscode-vfs://github/acme/repo', 'vscode-vfs://github/acme/repo/a.yaml', 'a.yaml'],
    ['vscode-vfs://github/acme/repo', 'file:///acme/repo/a.yaml', null],
    ['file:///w', 'git:/w/a.yaml?ref', null],
    ['file:///w', 'nonsense', null],
  ];
  for (const [folder, file, path] of paths) {
    it(`${file} in ${folder}`, () => {
      const key = keyOf(file);
      const home = folderKey(folder);
      assert.ok(home !== null);
      assert.equal(key === null ? null : pathWithin(home, key), path);
      if (path !== null) assert.equal(keyOf(uriWithin(folder, path)), key, 'and back');
    });
  }

  it('documents without a folder have names of their own', () => {
    assert.equal(loosePath('file:///x/a.agent.yaml'), 'x/a.agent.yaml');
    assert.equal(loosePath('untitled:Untitled-1', 'countersign-yaml'), 'untitled/Untitled-1.yaml');
    assert.equal(loosePath('untitled:Untitled-1', 'json'), 'untitled/Untitled-1.json');
    assert.equal(loosePath('git:/x/a.agent.yaml?HEAD'), null);
    assert.equal(loosePath('::'), null);
  });

  for (const [snippet, plain] of [
    ['team: ${1:payments}$0', 'team: payments'],
    ['${1|a,b|}: $2', 'a: '],
    ['a \\$b \\} ${1:x ${2:y} z}', 'a $b } x y z'],
    ['plain { } $', 'plain { } $'],
    ['${1}${TM_FILENAME:none}', 'none'],
  ] as const) {
    it(`\`${snippet}\` without tab stops`, () => assert.equal(plainText(snippet), plain));
  }
});
