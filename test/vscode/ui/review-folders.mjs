// Decision changes where there is no Git: against the last saved text and another folder, by agent and by rule, made into a test, accepted.
// SHOTS=folder keeps pictures. It throws at the first thing that is not so.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { raiseLimit, tree, unchanged, withoutFaults } from './parts/changes.mjs';

export const web = true;
export const open = 'acme/policies/payments.policy.yaml';
export const settings = { 'git.enabled': false };

/** The example without its faults, beside a copy of it as it was. */
export const prepare = (workspace) => {
  withoutFaults(workspace);
  const around = path.dirname(workspace);
  cpSync(workspace, path.join(around, 'acme-last-year'), { recursive: true });
  const file = path.join(around, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path: 'acme' }, { path: 'acme-last-year' }] }));
  return file;
};

export default async (page, ui) => {
  const shot = async (name) => process.env.SHOTS && ui.shot(path.join(process.env.SHOTS, `folders-${name}.png`));
  const { pane, row } = tree(page);
  await unchanged(page, ui, 'last saved text (no Git here)');

  // what is counted over a rule, and listed
  await ui.goto(45);
  await page.locator('.codelens-decoration a:visible', { hasText: /^1 agent$/ }).first().waitFor();
  await page.locator('.codelens-decoration a:visible', { hasText: '2 tests' }).first().click();
  await page.locator('.peekview-widget .monaco-list-row').first().waitFor();
  await shot('tests');
  await ui.key('Escape');
  await page.locator('.peekview-widget').waitFor({ state: 'hidden', timeout: 10_000 }).catch(() => undefined);

  await raiseLimit(page, ui);
  // the list of comments does not open by itself
  assert.equal(await page.locator('.comments-panel').isVisible().catch(() => false), false, 'the Comments panel opened by itself');
  await pane.locator('.pane-header').hover();
  // a menu may be drawn anew while the mouse is on its way
  for (let tries = 0; tries < 5 && !(await row('refund-small').isVisible()); tries++) {
    await page.keyboard.press('Escape');
    await pane.locator('.pane-header').hover();
    await pane.locator('.pane-header .action-label.codicon-toolbar-more').click();
    await page.locator('.monaco-menu .action-label', { hasText: 'Group Changes by Rule' }).click({ timeout: 3_000 }).catch(() => {});
    await row('refund-small').waitFor({ timeout: 2_000 }).catch(() => {});
  }
  await row('refund-small').waitFor();
  // each group is named by the rule where mark and lens stand
  await row('refund-large').waitFor();
  assert.equal(await row('log-payments').isVisible(), false, 'a rule that did not change heads a group');
  await shot('by-rule');
  await row('payments/refund').locator('.monaco-tl-twistie').click();
  await pane.locator('.monaco-list-row[aria-level="3"]').first().waitFor();
  await shot('parts');

  // from the comment into a test
  await row('payments/refund').click();
  await page.locator('.comment-range-glyph, .comment-thread, .comment-glyph').first().click();
  const comment = page.locator('.review-widget', { hasText: 'Allows more than before' }).first();
  await comment.waitFor();
  await shot('comment');
  await comment.locator('a', { hasText: 'Make a test' }).click();
  await ui.pick('payments.policytest.yaml');
  await page.locator('.quick-input-widget', { hasText: 'The name of the case' }).waitFor();
  await shot('name');
  await ui.key('Enter');
  await page.locator('.tab.active[data-resource-name="payments.policytest.yaml"]').waitFor();
  await page.locator('.editor-instance .view-lines', { hasText: 'refund' }).first().waitFor();
  await shot('test');
  await ui.command('File: Revert File');
  await ui.command('View: Close Editor');

  // another folder of the window
  await ui.command('Countersign: Compare Decisions With…');
  await shot('choose');
  await ui.pick('acme-last-year');
  await pane.locator('.pane-header', { hasText: 'vs acme-last-year' }).waitFor();
  await row('widened').waitFor();
  await shot('other-folder');

  // accepted with a reason
  await ui.command('Countersign: Compare Decisions With…');
  await ui.pick('Last saved text');
  await row('widened').waitFor();
  // what the row shows under the mouse may be drawn anew while the mouse is on its way
  await ui.until(() => page.locator('.quick-input-widget', { hasText: 'Accept This Change' }), async () => {
    await row('payments/refund').hover();
    await row('payments/refund').locator('.action-label[aria-label*="Accept"]').click({ timeout: 5_000 });
  });
  await page.locator('.quick-input-widget input').first().fill('Finance raised the limit, CHG-5123');
  await shot('reason');
  await ui.key('Enter');
  await page.locator('.quick-input-widget', { hasText: 'Who accepts it' }).waitFor();
  await page.locator('.quick-input-widget input').first().fill('j.chen');
  await ui.key('Enter');
  await row('accepted').waitFor();
  await shot('accepted');
  const accepted = readFileSync(path.join(path.dirname(ui.workspace), 'acme/.countersign/accepted.yaml'), 'utf8');
  assert.match(accepted, /reason: .*CHG-5123[^]*by: j\.chen/);
};
