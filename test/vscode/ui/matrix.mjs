// The matrix as a user works with it, in the real editor, on a copy of the example workspace; see .scripts/editor/ui-scripts.mjs.
// SHOTS=folder keeps pictures. It throws at the first thing that is not so.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { blockedBy, violations } from '../../../.scripts/editor/axe.mjs';

export const open = 'policies/payments.policy.yaml';
export const web = true;

export default async (page, ui) => {
  const blocked = blockedBy(page);
  const shot = async (name) => process.env.SHOTS && ui.shot(path.join(process.env.SHOTS, `matrix-${name}.png`));
  await ui.command('Countersign: Open Matrix');
  let view = await ui.pageWith('#matrix');
  await view.locator('.square[data-letter="a"]').first().waitFor();
  const field = (label) => view.getByLabel(label, { exact: true });
  // one row and one column are left, so that the cell is known by its class alone
  await field('Filter agents').fill('refund-assistant');
  await field('Filter resources').fill('call payments/refund');
  const cell = () => view.locator('.grid .line:not(.owner) .square');
  const reads = (letter) => view.locator(`.grid .square[data-letter="${letter}"]`).waitFor();
  assert.equal(await field('In').inputValue(), 'production');
  await reads('p');
  assert.equal(await cell().count(), 1);
  assert.match(await view.locator('.notes').innerText(), /1 of \d+ agents, 1 of \d+ resources/);

  // why, in a line
  const tip = view.locator('.tip', { hasText: 'Allowed where amount <= 500' });
  for (let tries = 0; tries < 5 && !(await tip.isVisible()); tries++) {
    await page.mouse.move(5, 5);
    await cell().hover();
    await tip.waitFor({ timeout: 3_000 }).catch(() => {});
  }
  await tip.waitFor();
  await shot('why');

  // arguments: what is wrong says so beside itself
  await field('Arguments').fill('{"amount": 900');
  await view.locator('.row.invalid', { hasText: 'This must be a JSON object' }).waitFor();
  await field('Arguments').fill('{"amount": 20}');
  await reads('a');
  await field('In').selectOption('no environment');
  await reads('d');
  await field('In').selectOption('production');
  await reads('a');
  await field('Arguments').fill('{"amount": 900}');
  await reads('r');

  // typing in a policy beside it, unsaved
  await ui.command('View: Move Editor into Right Group');
  view = await ui.pageWith('#matrix');
  await reads('r');
  await page.locator('.editor-group-container').first().locator('.view-line').first().click();
  await ui.goto(13);
  await ui.key('End');
  await ui.key('ArrowLeft');
  await ui.type('0');
  await reads('a');
  await shot('unsaved');
  await ui.key('Backspace');
  await reads('r');

  // keys alone: the agent's row, over the cells, into the simulator
  await field('Filter resources').fill('call');
  await field('Filter agents').focus();
  await field('Filter resources').focus();
  for (let tabs = 0; tabs < 6 && !(await view.locator('.grid').evaluate((element) => element === document.activeElement)); tabs++) await ui.key('Tab');
  await view.locator('.grid #active').waitFor();
  for (let steps = 0; steps < 60; steps++) {
    if (await view.locator('.label.lit[title="call tool:payments/refund"]').count()) break;
    await ui.key('ArrowRight');
  }
  await view.locator('.label.lit[title="call tool:payments/refund"]').waitFor();
  await view.locator('[role=status]', { hasText: 'Needs approval of finance-operations' }).waitFor({ state: 'attached' });
  await shot('keys');
  await ui.key('Enter');
  const simulator = await ui.pageWith('#simulator');
  await simulator.locator('.decision', { hasText: 'Needs approval' }).waitFor();
  assert.equal(await simulator.getByLabel('What', { exact: true }).inputValue(), 'payments/refund');
  await shot('simulator');

  // filters that leave nothing say so, and can be cleared
  await field('Filter agents').fill('no agent has this name');
  await view.getByRole('button', { name: 'Clear the filters' }).click();
  await view.locator('.square[data-letter="p"], .square[data-letter="r"], .square[data-letter="a"]').first().waitFor();

  // what is chosen outlives the tab in the background
  await field('Filter agents').fill('payments-platform');
  await ui.openFile('README.md');
  await ui.command('View: Open Previous Editor in Group');
  view = await ui.pageWith('#matrix');
  await view.locator('.square[data-letter]:not([data-letter=""])').first().waitFor();
  assert.deepEqual([await field('Filter agents').inputValue(), await field('Arguments').inputValue()], ['payments-platform', '{"amount": 900}']);

  // as a file
  await view.getByRole('button', { name: /CSV/ }).click();
  // it takes the name once it has listed the folder
  await page.locator('.quick-input-widget .quick-input-list .monaco-list-row').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.quick-input-widget input')?.value.endsWith('matrix-production.csv'));
  await ui.key('Enter');
  await view.locator('[role=status]', { hasText: 'Saved matrix-production.csv.' }).waitFor();
  const file = path.join(ui.workspace, 'matrix-production.csv');
  assert.ok(existsSync(file));
  assert.match(readFileSync(file, 'utf8'), /^agent,owner,call tool:[^]*\r\nrefund-assistant,payments-platform,/);

  assert.deepEqual(await violations(page, '#matrix', '--vscode-editor-background'), []);
  await shot('end');
  assert.deepEqual(blocked, []);
};
