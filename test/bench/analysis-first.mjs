// The first difference of a process: `node analysis-first.mjs BUNDLE RULES DENSE` prints milliseconds.
import { createRequire } from 'node:module';
import { CLOCK, fiftyEdits } from './analysis-world.mjs';

const [bundle, count, dense] = process.argv.slice(2);
const core = createRequire(import.meta.url)(bundle);
core.compileLater();
const { base, after } = fiftyEdits(core, Number(count), dense === 'true');
const engine = after.shared(core.ENGINE);
const began = performance.now();
core.differenceOf(base, engine, { now: CLOCK });
console.log(performance.now() - began);
