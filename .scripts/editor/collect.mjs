// Takes what an editor says, shows the lines that come from the suite, and keeps the rest for when something goes wrong.
import { format } from 'node:util';

/** What every run of this editor says, wrong or right: native modules that were not built, sockets, a shop that is not there. */
const noise = new RegExp(
  [
    'bindings file|native-watchdog|Release/watchdog|Service Worker|AgentHost|AccountPolicyGate|connection token|Creating a socket|grace time',
    'builtin extensions|ENOTFOUND|ENOPRO.*vscode-remote|^Canceled|search provider|package\\.nls\\.json|Loading development'
  ].join('|')
);

/** `message(args)` for console arguments, `stream(chunk)` for raw output, `result(code, problem)` at the end. The protocol is in in-editor.mjs. */
export function collector(log) {
  const shown = [];
  const other = [];
  let counts;
  let rest = '';

  const line = (text) => {
    if (text.startsWith('##counts ')) {
      const more = JSON.parse(text.slice('##counts '.length));
      counts ??= { passed: 0, failed: 0, skipped: 0 };
      for (const name of Object.keys(counts)) counts[name] += Number(more[name] ?? 0);
    } else if (text.startsWith('##> ')) {
      shown.push(text.slice(4));
      log(text.slice(4));
    } else if (text.trim() && !noise.test(text) && !/\s+at .*(workbench\.js|extensionHostProcess\.js)/.test(text)) {
      other.push(text);
    }
  };

  return {
    message(args) {
      const text = args.length === 1 ? String(args[0]) : format(...args);
      if (!noise.test(text)) text.split(/\r?\n/).forEach(line);
    },
    stream(chunk) {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop();
      lines.forEach(line);
    },
    get counted() {
      return counts !== undefined;
    },
    /** The verdict: a run without counts, or one that ended badly, has failed at least once and says why. */
    result(code, problem) {
      if (rest) line(rest);
      const reason = problem ?? (counts ? undefined : 'The suite ended without saying its counts.');
      if (reason) {
        const words = [reason, ...other.slice(-15).map((text) => `  ${text}`)];
        shown.push(...words);
        words.forEach((text) => log(text));
      }
      const { passed, skipped, failed } = counts ?? { passed: 0, skipped: 0, failed: 0 };
      const bad = reason !== undefined || code !== 0 || failed > 0;
      return { code: bad ? code || 1 : 0, output: shown.join('\n'), passed, failed: bad ? Math.max(failed, 1) : 0, skipped };
    }
  };
}
