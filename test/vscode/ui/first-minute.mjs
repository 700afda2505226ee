// The first minute: a folder without agents says what to do, and the example opens from there: in a window of its own, or, in a browser, in the folder.
// SHOTS=folder keeps pictures. It throws at the first thing that is not so.
import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { violations } from '../../../.scripts/editor/axe.mjs';

export const web = true;

/** Nothing but a file that has nothing to do with agents. */
export const prepare = (workspace) => {
  for (const name of readdirSync(workspace)) rmSync(path.join(workspace, name), { recursive: true });
  writeFileSync(path.join(workspace, 'README.md'), '# A project\n');
};

export default async (page, ui) => {
  const shot = async (name) => process.env.SHOTS && ui.shot(path.join(process.env.SHOTS, `first-minute-${name}.png`));
  await ui.view('Countersign');
  const view = await ui.pageWith('#simulator .empty');
  await view.locator('.empty', { hasText: 'No agents here yet' }).waitFor();
  await page.locator('.pane-body .welcome-view-content', { hasText: 'No agents here yet' }).waitFor();
  await page.locator('.pane-body .welcome-view-content a', { hasText: 'the example' }).waitFor();
  await shot('empty');
  assert.deepEqual(await violations(page, '#simulator', '--vscode-sideBar-background'), []);
  const opened = page.context().waitForEvent('page', { timeout: 0 }).then((other) => ({ other }), () => ({ other: null }));
  await view.getByRole('button', { name: 'Open the example' }).click();
  // a browser has no place of its own: it asks, and writes into the folder
  const asks = page.locator('.monaco-dialog-box', { hasText: 'countersign-example' });
  const asked = asks.waitFor().then(() => 'asked', () => null);
  const way = await Promise.race([asked, opened.then(() => 'opened')]);
  if (way === 'asked') {
    await shot('asked');
    await asks.getByRole('button', { name: 'Write It' }).click();
    await page.locator('.tab.active[data-resource-name="README.md"]').waitFor();
    assert.ok(statSync(path.join(ui.workspace, 'countersign-example/policies/payments.policy.yaml')).size > 1000);
    await page.locator('.pane-body .monaco-list-row', { hasText: 'customer-support' }).first().waitFor();
    await shot('written');
  } else {
    const { other } = await opened;
    other.setDefaultTimeout(120_000);
    assert.match(decodeURIComponent(other.url()), /countersign-example$/);
    await other.locator('.explorer-folders-view .monaco-list-row', { hasText: 'policies' }).first().waitFor();
    await other.locator('.activitybar a.action-label[aria-label^="Countersign"]').first().click();
    await other.locator('.pane-body .monaco-list-row', { hasText: 'customer-support' }).first().waitFor();
    if (process.env.SHOTS) await other.screenshot({ path: path.join(process.env.SHOTS, 'first-minute-opened.png') });
  }
};
