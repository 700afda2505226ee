// The simulator's page as a user works with it, in the real editor, on a copy of the example workspace; see .scripts/editor/ui-scripts.mjs.
// SHOTS=folder keeps pictures. It throws at the first thing that is not so.
import assert from 'node:assert/strict';
import path from 'node:path';
import { blockedBy, violations } from '../../../.scripts/editor/axe.mjs';

export const open = 'agents/refund-assistant.agent.yaml';

export default async (page, ui) => {
  const blocked = blockedBy(page);
  const shot = async (name) => process.env.SHOTS && ui.shot(path.join(process.env.SHOTS, `simulator-${name}.png`));
  await ui.command('Countersign: Simulate a Request');
  let view = ui.webview();
  const field = (label) => view.getByLabel(label, { exact: true });
  const says = async (words) => view.locator('.decision', { hasText: words }).waitFor();
  await view.locator('.decision').waitFor();
  await view.locator('.stale').waitFor({ state: 'hidden' });

  // the agent of the open file, its first tool, production
  assert.deepEqual([await field('Agent').inputValue(), await field('What').inputValue(), await field('In').inputValue()], ['refund-assistant', 'payments/refund', 'production']);
  await field('amount *').fill('900');
  await says('Needs approval');
  await says('finance-operations');
  await shot('approval');

  // what is wrong says so beside itself, and the decision is marked as old
  await field('amount *').fill('9x');
  await view.locator('.row.invalid', { hasText: 'This must be a number' }).waitFor();
  assert.equal(await field('amount *').getAttribute('aria-invalid'), 'true');
  await view.locator('.stale', { hasText: 'from before' }).waitFor();
  await shot('invalid');
  await field('amount *').fill('900');
  await view.locator('.stale').waitFor({ state: 'hidden' });

  // typing in a policy, unsaved
  await ui.openFile('policies/payments.policy.yaml');
  await ui.goto(13);
  await ui.key('End');
  await ui.key('ArrowLeft');
  await ui.type('0');
  await says('Allowed');
  await ui.key('Backspace');
  await says('Needs approval');

  // a rule is a link
  await view.locator('.because button.link').click();
  await page.locator('.statusbar-item', { hasText: /Ln 37, Col 23 \(12 selected\)/ }).waitFor();

  // what is filled in outlives the view
  await ui.key('Control+Shift+E');
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  await page.locator('.activitybar a.action-label[aria-label^="Countersign"]').click();
  view = ui.webview();
  await says('Needs approval');
  assert.equal(await field('amount *').inputValue(), '900');

  // JSON and back
  await view.getByRole('button', { name: 'JSON' }).click();
  assert.deepEqual(JSON.parse(await view.locator('.arguments textarea').last().inputValue()), { amount: 900 });
  await view.locator('.arguments textarea').last().fill('{"amount": 50}');
  await says('Allowed');
  await view.getByRole('button', { name: 'JSON' }).click();
  assert.equal(await field('amount *').inputValue(), '50');

  // time, and typing freely
  await view.locator('summary', { hasText: 'Time' }).click();
  await field('Time').fill('2026-12-21T09:00:00Z');
  await says('year-end-freeze');
  await field('Agent').selectOption('something else…');
  await ui.type('nobody-of-that-name');
  await says('No agent of this workspace is called');
  await ui.key('Escape');
  await field('Agent').selectOption('refund-assistant');
  await says('year-end-freeze');
  await shot('freeze');

  assert.deepEqual(await violations(page, '#simulator', '--vscode-sideBar-background'), []);
  assert.deepEqual(blocked, []);
};
