// Runs the scripts of test/vscode/ui, each in an editor and on a copy of the example workspace of its own:
//   node .scripts/editor/ui-scripts.mjs [NAME...] [--theme "Default High Contrast"]     SHOTS=folder keeps pictures
// A script is `export default async (page, ui) => …`, which throws at what is not so; `export const open` names a file to begin with,
// `export const web = true` runs it against the web extension as well, `export const prepare = (workspace) => …` changes
// the copy before it is opened and may give the path of a `.code-workspace` to open instead, `export const settings` adds to the editor's.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureHost } from './host.mjs';
import { withEditor } from './screenshot.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = path.join(root, 'test/vscode/ui');

/** Scripts that run at one time: each waits for its editor most of the time. */
const WIDTH = 2;

/** Resolves to `{passed, failed, skipped}`: each script counts once for each extension host. `again`: one that fails is run once more. */
export async function runUiScripts({ browserPath, names = [], theme, log = console.log, width = WIDTH, again = process.env.CI === 'true' }) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  await ensureHost({ log });
  const runs = [];
  for (const file of readdirSync(folder).filter((one) => one.endsWith('.mjs')).sort()) {
    if (names.length > 0 && !names.some((name) => file.startsWith(name))) continue;
    const { default: script, open, web = false, prepare, settings } = await import(pathToFileURL(path.join(folder, file)).href);
    if (typeof script !== 'function') continue;
    for (const inWeb of web ? [false, true] : [false]) runs.push({ name: `${file.replace(/\.mjs$/, '')}${inWeb ? ', web extension' : ''}`, script, open, prepare, settings, web: inWeb });
  }
  const next = runs.values();
  const lost = [];
  const play = async (run) => {
    const started = Date.now();
    const problem = await runOne({ ...run, theme, browserPath, log });
    log(`  ${problem ? '✗' : '✓'} ${run.name} (${((Date.now() - started) / 1000).toFixed(1)} s)${problem ? `\n${problem}` : ''}`);
    return problem;
  };
  const worker = async () => {
    for (const run of next) {
      if (!(await play(run))) total.passed++;
      else if (again) lost.push(run);
      else total.failed++;
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, runs.length) }, worker));
  // a key that a busy editor loses is no fault of ours; what is one fails twice, and the log tells of both
  for (const run of lost) {
    log(`  ${run.name} failed; once more, with nothing beside it:`);
    total[(await play(run)) ? 'failed' : 'passed']++;
  }
  return total;
}

async function runOne({ name, script, open, prepare, settings, web, theme, browserPath, log }) {
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'countersign-ui-'));
  const workspace = path.join(temporary, 'acme');
  cpSync(path.join(root, 'test/workspaces/acme'), workspace, { recursive: true });
  try {
    const several = await prepare?.(workspace);
    await withEditor({ name, workspace: several ?? workspace, open, settings, web, browserPath, log, ...(theme ? { theme } : {}) }, script);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const at = process.argv.indexOf('--theme');
  const theme = at < 0 ? undefined : process.argv[at + 1];
  const names = process.argv.slice(2).filter((name) => name !== '--theme' && name !== theme);
  const { failed } = await runUiScripts({ names, theme });
  process.exitCode = failed === 0 ? 0 : 1;
}
