// What the compiler makes of the command line, kept beside it (see server/src/node/launch.ts): `node .scripts/compiled.mjs FOLDER` runs the program over the example, so that all that
// commands need is compiled, and writes it. Errors are left to the caller: without the file the program starts more slowly, and that is all.
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { buildSync } from 'esbuild';
import { root } from './lib.mjs';

/** Takes away what was compiled of an earlier text. */
export function removeCompiled(dist) {
  for (const file of readdirSync(dist)) if (/^cli-main\..*\.bin(?:\.new)?$/.test(file)) rmSync(path.join(dist, file));
}

/** Writes the digest of the text behind it. */
export function sign(dist) {
  const main = path.join(dist, 'cli-main.js');
  appendFileSync(main, `\n// ${createHash('sha256').update(readFileSync(main)).digest('hex')}\n`);
}

/** The settings that the program itself makes. */
function compileLater(folder) {
  const outfile = path.join(folder, 'compile-later.cjs');
  buildSync({ entryPoints: [path.join(root, 'server/src/node/compile-later.ts')], bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent' });
  createRequire(import.meta.url)(outfile).compileLater();
}

function write(dist) {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-'));
  compileLater(folder);
  const [base, head] = ['base', 'head'].map((name) => path.join(folder, name));
  for (const state of [base, head]) cpSync(path.join(root, 'test/workspaces/acme'), state, { recursive: true });
  for (const file of readdirSync(path.join(head, 'policies'))) {
    const policy = path.join(head, 'policies', file);
    writeFileSync(policy, readFileSync(policy, 'utf8').replaceAll(/([<>]=? )(\d+)/g, (_, sign, number) => `${sign}${Number(number) + 1}`));
  }
  const commands = [
    ['check', '--workspace', base, '--fail-on', 'never'], ['diff', '--base', base, '--head', head], ['test', '--workspace', base],
    ['can', '--agent', 'refund-assistant', '--workspace', base], ['simulate', '--agent', 'refund-assistant', '--action', 'call', '--resource', 'tool:payments/refund', '--workspace', base],
  ];
  const main = path.join(dist, 'cli-main.js');
  const text = readFileSync(main, 'utf8');
  const script = new Script(Module.wrap(text), { filename: main });
  const program = script.runInThisContext();
  const next = () => {
    const command = commands.shift();
    if (command) {
      process.argv = [process.execPath, main, ...command];
      const module = new Module(main);
      program.call(module.exports, module.exports, createRequire(main), module, main, dist);
      return;
    }
    process.off('beforeExit', next);
    rmSync(folder, { recursive: true, force: true });
    process.exitCode = 0;
    const file = path.join(dist, `cli-main.${process.versions.v8}.${process.arch}.bin`);
    writeFileSync(`${file}.new`, Buffer.concat([Buffer.from(text.trimEnd().slice(-64), 'latin1'), script.createCachedData()]));
    renameSync(`${file}.new`, file);
  };
  process.on('beforeExit', next);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write(path.resolve(process.argv[2] ?? 'dist'));
