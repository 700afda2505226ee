// A server that is killed comes back, and the findings with it.
import { readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { ok, until } from '../support/check';
import { untilFindings } from '../support/findings';
import { rangeOf, replace, show, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

/** The processes that this extension host started to run our server. */
function servers(): number[] {
  const own = (parent: number, command: string): boolean => parent === process.pid && /dist[\\/]server\.js/.test(command);
  if (process.platform === 'linux') {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
      try {
        const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        return own(Number(parent), readFileSync(`/proc/${name}/cmdline`, 'utf8'));
      } catch {
        return false; // gone meanwhile
      }
    }).map(Number);
  }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid && parent && command && own(Number(parent), command) ? [Number(pid)] : [];
  });
}

describe('a crash of the server', () => {
  before(() => write('suite.catalog.yaml', CATALOG));

  it('is followed by a new start', async function () {
    if (process.platform === 'win32') return this.skip();
    const document = await show('suite-crash.agent.yaml', agent('suite-crash', '  lifecycle: produktion\n'));
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'produktion')]]);
    const [first] = servers();
    ok(first, 'the server is a process that this host started');
    process.kill(first, 'SIGKILL');
    await until('another server', () => servers().some((pid) => pid !== first));
    await replace(document, 'produktion', 'piloting');
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'piloting')]]);
  });
});
