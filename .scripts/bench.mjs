// npm run bench [-- --only SECTION[,SECTION]] [--json FILE] [--no-build]: measures Countersign beside what people use today, and against its budgets.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root, run, say } from './lib.mjs';

const { only, json, build } = readArguments();
const here = process.env.INIT_CWD ?? process.cwd();

if (build) {
  await ensureInstalled();
  const built = await run(process.execPath, ['.scripts/build.mjs'], { quiet: true });
  if (built.code !== 0) fail(`The build failed, so there is nothing of ours to measure:\n${built.output.trim()}`);
}
const { sections } = await import('../test/bench/sections/index.mjs');
const { ours, theirs } = await import('../test/bench/servers.mjs');
const { summary, table } = await import('../test/bench/report.mjs');
const { noise } = await import('../test/bench/noise.mjs');

const chosen = only ? sections.filter(({ id }) => only.includes(id)) : sections;
const unknown = only?.find((id) => !sections.some((section) => section.id === id));
if (unknown !== undefined) fail(`There is no section ${unknown}; there are: ${sections.map(({ id }) => id).join(', ')}.`, 2);

// the real path: on some systems the temporary folder is a link, and servers answer with the real one
const scratch = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'countersign-bench-')));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const cores = os.cpus().length;
const before = { load: os.loadavg()[0], ...noise() };
say(`Countersign benchmark · Node ${process.version} · ${os.type()} ${os.arch()} · ${cores} × ${os.cpus()[0]?.model.trim() ?? 'unknown'} · ${Math.round(os.totalmem() / 1e9)} GB`);
say(`Load average at the start: ${os.loadavg().map((value) => value.toFixed(2)).join(' ')} · a fixed piece of work takes ${before.median.toFixed(1)} ms, p95 ${before.p95.toFixed(1)} ms`);

const builtAt = () => statSync(path.join(root, 'dist/cli.js'), { throwIfNoEntry: false })?.mtimeMs;
const measured = builtAt();
const peers = new Map();
const made = new Map();
const began = performance.now();
const results = [];
const context = {
  ours,
  /** Installed once, at its first use. */
  theirs() {
    if (!peers.has('theirs')) peers.set('theirs', theirs(say));
    return peers.get('theirs');
  },
  /** An empty folder of this run; with `fill` the same one for all who name it, filled once. */
  folder(name, fill) {
    const known = made.get(name);
    if (known && fill) return known;
    const folder = path.join(scratch, `${made.size}-${name}`);
    mkdirSync(folder);
    made.set(name, folder);
    fill?.(folder);
    return folder;
  },
  log: (text) => process.stderr.isTTY && process.stderr.write(`\r\u001B[2K  ${text} …`),
};

for (const section of chosen) {
  const started = performance.now();
  let result;
  try {
    result = await section.run(context);
  } catch (error) {
    // slowness is a result; this is a program that ended or answered nonsense
    result = { columns: [], rows: [], notes: [], failure: error.message.split('\n')[0] };
    process.exitCode = 1;
  }
  const seconds = (performance.now() - started) / 1000;
  results.push({ id: section.id, title: section.title, seconds, ...result });
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K');
  say(`\n${section.title} (${seconds.toFixed(0)} s, load ${os.loadavg()[0].toFixed(1)})\n`);
  if (result.rows.length > 0) say(table(result));
  for (const note of result.notes) say(`  ${note}`);
  if (result.failure) say(`  failed: ${result.failure}`);
}

const after = { load: os.loadavg()[0], ...noise() };
const state = { load: os.type() === 'Windows_NT' ? null : Math.max(before.load, after.load), cores, unsteady: Math.max(before.p95 / before.median, after.p95 / after.median) };
say(`\n${summary(results, state)}\nThe run took ${((performance.now() - began) / 1000).toFixed(0)} s.`);
if (builtAt() !== measured) say('dist/ was built anew during this run: the figures do not all speak of one state.');
if (json) {
  const file = path.resolve(here, json);
  mkdirSync(path.dirname(file), { recursive: true });
  // how a column is written is for people
  writeFileSync(file, `${JSON.stringify({ version: 1, on: new Date().toISOString(), node: process.version, platform: `${os.type()} ${os.arch()}`, cores, before, after, sections: results }, null, 2)}\n`);
  say(`Written: ${path.relative(root, file).startsWith('..') ? file : path.relative(root, file)}`);
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' }, 'no-build': { type: 'boolean' } } });
    return { only: values.only?.split(','), json: values.json, build: !values['no-build'] };
  } catch (error) {
    return fail(`npm run bench -- [--only SECTION[,SECTION]] [--json FILE] [--no-build]: ${error.message}`, 2);
  }
}

function fail(message, code = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
