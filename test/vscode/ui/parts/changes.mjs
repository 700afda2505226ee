// What the scripts about decision changes have in common: the example without its faults, the tree, and the edit that widens a rule.
import { rmSync } from 'node:fs';
import path from 'node:path';

export const withoutFaults = (workspace) => rmSync(path.join(workspace, 'faults'), { recursive: true });

/** The tree in the side bar: `row(words)` is its first row that says so. */
export function tree(page) {
  const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Decision Changes' }) });
  return { pane, row: (words) => pane.locator('.monaco-list-row', { hasText: words }).first() };
}

/** Waits until nothing differs from `base`. */
export async function unchanged(page, ui, base) {
  const { pane, row } = tree(page);
  await ui.view('Countersign');
  await pane.locator('.pane-header', { hasText: `vs ${base}` }).waitFor();
  await row('No decision changes').waitFor();
}

/** Types a digit more into the limit of refunds (`policies/payments.policy.yaml`), and waits until the tree says what that allows. */
export async function raiseLimit(page, ui) {
  const { row } = tree(page);
  await ui.goto(13);
  await ui.key('End');
  await ui.key('ArrowLeft');
  await ui.type('0');
  await row('widened').waitFor();
  await row('payments/refund').waitFor();
}
