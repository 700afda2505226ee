// Two hundred long files opened at once: how long until all are diagnosed, and the memory that takes.
import { as, judge, median, ratio, repeat } from '../figures.mjs';
import { agent, catalog, policy, writeFiles } from '../generate.mjs';
import { connect } from '../lsp.mjs';
import { TooSlow, within } from '../processes.mjs';

const FILES = 200;
const LINES = 500;
const LIMIT = 40_000;
const RUNS = 3;
/** no further run is started after this */
const ENOUGH = 10_000;

const columns = [
  { key: 'what', title: 'server', as: as.text },
  { key: 'wall', title: 'all diagnosed after', as: as.seconds },
  { key: 'rss', title: 'memory then', as: as.mb },
  { key: 'peak', title: 'at its highest', as: as.mb },
  { key: 'ratio', title: 'time, to yaml-ls', as: as.ratio },
  { key: 'memoryRatio', title: 'memory, to yaml-ls', as: as.ratio },
];

/** Half manifests, half policies, each with one fault, so that being diagnosed shows. */
const documents = Array.from({ length: FILES }, (_, n) =>
  n % 2 === 0 ? { file: `agents/agent-${n}.agent.yaml`, ext: 'agent', text: agent(n, { lines: LINES, fault: true }) } : { file: `policies/policy-${n}.policy.yaml`, ext: 'policy', text: policy(n, { lines: LINES, fault: true }) },
);

async function measure(server, folder) {
  const session = await connect(server, folder);
  try {
    const open = () => {
      for (const { file, ext, text } of documents) session.open(file, server.name === 'countersign' ? `countersign-${ext}` : 'yaml', text);
    };
    const began = performance.now();
    await session.initialized();
    if (server.mode === 'pull') {
      open();
      await within(LIMIT, `${server.name} with ${FILES} files`, Promise.all(documents.map(async ({ file }) => {
        const found = await session.pull(file, LIMIT);
        if (!found || found.length === 0) throw new Error(`${server.name} has no finding in ${file}, which has a fault`);
      })));
    } else {
      const waiting = new Set(documents.map(({ file }) => session.uriOf(file)));
      let stop;
      const all = new Promise((resolve) => {
        stop = session.onPublish(({ uri, diagnostics }) => {
          // what is sent before the schemas are read has no finding
          if (diagnostics.length > 0 && waiting.delete(uri) && waiting.size === 0) resolve();
        });
      });
      open();
      try {
        await within(LIMIT, `${server.name} with ${FILES} files`, all);
      } finally {
        stop();
      }
    }
    const wall = performance.now() - began;
    const memory = session.memory();
    return { wall, rss: memory?.now ?? null, peak: memory?.peak ?? null };
  } finally {
    await session.end();
  }
}

export default {
  id: 'open',
  title: `${FILES} files of ${LINES} lines opened at once, in a server that was just started`,
  async run({ folder, ours, theirs, log }) {
    const place = folder('open');
    writeFiles(place, Object.entries(catalog()));
    writeFiles(place, documents.map(({ file, text }) => [file, text]));
    const notes = [];
    const middle = async (server) => {
      if (!server) return {};
      log(server.name + (server.mode === 'push' ? '' : ', pulled'));
      try {
        const runs = await repeat(RUNS, ENOUGH, () => measure(server, place));
        const wall = median(runs.map((run) => run.wall));
        return runs.find((run) => run.wall === wall);
      } catch (error) {
        if (!(error instanceof TooSlow)) throw error;
        notes.push(error.message);
        return {};
      }
    };
    const their = await middle(await theirs());
    const pulled = await middle(ours());
    const pushed = await middle(ours('push'));
    const compare = (row) => ({ ...row, ratio: ratio(row.wall, their.wall), memoryRatio: ratio(row.rss, their.rss) });
    const rows = [
      { what: 'countersign', ...compare(pulled), budget: '≤ 0.6 s, ≤ 150 MB', met: judge([[pulled.wall, 600], [pulled.rss, 150e6]]) },
      { what: 'countersign, pushed', ...compare(pushed) },
      { what: 'yaml-language-server', ...their },
    ];
    return { columns, rows, notes: [...notes, 'Measured from `initialized`; the median of up to three runs, each with a new process.'] };
  },
};
