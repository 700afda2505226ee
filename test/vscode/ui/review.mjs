// Decision changes as a reviewer meets them, in the real editor with its Git: against the main branch, while typing, in tree, comment and simulator.
// SHOTS=folder keeps pictures. It throws at the first thing that is not so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { raiseLimit, tree, unchanged, withoutFaults } from './parts/changes.mjs';

export const open = 'policies/payments.policy.yaml';
export const settings = { 'git.enabled': true, 'git.openRepositoryInParentFolders': 'always' };

const hasGit = spawnSync('git', ['--version']).status === 0;

/** The example without its faults as a repository, on a branch of its own. */
export const prepare = (workspace) => {
  withoutFaults(workspace);
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
  const { pane, row } = tree(page);
  await unchanged(page, ui, 'main');

  // live while typing
  await raiseLimit(page, ui);
  await shot('tree');

  // the rule says it itself
  await ui.goto(36);
  await page.locator('.codelens-decoration', { hasText: '▲ widens' }).first().waitFor();
  const problems = await ui.problems();
  assert.ok(problems.some((text) => text.includes('Allows more than before (vs main)')), problems.join('\n'));

  // a row opens the rule, and the simulator with its witness on both sides
  await row('payments/refund').click();
  const simulator = await ui.pageWith('#simulator');
  await simulator.locator('.base', { hasText: 'Before (main)' }).waitFor({ state: 'attached' });
  await simulator.locator('.base').scrollIntoViewIfNeeded();
  await shot('witness');

  // the comment in the file
  await page.locator('.comment-range-glyph, .comment-thread, .comment-glyph').first().click();
  const comment = page.locator('.review-widget', { hasText: 'Allows more than before' }).first();
  await comment.waitFor();
  await comment.locator('a', { hasText: 'Open in simulator' }).waitFor();
  await shot('comment');

  // the same in the editor of differences
  await ui.goto(46);
  await ui.key('Control+S');
  await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
  // Git looks at it in its own time, and opens nothing before
  await ui.until(() => page.locator('.monaco-diff-editor .modified .view-line').first(), () => ui.command('Git: Open Changes'));
  await ui.until(() => page.locator('.monaco-diff-editor .modified .comment-range-glyph, .monaco-diff-editor .modified .comment-thread').first(), () => ui.goto(36));
  await shot('difference');
  await ui.command('View: Close Editor');

  // another state to compare with
  await ui.command('Countersign: Compare Decisions With…');
  await ui.pick('Last commit');
  await pane.locator('.pane-header', { hasText: 'vs HEAD' }).waitFor();
  await ui.command('Countersign: Compare Decisions With…');
  await ui.pick('Last saved text');
  await row('No decision changes').waitFor();
  await ui.command('Countersign: Compare Decisions With…');
  await ui.pick('Branch, tag or commit…');
  await ui.pick('main');
  await row('widened').waitFor();

  // accepted with a reason
  await row('payments/refund').click();
  await page.locator('.comment-range-glyph, .comment-thread, .comment-glyph').first().click();
  await comment.waitFor();
  await comment.locator('a', { hasText: 'Accept with reason…' }).click();
  await page.locator('.quick-input-widget input').first().fill('Finance raised the limit, CHG-5123');
  await ui.key('Enter');
  await page.locator('.quick-input-widget', { hasText: 'Who accepts it' }).waitFor();
  await page.locator('.quick-input-widget input').first().fill('j.chen');
  await ui.key('Enter');
  await row('accepted').waitFor();
  await shot('accepted');

  // the command line reads what was accepted
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'diff', '--base', 'main', '--workspace', ui.workspace, '--format', 'json'], { encoding: 'utf8' });
  const { regions, findings } = JSON.parse(stdout);
  const accepted = regions.filter((region) => region.accepted);
  assert.ok(accepted.length > 0 && accepted.length < regions.length && accepted.every((region) => region.accepted.by === 'j.chen'), stdout.slice(0, 2000));
  assert.deepEqual(findings, []);
};
