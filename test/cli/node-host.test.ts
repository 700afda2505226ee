// The file system of the machine: what is listed and read, and all that must not be.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isSkipped } from '../../server/src/cli';
import { decode } from '../../server/src/node/decode';
import { nodeHost as createHost } from '../../server/src/node/host';

describe('node host', () => {
  const nodeHost = createHost();
  let base = '';
  let root = '';
  const put = (name: string, content: string | Uint8Array = ''): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  };
  const link = (name: string, target: string): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    symlinkSync(target, path.join(root, name));
  };
  /** `path`, `path -> target` or `path: reason`, sorted. */
  const listed = async (prune: (path: string) => boolean = () => false): Promise<string[]> => {
    const all: string[] = [];
    for await (const entry of nodeHost.list(root, prune)) all.push(isSkipped(entry) ? `${entry.path}: ${entry.reason}` : entry.target === undefined ? entry.path : `${entry.path} -> ${entry.target}`);
    return all.sort();
  };
  const reason = async (name: string): Promise<string | null> => {
    const file = await nodeHost.read(root, name);
    return isSkipped(file) ? file.reason : null;
  };

  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'countersign-'));
    root = path.join(base, 'w');
    mkdirSync(root);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('lists files at any depth, but for .git, node_modules and what is pruned', async () => {
    for (const name of ['a.yaml', 'x/y/z.yaml', '.github/agents/b.agent.md', '.git/config', 'x/node_modules/p/package.json', 'old/c.yaml']) put(name);
    assert.deepEqual(await listed((at) => at === 'old'), ['.github/agents/b.agent.md', 'a.yaml', 'x/y/z.yaml']);
  });

  it('follows links within the folder, once, and no others', async () => {
    put('real/a.yaml');
    writeFileSync(path.join(base, 'secret.yaml'), '');
    link('linked', 'real');
    link('file.yaml', 'real/a.yaml');
    link('out', '..');
    link('secret.yaml', '../secret.yaml');
    link('gone.yaml', 'nowhere');
    link('real/up', '..');
    link('real/self', '.');
    link('loop', 'loop');
    link('other/back', '../real');
    assert.deepEqual(await listed(), [
      'file.yaml -> real/a.yaml', 'gone.yaml: unreadable', 'linked/a.yaml -> real/a.yaml', 'linked/self: loop', 'linked/up: loop', 'loop: loop',
      'other/back/a.yaml -> real/a.yaml', 'other/back/self: loop', 'other/back/up: loop', 'out: outside', 'real/a.yaml', 'real/self: loop', 'real/up: loop', 'secret.yaml: outside',
    ]);
  });

  it('ends where links multiply', async () => {
    for (let i = 0; i < 12; i++) for (let k = 0; k < 12; k++) if (i !== k) link(`d${i}/to${k}`, `../d${k}`);
    const found = await listed();
    assert.ok(found.length < 12 * 12 * 12);
  });

  it('works in a folder that is itself reached by a link', async () => {
    put('a.yaml', 'x');
    symlinkSync(root, path.join(base, 'alias'));
    root = path.join(base, 'alias');
    assert.deepEqual(await listed(), ['a.yaml']);
    assert.deepEqual(await nodeHost.read(root, 'a.yaml'), { text: 'x' });
  });

  it('follows a link to the folder that leads elsewhere later', async () => {
    const alias = path.join(base, 'moving');
    for (const name of ['one', 'two']) {
      mkdirSync(path.join(base, name));
      writeFileSync(path.join(base, name, 'a.yaml'), name);
    }
    symlinkSync(path.join(base, 'one'), alias);
    assert.deepEqual(await nodeHost.read(alias, 'a.yaml'), { text: 'one' });
    rmSync(alias);
    symlinkSync(path.join(base, 'two'), alias);
    assert.deepEqual(await nodeHost.read(alias, 'a.yaml'), { text: 'two' });
    symlinkSync(path.join(base, 'one', 'a.yaml'), path.join(base, 'two', 'b.yaml'));
    const outside = await nodeHost.read(alias, 'b.yaml');
    assert.equal(isSkipped(outside) && outside.reason, 'outside');
  });

  it('names a folder that cannot be read and goes on', async function () {
    if (process.platform === 'win32' || !process.seteuid || !process.geteuid) return this.skip();
    put('closed/a.yaml');
    put('open/b.yaml');
    put('mute.yaml');
    chmodSync(base, 0o755);
    chmodSync(path.join(root, 'closed'), 0);
    chmodSync(path.join(root, 'mute.yaml'), 0);
    const user = process.geteuid();
    if (user === 0) process.seteuid(65534);
    try {
      assert.deepEqual(await listed(), ['closed: unreadable', 'mute.yaml', 'open/b.yaml']);
      assert.equal(await reason('mute.yaml'), 'unreadable');
      assert.equal(await nodeHost.kind(path.join(root, 'closed')), null);
    } finally {
      if (user === 0) process.seteuid(user);
      chmodSync(path.join(root, 'closed'), 0o755);
    }
  });

  it('reads text, and says why not', async () => {
    put('a.yaml', 'kind: Ägent 🎉\r\n');
    put('binary.yaml', new Uint8Array([1, 2, 0, 3]));
    put('huge.yaml');
    truncateSync(path.join(root, 'huge.yaml'), 50 * 1024 * 1024);
    writeFileSync(path.join(base, 'out.yaml'), '');
    link('out.yaml', '../out.yaml');
    assert.deepEqual(await nodeHost.read(root, 'a.yaml'), { text: 'kind: Ägent 🎉\r\n' });
    assert.equal(await reason('binary.yaml'), 'binary');
    assert.equal(await reason('huge.yaml'), 'too-large');
    assert.equal(await reason('nowhere.yaml'), 'unreadable');
    assert.equal(await reason('out.yaml'), 'outside');
    assert.equal(await reason('../out.yaml'), 'outside');
    assert.equal(await reason('.'), 'unreadable');
  });

  it('tells files from folders from nothing', async () => {
    put('a.yaml');
    assert.deepEqual([await nodeHost.kind(path.join(root, 'a.yaml')), await nodeHost.kind(root), await nodeHost.kind(path.join(root, 'b'))], ['file', 'folder', null]);
  });
});

describe('decoding', () => {
  const bytes = (...parts: (string | number[])[]): Uint8Array => Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const cases: readonly (readonly [what: string, bytes: Uint8Array, text: string, damagedAt?: number])[] = [
    ['plain', bytes('abc'), 'abc'],
    ['a byte order mark', bytes([0xef, 0xbb, 0xbf], 'abc'), 'abc'],
    ['a byte that is not UTF-8', bytes('a: ', [0xff], 'b'), 'a: \ufffdb', 3],
    ['Latin-1 after wide characters', bytes('🎉: ', [0xe9], ' x'), '🎉: \ufffd x', 4],
    ['a replacement character that the file holds itself', bytes('a\ufffdb'), 'a\ufffdb'],
    ['both', bytes('a\ufffdb', [0x80]), 'a\ufffdb\ufffd', 3],
    ['a character cut at the end', bytes('a', [0xe2, 0x82]), 'a\ufffd', 1],
  ];
  for (const [what, input, text, damagedAt] of cases) {
    it(what, () => assert.deepEqual(decode(input), damagedAt === undefined ? { text } : { text, damagedAt }));
  }
});
