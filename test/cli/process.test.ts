// The program as a process: its streams, its exit code, and that it ends.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

describe('the program', () => {
  let base = '';
  let program = '';
  let workspace = '';

  before(async () => {
    base = mkdtempSync(path.join(tmpdir(), 'countersign-'));
    program = path.join(base, 'dist', 'cli.js');
    workspace = path.join(base, 'w');
    mkdirSync(path.join(workspace, 'agents'), { recursive: true });
    copyFileSync('package.json', path.join(base, 'package.json'));
    // the language server has tests of its own
    await build({ entryPoints: ['server/src/node/cli.ts'], bundle: true, platform: 'node', target: 'node20', outfile: program, mainFields: ['module', 'main'], external: ['./lsp-stdio'], logLevel: 'silent' });
    for (let i = 0; i < 400; i++) writeFileSync(path.join(workspace, 'agents', `a${i}.agent.yaml`), `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a${i} }\nspec: { purpse: x }\n`);
    for (const name of ['huge.policy.yaml', 'huge.json']) {
      writeFileSync(path.join(workspace, name), '');
      truncateSync(path.join(workspace, name), 50 * 1024 * 1024);
    }
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { cwd: workspace, encoding: 'utf8', maxBuffer: 100_000_000, env: { PATH: process.env['PATH'] } });

  it('writes a long report into a pipe to its end', () => {
    const { status, stdout, stderr } = run('check', '--format', 'json');
    const { findings } = JSON.parse(stdout) as { findings: { file: string; code: string }[] };
    assert.equal(status, 1);
    assert.ok(stdout.length > 200_000 && findings.length > 800);
    assert.deepEqual(findings.filter((f) => f.file === 'huge.policy.yaml').map((f) => f.code), ['syntax/too-large']);
    assert.match(stderr, /^countersign: skipped huge\.json: it has 52,428,800 bytes[^\n]*\ncountersign: skipped huge\.policy\.yaml: [^\n]*\n$/);
  });

  it('has exit codes and no colours in a pipe', () => {
    const ok = run('check', 'agents/a1.agent.yaml', '--fail-on', 'never');
    assert.equal(ok.status, 0);
    assert.ok(!ok.stdout.includes('\u001b'));
    assert.ok(run('check', '--color').stdout.includes('\u001b[31m'));
    const wrong = run('check', 'nowhere');
    assert.deepEqual([wrong.status, wrong.stdout, wrong.stderr], [2, '', 'countersign: `nowhere` is not there or cannot be read\n']);
    assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('knows the workspace under a second name', () => {
    symlinkSync(workspace, path.join(base, 'alias'));
    assert.equal(run('check', '--workspace', '../alias', 'agents/a1.agent.yaml', '--fail-on', 'never').status, 0);
    assert.equal(run('check', '--workspace', 'agents', '../alias').status, 2);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = spawn(process.execPath, [program, 'check'], { cwd: workspace, stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.on('close', resolve));
    assert.doesNotMatch(err, /EPIPE|Error|at /);
  });
});
