// npm start [-- PATH] [--no-editor]: installs and builds what is missing, says what the command line says of a workspace, opens it in an editor.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root, run, say } from './lib.mjs';

const args = process.argv.slice(2);
const known = new Set(['--no-editor']);
const unknown = args.find((arg) => arg.startsWith('-') && !known.has(arg));
const [given, extra] = args.filter((arg) => !arg.startsWith('-'));
if (unknown || extra) {
  process.stderr.write(`npm start -- [PATH] [--no-editor]: ${unknown ?? extra} is not understood.\n`);
  process.exit(2);
}
// npm changes into the root; INIT_CWD is where the user stood
const workspace = given ? path.resolve(process.env.INIT_CWD ?? process.cwd(), given) : path.join(root, 'test/workspaces/acme');
if (!existsSync(workspace) || !statSync(workspace).isDirectory()) {
  process.stderr.write(`There is no folder ${workspace}.\n`);
  process.exit(2);
}

try {
  await ensureInstalled();
  say('Building …');
  const built = await run(process.execPath, ['.scripts/build.mjs']);
  if (built.code !== 0) process.exit(1);
  say(`\ncountersign check --workspace ${path.relative(process.env.INIT_CWD ?? process.cwd(), workspace) || '.'}\n`);
  // findings are what there is to see, not a failure of this command
  const checked = await run(process.execPath, ['dist/cli.js', 'check', '--workspace', workspace, '--fail-on', 'never'], { cwd: workspace.startsWith(root) ? root : workspace });
  if (checked.code !== 0) process.exit(checked.code);
  if (!args.includes('--no-editor')) {
    const { openEditor } = await import('./editor/open.mjs');
    await openEditor({ extensionDir: root, workspace, log: say });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
