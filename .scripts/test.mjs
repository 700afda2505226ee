// npm test: everything, in order of cost, closing with one line "N passed, N failed, N skipped". --only core|editor runs a part.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled, root, run, say } from './lib.mjs';

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null;
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function count({ passed = 0, failed = 0, skipped = 0 }, name) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failures.push(name);
}

/** One program as one test. */
async function step(name, command, args) {
  const started = Date.now();
  const { code, output } = await run(command, args, { quiet: true });
  say(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (code !== 0) say(output.trim());
  count(code === 0 ? { passed: 1 } : { failed: 1 }, name);
  return code === 0;
}

const bin = (name) => path.join(root, 'node_modules', ...name.split('/'));

/** What Mocha says of some test files; null where it said nothing. */
async function mocha(files, name) {
  const { bundleTests } = await import('./unit.mjs');
  const report = path.join(root, `.test-out/${name}.json`);
  rmSync(report, { force: true });
  const bundle = await bundleTests(files, name);
  const { code, output } = await run(process.execPath, ['--enable-source-maps', bin('mocha/bin/mocha.js'), '--timeout', '120000', '--reporter', 'json', '--reporter-option', `output=${report}`, bundle], { quiet: true });
  if (!existsSync(report)) {
    say(output.trim());
    return null;
  }
  const { stats, failures } = JSON.parse(readFileSync(report, 'utf8'));
  // what fails outside of a test fails the run all the same
  return { passed: stats.passes, failed: stats.failures + (code !== 0 && stats.failures === 0 ? 1 : 0), skipped: stats.pending, failures };
}

/** In as many processes as there are cores, two at the most; neighbours in the list take about as long, so they go to different ones. */
async function unit() {
  const name = 'core, command line, language server';
  const { testFiles } = await import('./unit.mjs');
  const parts = Math.min(2, os.cpus().length);
  const started = Date.now();
  let reports;
  try {
    reports = await Promise.all(Array.from({ length: parts }, (_, part) => mocha(testFiles().filter((_file, index) => index % parts === part), `all-${part + 1}`)));
  } catch (error) {
    say(`✗ the tests do not build: ${error.message}`);
    return count({ failed: 1 }, 'building the tests');
  }
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports) {
    sum.passed += report?.passed ?? 0;
    sum.failed += report?.failed ?? 1;
    sum.skipped += report?.skipped ?? 0;
    for (const test of report?.failures ?? []) say(`✗ ${test.fullTitle}\n    ${(test.err.stack ?? test.err.message ?? '').split('\n').slice(0, 12).join('\n    ')}`);
  }
  say(`${sum.failed === 0 ? '✓' : '✗'} ${name}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  count(sum, name);
}

try {
  await ensureInstalled();
  if (only !== 'editor') {
    const built = await step('build', process.execPath, ['.scripts/build.mjs']);
    if (built) {
      await step('type check', process.execPath, [bin('typescript/bin/tsc'), '-b']);
      await step('lint', process.execPath, [bin('oxlint/bin/oxlint'), '--config', '.oxlintrc.json', '--deny-warnings', 'server', 'client', 'test', '.scripts']);
      await unit();
    }
  } else await step('build', process.execPath, ['.scripts/build.mjs']);
  if (only !== 'core' && failures.length === 0) {
    const { editorSuites } = await import('./editor-suites.mjs');
    count(await editorSuites({ log: say }), 'the editor');
  } else if (only !== 'core') {
    say('The editor suites were not run, because something before them failed.');
    count({ skipped: 1 }, 'the editor');
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  count({ failed: 1 }, 'the test run itself');
}
if (failures.length > 0) say(`\nFailed: ${failures.join(', ')}`);
say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
