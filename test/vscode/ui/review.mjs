// Decision changes as a reviewer meets them, in the real editor with its Git: against the main branch, while typing, in tree, comment and simulator.
// SHOTS=folder keeps pictures. It throws at the first thing that is not so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

export const open = 'policies/payments.policy.yaml';
export const settings = { 'git.enabled': true, 'git.openRepositoryInParentFolders': 'always' };

const hasGit = spawnSync('git', ['--version']).status === 0;

/** The example without its faults as a repository, on a branch of its own. */
export const prepare = (workspace) => {
  rmSync(path.join(workspace, 'faults'), { recursive: true });
  if (!hasGit) return;
  const git = (...words) => {
    const { status, stderr } = spawnSync('git', words, { cwd: workspace, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  };
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', 'commit', '-q', '-m', 'x');
  git('checkout', '-q', '-b', 'raise-limit');
};

export default async (page, ui) => {
  if (!hasGit) return console.log('  !! There is no git on this machine, so the comparison with a branch was not looked at.');
  const shot = async (name) => process.env.SHOTS && ui.shot(path.join(process.env.SHOTS, `review-${name}.png`));
  const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Decision Changes' }) });
  const row = (words) => pane.locator('.monaco-list-row', { hasText: words }).first();
  await ui.view('Countersign');
  await pane.locator('.pane-header', { hasText: 'vs main' }).waitFor({ timeout: 60_000 });
  await row('No decision changes').waitFor({ timeout: 60_000 });

  // live while typing
  await ui.goto(13);
  await ui.key('End');
  await ui.key('ArrowLeft');
  await ui.type('0');
  await row('widened').waitFor({ timeout: 15_000 });
  await row('payments/refund').waitFor();
  await shot('tree');

  // the rule says it itself
  await ui.goto(36);
  await page.locator('.codelens-decoration', { hasText: '▲ widens' }).first().waitFor({ timeout: 15_000 });
  const problems = await ui.problems();
  assert.ok(problems.some((text) => text.includes('Allows more than before (vs main)')), problems.join('\n'));

  // a row opens the rule, and the simulator with its witness on both sides
  await row('payments/refund').click();
  const simulator = await ui.pageWith('#simulator');
  await simulator.locator('.base', { hasText: 'Before (main)' }).waitFor({ state: 'attached', timeout: 15_000 });
  await simulator.locator('.base').scrollIntoViewIfNeeded();
  await shot('witness');

  // the comment in the file
  await page.locator('.comment-range-glyph, .comment-thread, .comment-glyph').first().click({ timeout: 10_000 });
  const comment = page.locator('.review-widget', { hasText: 'Allows more than before' }).first();
  await comment.waitFor({ timeout: 10_000 });
  await comment.locator('a', { hasText: 'Open in simulator' }).waitFor();
  await shot('comment');

  // the same in the editor of differences
  await ui.goto(46);
  await ui.key('Control+S');
  // Git looks at it in its own time
  await ui.pause(3000);
  await ui.command('Git: Open Changes');
  await page.locator('.monaco-diff-editor').waitFor({ timeout: 15_000 });
  await ui.pause(2000);
  await ui.goto(36);
  await page.locator('.monaco-diff-editor .modified .comment-range-glyph, .monaco-diff-editor .modified .comment-thread').first().waitFor({ timeout: 15_000 });
  await shot('difference');
  await ui.command('View: Close Editor');

  // another state to compare with
  await ui.command('Countersign: Compare Decisions With…');
  await ui.pick('Last commit');
  await pane.locator('.pane-header', { hasText: 'vs HEAD' }).waitFor({ timeout: 15_000 });
  await ui.command('Countersign: Compare Decisions With…');
  await ui.pick('Last saved text');
  await row('No decision changes').waitFor({ timeout: 15_000 });
  await ui.command('Countersign: Compare Decisions With…');
  await ui.pick('Branch, tag or commit…');
  await ui.pick('main');
  await row('widened').waitFor({ timeout: 15_000 });

  // accepted with a reason
  await row('payments/refund').click();
  await page.locator('.comment-range-glyph, .comment-thread, .comment-glyph').first().click({ timeout: 10_000 });
  await comment.waitFor({ timeout: 10_000 });
  await comment.locator('a', { hasText: 'Accept with reason…' }).click();
  await page.locator('.quick-input-widget input').first().fill('Finance raised the limit, CHG-5123');
  await ui.key('Enter');
  await page.locator('.quick-input-widget', { hasText: 'Who accepts it' }).waitFor({ timeout: 10_000 });
  await page.locator('.quick-input-widget input').first().fill('j.chen');
  await ui.key('Enter');
  await row('accepted').waitFor({ timeout: 15_000 });
  await shot('accepted');

  // the command line reads what was accepted
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'diff', '--base', 'main', '--workspace', ui.workspace, '--format', 'json'], { encoding: 'utf8' });
  const { regions, findings } = JSON.parse(stdout);
  const accepted = regions.filter((region) => region.accepted);
  assert.ok(accepted.length > 0 && accepted.length < regions.length && accepted.every((region) => region.accepted.by === 'j.chen'), stdout.slice(0, 2000));
  assert.deepEqual(findings, []);
};
