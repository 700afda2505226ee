// Starts the command line. What the compiler made of the program when it was built lies beside it: that is used where it is of this very text and this Node, else the text is compiled as ever.
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import { compileLater } from './compile-later';

/** Hexadecimal digits: the digest of the text stands at its end, and at the beginning of what was compiled of it. */
const DIGEST = 64;

// what was compiled fits only the settings that it was compiled under
if (process.argv[2] !== 'lsp') compileLater();
const main = path.join(__dirname, 'cli-main.js');
const load = createRequire(main);
const compiled = read(path.join(__dirname, `cli-main.${process.versions.v8}.${process.arch}.bin`));
const text = compiled && readFileSync(main, 'utf8');
if (!compiled || !text?.endsWith(`// ${compiled.toString('latin1', 0, DIGEST)}\n`)) load(main);
else {
  const script = new Script(Module.wrap(text), { filename: main, cachedData: compiled.subarray(DIGEST) });
  const module = new Module(main);
  (script.runInThisContext() as (...names: readonly unknown[]) => void).call(module.exports, module.exports, load, module, main, __dirname);
}

/** Null where it cannot be read: another Node, or another machine, built it. */
function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
