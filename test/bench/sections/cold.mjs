// A workspace of 5,000 documents read and diagnosed from nothing, and how the server answers meanwhile.
import { as, judge, median, p95, percentile, repeat } from '../figures.mjs';
import { catalog, workspace, writeFiles } from '../generate.mjs';
import { connect } from '../lsp.mjs';
import { pause, TooSlow } from '../processes.mjs';
import { whenReady } from './ready.mjs';

const LIMIT = 60_000;
const RUNS = 3;
/** no further run is started after this */
const ENOUGH = 16_000;
const BUDGET = '≤ 6 s, ≤ 400 MB';
/** between two questions asked while the server is busy */
const EVERY = 50;

/** 5,000 documents in all. */
export const LARGE = { agents: 4700, policies: 250, policyTests: 50 - Object.keys(catalog()).length };

const columns = [
  { key: 'what', title: 'what', as: as.text },
  { key: 'first', title: 'first finding of the open file', as: as.seconds },
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
    // a fault that the file shows by itself, as somebody who opens it would see it first
    const text = `${workspaceFile(file)[1]}\nnot-a-field: true\n`;
    const began = performance.now();
    const ready = whenReady(session, LIMIT).then(() => performance.now() - began);
    ready.catch(() => {});
    await session.initialized();
    session.open(file, 'countersign-agent', text);
    const first = session.pull(file, LIMIT).then((found) => {
      if (!found || found.length === 0) throw new Error(`${server.name} has no finding in ${file}, which has a fault`);
      return performance.now() - began;
    });
    first.catch(() => {});

    let findings = 0;
    const count = (items) => (findings += items.reduce((sum, item) => sum + (item.items?.length ?? 0), 0));
    const token = 'all-findings';
    session.connection.onNotification('$/progress', (params) => {
      if (params.token === token) count(params.value.items ?? []);
    });
    const state = { busy: true };
    const answered = [];
    const questions = questionsFor(session, file);
    const asking = (async () => {
      for (let n = 0; state.busy; n++) {
        const [method, params] = questions[n % questions.length];
        const asked = performance.now();
        await session.request(method, params, LIMIT).catch((error) => {
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
    return { first: await first, ready: readyAfter, all, findings, rss: memory?.now ?? null, peak: memory?.peak ?? null, asked: answered.length, p50: median(answered), p95: p95(answered), max: percentile(answered, 1) };
  } finally {
    await session.end();
  }
}

/** What a user asks for in an open file, as far as the server offers it. */
function questionsFor({ capabilities, uriOf }, file) {
  const at = { textDocument: { uri: uriOf(file) }, position: { line: 4, character: 4 } };
  const asked = [['hoverProvider', 'textDocument/hover'], ['completionProvider', 'textDocument/completion']].filter(([provider]) => capabilities[provider]).map(([, method]) => [method, at]);
  return asked.length > 0 ? asked : [['countersign/explain', { code: 'schema/required' }]];
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
    let rows;
    try {
      rows = await repeat(RUNS, ENOUGH, async (n) => {
        log(`run ${n}`);
        return { what: `run ${n}`, ...(await measure(server, place)) };
      });
    } catch (error) {
      if (!(error instanceof TooSlow)) throw error;
      return { columns, rows: [{ what: '5,000 documents', budget: BUDGET, met: false }], notes: [error.message] };
    }
    const middle = (key) => median(rows.map((row) => row[key]).filter((value) => value !== null));
    const all = Object.fromEntries(columns.slice(1).map(({ key }) => [key, middle(key)]));
    rows.push({ what: 'median', ...all, budget: BUDGET, met: judge([[all.all, 6000], [all.ready, 6000], [all.peak, 400e6]]) });
    return { columns, rows, notes: [] };
  },
};
