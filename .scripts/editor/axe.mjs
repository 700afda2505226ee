// Checks the accessibility of a page of ours in the running editor.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { HOST_DIR } from './host.mjs';

/** What axe finds wrong in the page that holds `selector`, a line each. `background`: the theme's colour that the page lies on, which is outside of it. */
export async function violations(page, selector, background) {
  const axe = readFileSync(createRequire(path.join(HOST_DIR, 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
  for (const frame of page.frames()) {
    if ((await frame.locator(selector).count().catch(() => 0)) === 0) continue;
    await frame.evaluate(axe);
    return frame.evaluate(async (colour) => {
      document.body.style.background = getComputedStyle(document.documentElement).getPropertyValue(colour);
      const found = await globalThis.axe.run(document, { resultTypes: ['violations'] });
      return found.violations.map((violation) => `${violation.id}: ${violation.nodes.slice(0, 5).map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`);
    }, background);
  }
  throw new Error(`No page of the editor holds ${selector}.`);
}

/** What the strict policy of our pages had to block so far: nothing, it is hoped. */
export function blockedBy(page) {
  const blocked = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text()) && /dist\/(simulator|matrix)|vscode-webview:\/\/[^ ]*(simulator|matrix)/.test(`${message.text()} ${message.location().url}`)) blocked.push(message.text());
  });
  return blocked;
}
