// The GitHub Action's script, run as the action runs it: annotations, summary, outputs, exit code; and the examples for CI.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { hasGit, repository, type Repository } from './repository';

const agent = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, owner: { team: t }, lifecycle: pilot, tools: [s/t] }\n';
const policy = (limit: number): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: o }\nspec:\n  rules:\n    - { id: r, effect: allow, actions: [call], resources: ["tool:s/t"], when: args.amount <= ${limit} }\n`;

describe('the examples for CI', () => {
  for (const file of ['action.yml', ...readdirSync('.github/examples').map((name) => `examples/${name}`)]) {
    it(`${file} is YAML`, () => assert.equal(typeof parse(readFileSync(path.join('.github', file), 'utf8')), 'object'));
  }
  it('the action names a script that is there, and every input is used', () => {
    const text = readFileSync('.github/action.yml', 'utf8');
    const { inputs, runs } = parse(text) as { inputs: Record<string, unknown>; runs: { using: string; steps: { run: string }[] } };
    assert.equal(runs.using, 'composite');
    assert.ok(existsSync('.github/action.sh') && runs.steps.some(({ run }) => run.includes('action.sh')));
    for (const name of Object.keys(inputs)) assert.ok(text.includes(`inputs.${name} }}`), name);
  });
});

(hasGit && process.platform !== 'win32' ? describe : describe.skip)('the action', () => {
  let repo: Repository;
  let program = '';
  let temporary = '';
  before(async () => {
    temporary = mkdtempSync(path.join(tmpdir(), 'countersign-action-'));
    program = path.join(temporary, 'dist', 'cli.js');
    symlinkSync(path.resolve('package.json'), path.join(temporary, 'package.json'));
    await build({ entryPoints: ['server/src/node/cli.ts'], bundle: true, platform: 'node', target: 'node20', outfile: program, mainFields: ['module', 'main'], external: ['./lsp-stdio'], logLevel: 'silent' });
    repo = repository();
    repo.commit({ 'w/a.agent.yaml': agent, 'w/p.policy.yaml': policy(500), 'w/.countersign.yaml': '{}\n' });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({ 'w/p.policy.yaml': policy(900) });
    repo.git('checkout', '-q', 'main');
    repo.commit({ 'README.md': 'x' });
  });
  after(() => {
    repo.remove();
    rmSync(temporary, { recursive: true, force: true });
  });

  const act = (env: Readonly<Record<string, string>>) => {
    const [summary, output] = [path.join(temporary, 'summary.md'), path.join(temporary, 'output')];
    for (const file of [summary, output]) rmSync(file, { force: true });
    const { status, stdout, stderr } = spawnSync('bash', [path.resolve('.github/action.sh')], {
      cwd: repo.root, encoding: 'utf8',
      env: {
        PATH: process.env['PATH'] ?? '', COUNTERSIGN: program, WORKSPACE: 'w', BASE: '', CHECK_FAIL_ON: 'error', DIFF_FAIL_ON: 'widened', WORLD: 'closed', ALLOW_UNKNOWN: 'false', COMMENT: 'false',
        GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output, GITHUB_WORKSPACE: repo.root, RUNNER_TEMP: temporary, ...env,
      },
    });
    const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    return { status, stdout, stderr, summary: read(summary), output: read(output) };
  };

  it('compares the merge of a pull request with its target, annotates, sums up, and fails', () => {
    repo.git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'merge', '-q', '--no-ff', '-m', 'merge', 'change');
    const { status, stdout, stderr, summary, output } = act({ PULL_REQUEST: '7', EVENT_BASE: repo.git('rev-parse', 'main~1').trim() });
    assert.equal(status, 1, stderr);
    assert.match(stdout, /::error file=w\/p\.policy\.yaml,line=6,.*title=Countersign diff\/widened::Allows more than before: a may now call/);
    assert.match(summary, /^### Countersign: ▲ 1 widened\n/);
    assert.match(output, /^report=.*countersign\.md\nverdict=changed\n$/);
  });
  it('passes where nothing widened, or nothing is to fail', () => {
    assert.equal(act({ BASE: 'change' }).status, 0);
    assert.equal(act({ BASE: 'main~1', DIFF_FAIL_ON: 'never' }).status, 0);
  });
  it('compares a push with the commit before it', () => {
    assert.equal(act({ EVENT_BASE: repo.git('rev-parse', 'main^1').trim() }).status, 1);
    assert.equal(act({ EVENT_BASE: '0000000000000000000000000000000000000000' }).status, 1);
  });
  it('says that a revision is none', () => assert.equal(act({ BASE: 'nowhere' }).status, 2));
  it('holds what it writes to what a comment may hold', () => {
    assert.ok(act({ BASE: 'main~1' }).summary.length < 65_536);
  });

  /** Runs a line of an example as its CI does: one shell after another, with what it sets. */
  const line = (script: string, env: Readonly<Record<string, string>>) =>
    spawnSync('bash', ['--norc', '--noprofile', '-eo', 'pipefail', '-c', script], { cwd: path.join(repo.root, 'w'), encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', ...env } });

  it('the example for GitLab writes both reports, and fails where something widened', () => {
    const { countersign } = parse(readFileSync('.github/examples/gitlab-ci.yml', 'utf8')) as { countersign: { script: string[]; artifacts: { paths: string[]; reports: { junit: string } } } };
    const ci = (base: string) => line(countersign.script.join('\n'), { COUNTERSIGN: `${process.execPath} ${program}`, CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
    const failed = ci('main~1');
    assert.deepEqual([failed.status, failed.stderr], [1, '']);
    assert.match(failed.stdout, /Allows more than before/);
    for (const file of [...countersign.artifacts.paths, countersign.artifacts.reports.junit]) assert.ok(readFileSync(path.join(repo.root, 'w', file), 'utf8').length > 0, file);
    assert.equal(ci('main').status, 0);
  });

  it('the example for pre-commit runs commands that there are, and stops what widens', () => {
    const { repos } = parse(readFileSync('.github/examples/pre-commit-config.yaml', 'utf8')) as { repos: { hooks: { id: string; entry: string }[] }[] };
    const entries = new Map(repos.flatMap(({ hooks }) => hooks.map(({ id, entry }) => [id, entry.replace(/^countersign/, `${process.execPath} ${program}`)] as const)));
    assert.equal(line(entries.get('countersign-check') ?? '', {}).status, 0);
    const compare = entries.get('countersign-diff') ?? '';
    repo.git('update-ref', 'refs/remotes/origin/main', 'main~1');
    assert.equal(line(compare, {}).status, 1);
    repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    assert.equal(line(compare, {}).status, 0);
  });
});
