// How long after a keystroke the findings are there, over the wire, beside yaml-language-server and in a large workspace.
import { as, judge, median, p95, ratio } from '../figures.mjs';
import { agent, catalog, middleLetter, policy, workspace, writeFiles } from '../generate.mjs';
import { connect } from '../lsp.mjs';
import { pause, TooSlow } from '../processes.mjs';
import { DEBOUNCE } from '../servers.mjs';
import { whenChecked } from './ready.mjs';

const EDITS = 60;
const WARM_UP = 8;
/** a share of the time of the whole run, for one document; what then was typed counts */
const LIMIT = 13_000;
/** between two keystrokes of a quick typist, where no slower server gives the pace */
const KEY = 30;

const DOCUMENTS = [
  { what: 'Policy', lines: 100, make: policy, ext: 'policy' },
  { what: 'Policy', lines: 500, make: policy, ext: 'policy', p50: 5, p95: 10 },
  { what: 'Agent', lines: 500, make: agent, ext: 'agent', p50: 5, p95: 10 },
  { what: 'Policy', lines: 2000, make: policy, ext: 'policy', p50: 15 },
  { what: 'Policy', lines: 10000, make: policy, ext: 'policy', p50: 40 },
].map(({ what, lines, make, ext, p50 = null, p95: p95Limit = null }, index) => {
  const text = make(90_000 + index, { lines });
  return { what, lines, ext, p50, p95: p95Limit, text, file: `edited/long-${index}.${ext}.yaml`, letter: middleLetter(text) };
});

const columns = [
  { key: 'what', title: 'document', as: as.text },
  { key: 'p50', title: 'ours p50', as: as.ms },
  { key: 'p95', title: 'ours p95', as: as.ms },
  { key: 'pushP50', title: 'ours, pushed, p50', as: as.ms },
  { key: 'theirP50', title: 'yaml-ls p50', as: as.ms },
  { key: 'theirP95', title: 'yaml-ls p95', as: as.ms },
  { key: 'ratio', title: 'ours / yaml-ls', as: as.ratio },
  { key: 'withoutDebounce', title: `yaml-ls p50 less its ${DEBOUNCE} ms`, as: as.ms },
  { key: 'ratioWithout', title: 'ours / that', as: as.ratio },
];

/** The session with one long document open and diagnosed. */
async function opened(session, { file, text, ext }) {
  const first = session.server.mode === 'push' ? session.pushed(file, () => true) : null;
  session.open(file, session.server.name === 'countersign' ? `countersign-${ext}` : 'yaml', text);
  await (first ?? session.pull(file));
}

/**
 * Single-character edits that make a fault and mend it, one after the other, turn and turn about over the sessions so that
 * all meet the same noise. Gives the milliseconds per session, and checks that each answer speaks of the new text.
 */
async function type(sessions, { file, letter }, rest) {
  const { line, character } = letter;
  const samples = sessions.map(() => []);
  const wrong = new Set();
  const isFaulty = (diagnostics) => diagnostics.some(({ range }) => range.start.line === line);
  const began = performance.now();
  for (let n = 0; n < WARM_UP + EDITS && performance.now() - began < LIMIT; n++) {
    const breaks = n % 2 === 0;
    const range = { start: { line, character }, end: { line, character: breaks ? character + 1 : character } };
    for (const [index, session] of sessions.entries()) {
      const sent = performance.now();
      const diagnostics = await session.edit(file, range, breaks ? '' : letter.letter, (found) => isFaulty(found) === breaks);
      const taken = performance.now() - sent;
      if (!diagnostics || isFaulty(diagnostics) !== breaks) wrong.add(session.server.name);
      if (n >= WARM_UP) samples[index].push(taken);
    }
    if (rest > 0) await pause(rest);
  }
  return { samples, wrong: [...wrong] };
}

async function measure(sessions, document, rest) {
  for (const session of sessions) await opened(session, document);
  // findings that are sent twice after opening are not taken for those of the first edit
  await pause(300);
  return type(sessions, document, rest);
}

export default {
  id: 'edit',
  title: 'Edit → diagnostics over stdio',
  async run({ folder, ours, theirs, log }) {
    const rows = [];
    const notes = [];
    const small = folder('edit');
    writeFiles(small, Object.entries(catalog()));
    writeFiles(small, DOCUMENTS.map(({ file, text }) => [file, text]));
    const their = await theirs();
    const servers = [ours(), their].filter(Boolean);
    const attempt = async (row, work) => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof TooSlow)) throw error;
        notes.push(`${row.what}: ${error.message}`);
      }
    };

    for (const document of DOCUMENTS) {
      const row = { what: `${document.what}, ${document.lines.toLocaleString('en')} lines`, lines: document.lines };
      rows.push(row);
      log(row.what);
      await attempt(row, async () => {
        const sessions = [];
        try {
          for (const server of servers) {
            const session = await connect(server, small);
            sessions.push(session);
            await session.initialized();
            if (server.name === 'countersign') await whenChecked(session);
          }
          const { samples, wrong } = await measure(sessions, document, their ? 0 : KEY);
          for (const [index, session] of sessions.entries()) {
            const [p50Key, p95Key] = session.server === their ? ['theirP50', 'theirP95'] : ['p50', 'p95'];
            row[p50Key] = median(samples[index]);
            row[p95Key] = p95(samples[index]);
            row.edits = samples[index].length;
          }
          for (const name of wrong) notes.push(`${row.what}: ${name} answered with findings of another text`);
        } finally {
          for (const session of sessions) await session.end();
        }
      });
      row.ratio = ratio(row.p50, row.theirP50);
      row.withoutDebounce = row.theirP50 === undefined ? null : Math.max(0, row.theirP50 - DEBOUNCE);
      row.ratioWithout = ratio(row.p50, row.withoutDebounce);
    }

    if (ours()) {
      const large = folder('edit-large');
      writeFiles(large, workspace({ agents: 2000, policies: 100 }));
      writeFiles(large, DOCUMENTS.map(({ file, text }) => [file, text]));
      const cases = DOCUMENTS.filter(({ lines }) => lines >= 500).map((document) => ({ document, row: { what: `${document.what}, ${document.lines.toLocaleString('en')} lines, among 2,000 agents`, lines: document.lines } }));
      for (const mode of ['pull', 'push']) {
        await attempt({ what: `among 2,000 agents, ${mode}` }, async () => {
          const session = await connect(ours(mode), large);
          try {
            await session.initialized();
            await whenChecked(session);
            for (const { document, row } of cases) {
              // the older way of telling findings is looked at where most people are
              if (mode === 'push' && document.lines > 500) continue;
              log(`${row.what} (${mode})`);
              const { samples, wrong } = await measure([session], document, KEY);
              if (mode === 'push') row.pushP50 = median(samples[0]);
              else Object.assign(row, { p50: median(samples[0]), p95: p95(samples[0]), edits: samples[0].length });
              if (wrong.length > 0) notes.push(`${row.what} (${mode}): findings of another text were answered`);
            }
          } finally {
            await session.end();
          }
        });
      }
      for (const { document, row } of cases) rows.push({ ...row, ...budgetOf(document, row) });
    }
    return { columns, rows, notes };
  },
};

function budgetOf(limits, row) {
  if (!limits.p50) return {};
  const parts = [[row.p50, limits.p50], ...(limits.p95 ? [[row.p95, limits.p95]] : [])];
  return { budget: `≤ ${limits.p50} ms p50${limits.p95 ? `, ≤ ${limits.p95} ms p95` : ''}`, met: judge(parts) };
}
