// Opens the browser that shows the browser host, and waits in it for a suite to end.
import { collector } from './collect.mjs';
import { playwright } from './host.mjs';
import { editorEnv, temporaryFolder } from './processes.mjs';

/** Starts a headless Chromium with a profile of its own: `{browser, close()}`. */
export async function launchBrowser(browserPath) {
  if (!browserPath) throw new Error('No Chromium or Chrome was found. Install one, or name it in CHROME_PATH.');
  const home = temporaryFolder('browser');
  const options = {
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    env: editorEnv({ XDG_CONFIG_HOME: home.dir, XDG_CACHE_HOME: home.dir }),
    // Ctrl-C is ours: processes.mjs ends everything, in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false
  };
  const browser = await playwright().chromium.launch(options).catch((error) => {
    home.remove();
    throw new Error(`${browserPath} does not start: ${error.message.split('\n').slice(0, 12).join('\n')}`);
  });
  const close = async () => {
    await browser.close().catch(() => {});
    home.remove();
  };
  return { browser, close };
}

/**
 * Opens `url`, where a suite runs by itself, and resolves to its result. `prepare(context, page)` goes first;
 * `screenshot` names a picture to take when the suite does not come to an end. A suite of which nothing is heard for `silenceMs` has
 * come to a stop: a limit on the whole would say that of a slow machine, too, and each test has a limit of its own.
 */
export async function watchSuite({ url, browserPath, silenceMs = 180_000, log, contextOptions = {}, prepare, screenshot }) {
  let timer;
  const said = collector((line) => {
    timer?.refresh();
    log(line);
  });
  let close = async () => {};
  try {
    const opened = await launchBrowser(browserPath);
    close = opened.close;
    const context = await opened.browser.newContext(contextOptions);
    const page = await context.newPage();
    const ended = new Promise((resolve) => {
      timer = setTimeout(resolve, silenceMs, { problem: `The suite was silent for ${silenceMs / 1000} s, and has not ended.` });
      page.on('crash', () => resolve({ problem: 'The page of the editor crashed.' }));
      page.on('pageerror', (error) => said.message([`page error: ${error.message}`]));
      void page.exposeFunction('codeAutomationExit', (code) => resolve({ code }));
    });
    await page.exposeFunction('codeAutomationLog', (_level, args) => said.message(args));
    await prepare?.(context, page);
    await page.goto(url, { timeout: silenceMs, waitUntil: 'commit' });
    const { code = 1, problem } = await ended;
    // The last lines may still be on their way.
    const patience = problem === undefined ? 1000 : 0;
    for (let waited = 0; !said.counted && waited < patience; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
    if (problem && screenshot) await page.screenshot({ path: screenshot }).catch(() => {});
    return said.result(code, problem);
  } catch (error) {
    return said.result(1, `The editor could not be opened: ${error.message}`);
  } finally {
    clearTimeout(timer);
    await close();
  }
}
