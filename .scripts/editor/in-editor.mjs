// Bundled into the suites, runs inside the editor: runs Mocha and says line by line, and in numbers, what came of it.
// The lines are for collect.mjs: `##> text` is output to show, `##counts {"passed":1,"failed":0,"skipped":0}` the result.

/**
 * Runs the suites that `load` defines with the constructor `Mocha`: the default export of `mocha` in a host with Node, what
 * `mocha/mocha.js` leaves in `globalThis.Mocha` in a web worker. Resolves when all passed, rejects otherwise: the editor
 * turns that into its exit code.
 */
export async function runMocha(Mocha, load, options = {}) {
  // The extension host does not let anyone replace console.log, so only what Mocha says is marked.
  const show = (text) => text.split(/\r?\n/).forEach((line) => console.log(`##> ${line}`));
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: 110_000, color: false, retries: 1, ...options });
    mocha.suite.emit('pre-require', globalThis, '', mocha); // puts describe, it and the like into the global scope
    Mocha.reporters.Base.consoleLog = (...values) => show(format(values));
    await load();
    counts = await new Promise((resolve) => {
      const runner = mocha.run((failures) => {
        const { passes, pending } = runner.stats;
        resolve({ passed: passes, failed: failures, skipped: pending });
      });
      // the editor may lose a step when the machine is busy; what fails twice is a fault, and what fails once is told
      runner.on('retry', (test, error) => show(`    (failed, once more: ${test.title}: ${error?.message ?? error})`));
    });
  } catch (error) {
    counts = { ...counts, failed: counts.failed + 1 };
    show(`The suite could not be run: ${error?.stack ?? error}`);
  }
  console.log(`##counts ${JSON.stringify(counts)}`);
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

/** `console.log`'s directives, as far as Mocha uses them. */
function format([first = '', ...rest]) {
  const text = typeof first === 'string' ? first.replace(/%[sdifjoO%]/g, (found) => (found === '%%' ? '%' : rest.length > 0 ? plain(rest.shift()) : found)) : plain(first);
  return [text, ...rest.map(plain)].join(' ');
}

function plain(value) {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.stack ?? String(value);
  try {
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  } catch {
    return String(value);
  }
}
