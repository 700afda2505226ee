// The first difference of a process that is set up as the command line is: `node analysis-first.mjs BUNDLE RULES DENSE COMPILED` prints milliseconds.
// COMPILED is what the compiler made of the bundle, as it lies beside the command line; where it is not there it is written, at the end.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import { CLOCK, fiftyEdits } from './analysis-world.mjs';

const [bundle, count, dense, compiled] = process.argv.slice(2);
createRequire(import.meta.url)(path.join(path.dirname(bundle), 'later.cjs')).compileLater();
const known = existsSync(compiled);
const script = new Script(Module.wrap(readFileSync(bundle, 'utf8')), { filename: bundle, ...(known ? { cachedData: readFileSync(compiled) } : {}) });
if (script.cachedDataRejected) throw new Error('What was compiled does not fit.');
const module = new Module(bundle);
script.runInThisContext().call(module.exports, module.exports, createRequire(bundle), module, bundle, path.dirname(bundle));
const core = module.exports;
const { base, after } = fiftyEdits(core, Number(count), dense === 'true');
const engine = after.shared(core.ENGINE);
const began = performance.now();
core.differenceOf(base, engine, { now: CLOCK });
console.log(performance.now() - began);
if (!known) writeFileSync(compiled, script.createCachedData());
