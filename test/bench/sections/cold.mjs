// A workspace of 5,000 documents read and diagnosed from nothing, and how the server answers meanwhile.
import { as, judge, median, p95, percentile } from '../figures.mjs';
import { catalog, workspace, writeFiles } from '../generate.mjs';
import { connect } from '../lsp.mjs';
import { pause, TooSlow } from '../processes.mjs';
import { whenReady } from './ready.mjs';

const LIMIT = 60_000;
/** between two questions asked while the server is busy */
const EVERY = 50;

/** 5,000 documents in all. */
export const LARGE = { agents: 4700, policies: 250, policyTests: 50 - Object.keys(catalog()).length };

const columns = [
  { key: 'what', title: 'what', as: as.text },
  { key: 'ready', title: 'ready after', as: as.seconds },
  { key: 'all', title: 'all findings told after', as: as.seconds },
  { key: 'findings', title: 'findings', as: as.count },
  { key: 'peak', title: 'memory at its highest', as: as.mb },
  { key: 'rss', title: 'memory then', as: as.mb },
  { key: 'asked', title: 'questions meanwhile', as: as.count },
  { key: 'p50', title: 'answered p50', as: as.ms },
  { key: 'p95', title: 'p95', as: as.ms },
  { key: 'max', title: 'slowest', as: as.ms },
];

async function measure(server, folder) {
  const session = await connect(server, folder);
  try {
    const file = 'agents/payments/team-0/agent-0.agent.yaml';
    const [, text] = workspaceFile(file);
    const began = performance.now();
    const ready = whenReady(session, LIMIT).then(() => performance.now() - began);
    ready.catch(() => {});
    await session.initialized();
    session.open(file, 'countersign-agent', text);

    let findings = 0;
    const count = (items) => (findings += items.reduce((sum, item) => sum + (item.items?.length ?? 0), 0));
    const token = 'all-findings';
    session.connection.onNotification('$/progress', (params) => {
      if (params.token === token) count(params.value.items ?? []);
    });
    const state = { busy: true };
    const answered = [];
    const asking = (async () => {
      for (let n = 0; state.busy; n++) {
        const asked = performance.now();
        const at = { textDocument: { uri: session.uriOf(file) }, position: { line: 4, character: 4 } };
        await session.request(n % 2 === 0 ? 'textDocument/hover' : 'textDocument/completion', at, LIMIT).catch((error) => {
          // asked again by an editor
          if (![-32801, -32802].includes(error.code)) throw error;
        });
        answered.push(performance.now() - asked);
        await pause(EVERY);
      }
    })();
    asking.catch(() => {});
    const report = await session.request('workspace/diagnostic', { previousResultIds: [], partialResultToken: token }, LIMIT);
    const all = performance.now() - began;
    count(report.items ?? []);
    const readyAfter = await ready;
    state.busy = false;
    await asking;
    const memory = session.memory();
    return { ready: readyAfter, all, findings, rss: memory?.now ?? null, peak: memory?.peak ?? null, asked: answered.length, p50: median(answered), p95: p95(answered), max: percentile(answered, 1) };
  } finally {
    await session.end();
  }
}

function workspaceFile(file) {
  for (const entry of workspace(LARGE)) if (entry[0] === file) return entry;
  throw new Error(`The generator makes no ${file}`);
}

export default {
  id: 'cold',
  title: '5,000 documents indexed and diagnosed from nothing, with a hover or a completion asked every 50 ms',
  async run({ folder, ours, log }) {
    const server = ours();
    if (!server) return { columns, rows: [], notes: ['Our server is not built.'] };
    const place = folder('5000', (target) => writeFiles(target, workspace(LARGE)));
    const rows = [];
    const notes = [];
    for (let n = 1; n <= 3; n++) {
      log(`run ${n}`);
      try {
        rows.push({ what: `run ${n}`, ...(await measure(server, place)) });
      } catch (error) {
        if (!(error instanceof TooSlow)) throw error;
        notes.push(error.message);
        break;
      }
    }
    const of = (key) => median(rows.map((row) => row[key]).filter((value) => value !== null && value !== undefined));
    if (rows.length > 0) {
      const all = Object.fromEntries(columns.slice(1).map(({ key }) => [key, of(key)]));
      rows.push({ what: 'median', ...all, budget: '≤ 6 s, ≤ 400 MB', met: judge([[all.all, 6000], [all.ready, 6000], [all.peak, 400e6]]) });
    }
    return { columns, rows, notes };
  },
};
