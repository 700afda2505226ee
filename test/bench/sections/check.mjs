// The command line over 5,000 documents, as a whole process: what a CI job waits for.
import path from 'node:path';
import { root } from '../../../.scripts/lib.mjs';
import { as, judge, median, repeat } from '../figures.mjs';
import { workspace, writeFiles } from '../generate.mjs';
import { start, TooSlow, watchMemory, within } from '../processes.mjs';
import { LARGE } from './cold.mjs';

const LIMIT = 45_000;
const RUNS = 3;
/** no further run is started after this */
const ENOUGH = 12_000;

const BUDGET = '≤ 6 s, ≤ 400 MB';

const columns = [
  { key: 'what', title: 'command', as: as.text },
  { key: 'wall', title: 'median', as: as.seconds },
  { key: 'best', title: 'best', as: as.seconds },
  { key: 'peak', title: 'memory at its highest', as: as.mb },
  { key: 'files', title: 'files', as: as.count },
  { key: 'findings', title: 'findings', as: as.count },
];

async function check(folder) {
  const began = performance.now();
  const child = start(process.execPath, [path.join(root, 'dist/cli.js'), 'check', '--workspace', folder, '--format', 'json', '--fail-on', 'never'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const memory = watchMemory(child.pid);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (data) => (output += data));
  child.stderr.setEncoding('utf8').on('data', (data) => (errors = (errors + data).slice(-2000)));
  try {
    const code = await within(LIMIT, '`countersign check`', new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    }));
    const wall = performance.now() - began;
    if (code !== 0) throw new Error(`\`countersign check\` ended with ${code}: ${errors.trim()}`);
    const { summary, findings } = JSON.parse(output);
    return { wall, peak: memory.stop(), files: summary.files, findings: findings.length };
  } finally {
    memory.stop();
    child.kill('SIGKILL');
  }
}

export default {
  id: 'check',
  title: '`countersign check` over 5,000 documents',
  async run({ folder, ours, log }) {
    if (!ours()) return { columns, rows: [], notes: ['The command line is not built.'] };
    const place = folder('5000', (target) => writeFiles(target, workspace(LARGE)));
    let runs;
    try {
      runs = await repeat(RUNS, ENOUGH, (n) => {
        log(`run ${n}`);
        return check(place);
      });
    } catch (error) {
      if (!(error instanceof TooSlow)) throw error;
      return { columns, rows: [{ what: 'check --format json', budget: BUDGET, met: false }], notes: [error.message] };
    }
    const of = (key) => runs.map((run) => run[key]).filter((value) => value !== null);
    const row = { what: 'check --format json', wall: median(of('wall')), best: Math.min(...of('wall')), peak: median(of('peak')), files: runs[0].files, findings: runs[0].findings };
    return { columns, rows: [{ ...row, budget: BUDGET, met: judge([[row.wall, 6000], [row.peak, 400e6]]) }], notes: [`${runs.length === 1 ? 'One run' : `${runs.length} runs`}, each a new process.`] };
  },
};
