// The hands and eyes of a script in a running VS Code: what a user does with keys and mouse, and waits for, by name.

const control = process.platform === 'darwin' ? 'Meta' : 'Control';
/** milliseconds that a page of ours may take to appear */
const PATIENCE = 120_000;
const row = '.quick-input-list .monaco-list-row';

/** Helpers bound to `page`. Each waits until what it did can be seen; a wait that fails throws and says for what. */
export function helpers(page, { workspace } = {}) {
  const key = (keys) => page.keyboard.press(keys);
  const pause = (ms) => page.waitForTimeout(ms);

  /** Picks the first entry that holds `text` from the quick input that is open. */
  async function pick(text) {
    const entry = page.locator(row, { hasText: text }).first();
    await entry.waitFor();
    const before = await page.evaluate(quickInput);
    await entry.click();
    // gone, or at its second step
    for (const end = Date.now() + 10_000; Date.now() < end; await pause(30)) if ((await page.evaluate(quickInput)) !== before) return;
  }

  const ui = {
    page,
    key,
    pause,
    pick,

    /** Opens a file of the workspace, by its path in it. */
    async openFile(relative) {
      const name = relative.split('/').at(-1);
      await key(`${control}+P`);
      await page.locator('.quick-input-widget input').first().fill(relative);
      await page.locator(row, { hasText: name }).first().waitFor();
      await key('Enter');
      await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
      await page.locator('.editor-instance .view-line').first().waitFor({ timeout: 15_000 }).catch(() => {}); // empty, or no text
    },

    /** Runs a command by its title in the command palette, as `Category: Title`. */
    async command(title) {
      // the list is made when it opens: a command that an extension brings at that moment is not in it
      for (let tries = 0; tries < 3; tries++) {
        await key('F1');
        await page.locator('.quick-input-widget input').first().fill(`>${title}`);
        const there = await page.locator(row, { hasText: title }).first().waitFor({ timeout: 3000 }).then(() => true, () => false);
        if (there) break;
        await key('Escape');
      }
      await pick(title);
    },

    /** Does something until what it brings about can be seen: some things are not ready yet, and say nothing of it. */
    async until(wanted, act) {
      for (const end = Date.now() + PATIENCE; ; ) {
        const failed = await act().then(() => null, (error) => error);
        if (await wanted().waitFor({ timeout: 5_000 }).then(() => true, () => false)) return;
        if (Date.now() > end) throw failed ?? new Error('What was done brought nothing about.');
      }
    },

    /** Puts the cursor on a line and a column, both counted from 1. */
    async goto(line, column = 1) {
      await key('Control+G');
      await page.locator('.quick-input-widget input').first().fill(`:${line}:${column}`);
      await key('Enter');
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
      await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col` }).waitFor({ timeout: 5_000 }).catch(() => {}); // a line that is not there
    },

    /** Types into what has the focus, as fast as a quick typist, so that what pops up has its time. */
    type: (text, delay = 30) => page.keyboard.type(text, { delay }),

    /** Rests the mouse on the first place in view that shows `text`; resolves to what the hover says. */
    async hover(text) {
      const spot = await page.evaluate(findText, text);
      if (!spot) throw new Error(`No text "${text}" can be seen in the editor.`);
      await page.mouse.move(spot.x - 3, spot.y);
      await page.mouse.move(spot.x, spot.y, { steps: 3 });
      const box = page.locator('.monaco-hover:not(.hidden)', { hasText: /\S/ }).first();
      await box.waitFor();
      await page.locator('.monaco-hover:not(.hidden)', { hasText: /^\s*Loading/ }).waitFor({ state: 'hidden', timeout: 10_000 }).catch(() => {});
      return box.innerText();
    },

    /** Opens the problems panel; resolves to its rows as text. */
    async problems() {
      await ui.command('Problems: Focus on Problems View');
      const rows = page.locator('.markers-panel .monaco-list-row');
      await rows.first().waitFor({ timeout: 10_000 }).catch(() => {}); // none is an answer
      return rows.allInnerTexts();
    },

    /** Opens a view container by the name in the activity bar. */
    view: (name) => page.locator(`.activitybar a.action-label[aria-label^="${name}"]`).first().click(),

    /** Waits until squiggles of a severity (`error`, `warning`, `info`, `hint`) are drawn. */
    squiggles: (severity = 'error') => page.locator(`.squiggly-${severity}`).first().waitFor({ state: 'attached' }),

    /** The document inside of the webview that is in view. */
    webview: () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),

    /** The document of the webview that holds `selector`, where several are in view. It is another one after it was hidden. */
    async pageWith(selector) {
      for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
        for (const frame of page.frames()) if (!frame.isDetached() && (await frame.locator(selector).isVisible().catch(() => false))) return frame;
        await pause(100);
      }
      throw new Error(`No page in view holds ${selector}.`);
    },

    /** What the notifications say. */
    notifications: () => page.locator('.notification-list-item-message').allInnerTexts(),

    /** Writes a picture of the window, once it has come to rest. */
    async shot(file) {
      await page.locator('.monaco-progress-container.active').first().waitFor({ state: 'hidden', timeout: 5000 }).catch(() => {});
      await pause(300);
      await page.screenshot({ path: file, animations: 'disabled', caret: 'initial' });
    },

    workspace
  };
  return ui;
}

/** Runs in the page: what the quick input says, or null where none is open. */
function quickInput() {
  const widget = document.querySelector('.quick-input-widget');
  return widget && widget.offsetParent !== null ? `${widget.querySelector('input')?.value} ${widget.innerText}` : null;
}

/** Runs in the page: the middle of the first place where the lines of an editor show `text`. */
function findText(text) {
  const plain = (value) => value.replace(/[\u00a0\u200b]/g, ' ');
  for (const line of document.querySelectorAll('.view-lines .view-line')) {
    const at = plain(line.textContent).indexOf(text);
    if (at < 0) continue;
    const middle = at + Math.floor(text.length / 2);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let passed = 0; walker.nextNode(); ) {
      const node = walker.currentNode;
      if (middle < passed + node.length) {
        const range = document.createRange();
        range.setStart(node, middle - passed);
        range.setEnd(node, middle - passed + 1);
        const box = range.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
      passed += node.length;
    }
  }
  return undefined;
}
