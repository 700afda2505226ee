// How the command line is started: from what was compiled of it, where that is of this text and this Node; else as ever.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

describe('the start of the program', () => {
  let base = '';
  before(async () => {
    base = mkdtempSync(path.join(tmpdir(), 'countersign-'));
    await build({ entryPoints: { cli: 'server/src/node/launch.ts', later: 'server/src/node/compile-later.ts' }, bundle: true, platform: 'node', format: 'cjs', target: 'node20', outdir: base, logLevel: 'silent' });
    writeFileSync(path.join(base, 'compile.cjs'), `require('./later.js').compileLater();
const { Script } = require('node:vm');
require('node:fs').writeFileSync('compiled', new Script(require('node:module').wrap(require('node:fs').readFileSync(process.argv[2], 'utf8')), { filename: 'x' }).createCachedData());`);
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  const signed = (text: string): string => `${text}\n// ${createHash('sha256').update(text).digest('hex')}\n`;
  const program = (word: string): string => signed(`console.log(${JSON.stringify(word)}, typeof require, require('node:path').basename(__filename), module.exports === exports, process.argv.length);`);
  const digest = (text: string): Buffer => Buffer.from(text.trimEnd().slice(-64), 'latin1');
  /** What the compiler makes of a text. */
  function compiledOf(text: string): Buffer {
    writeFileSync(path.join(base, 'other.js'), text);
    assert.equal(spawnSync(process.execPath, ['compile.cjs', 'other.js'], { cwd: base }).status, 0);
    return readFileSync(path.join(base, 'compiled'));
  }
  /** What the program says that lies beside this. */
  function said(text: string, compiled: Buffer | null): string {
    const file = path.join(base, `cli-main.${process.versions.v8}.${process.arch}.bin`);
    writeFileSync(path.join(base, 'cli-main.js'), text);
    rmSync(file, { force: true });
    if (compiled) writeFileSync(file, compiled);
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(base, 'cli.js'), 'a'], { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout;
  }
  const words = (word: string): string => `${word} function cli-main.js true 3\n`;

  it('takes the text where nothing was compiled', () => assert.equal(said(program('one'), null), words('one')));

  it('takes what was compiled, where it is of this text', () => {
    // the compiler tells texts apart by their lengths alone: another word shows what was taken
    const [one, two] = [program('one'), program('two')];
    assert.equal(said(one, Buffer.concat([digest(one), compiledOf(two)])), words('two'));
  });

  it('takes the text where what was compiled is of another one, or is nothing', () => {
    const [one, two] = [program('one'), program('two')];
    assert.equal(said(one, Buffer.concat([digest(two), compiledOf(two)])), words('one'));
    for (const data of [Buffer.alloc(0), Buffer.alloc(5_000, 7), compiledOf(one).subarray(0, 60), compiledOf(one).subarray(0, -16)]) assert.equal(said(one, Buffer.concat([digest(one), data])), words('one'));
    assert.equal(said(one, Buffer.alloc(0)), words('one'));
    assert.equal(said('console.log("unsigned");', Buffer.concat([digest(one), compiledOf(one)])), 'unsigned\n');
  });
});
