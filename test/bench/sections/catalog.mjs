// An edit of the Catalog among 2,000 agents: how long until all who use the name are checked anew, and what a keystroke in a manifest costs right behind it.
import { as, judge, median, p95 } from '../figures.mjs';
import { agent, catalog, workspace, writeFiles } from '../generate.mjs';
import { connect } from '../lsp.mjs';
import { pause } from '../processes.mjs';
import { whenChecked } from './ready.mjs';

const AGENTS = 2_000;
const EDITS = 20;
const WARM_UP = 4;
/** between two edits */
const REST = 150;
const FILE = 'catalog/organisation.catalog.yaml';
const MANIFEST = 'edited/open.agent.yaml';

const columns = [
  { key: 'what', title: 'edit', as: as.text },
  { key: 'users', title: 'files with other findings', as: as.count },
  { key: 'p50', title: 'all checked, p50', as: as.ms },
  { key: 'p95', title: 'p95', as: as.ms },
  { key: 'key', title: 'a keystroke right behind it, p50', as: as.ms },
];

export default {
  id: 'catalog',
  title: `Edit of the Catalog among ${AGENTS.toLocaleString('en')} agents`,
  async run({ folder, ours, log }) {
    const server = ours();
    if (!server) return { columns, rows: [], notes: ['Our server was not measured.'] };
    const place = folder('catalog');
    const manifest = agent(95_000, { lines: 100 });
    writeFiles(place, [...workspace({ agents: AGENTS, policies: 100 }), [MANIFEST, manifest]]);
    const session = await connect(server, place);
    const rows = [];
    try {
      await session.initialized();
      await whenChecked(session);
      const text = catalog()[FILE] ?? '';
      session.open(FILE, 'countersign-catalog', text);
      session.open(MANIFEST, 'countersign-agent', manifest);
      const { items } = await session.request('workspace/diagnostic', { previousResultIds: [] });
      let known = new Map(items.map(({ uri, resultId }) => [uri, resultId]));
      const kindLine = manifest.split('\n').findIndex((line) => line.startsWith('kind:'));
      const at = { line: kindLine, character: (manifest.split('\n')[kindLine] ?? '').length };
      for (const [what, key] of [['the name of a team', 'team-7'], ['a word of its title', 'title: Team 7']]) {
        log(what);
        const line = text.split('\n').findIndex((one) => one.trim().startsWith(key === 'team-7' ? 'team-7:' : key));
        const character = text.split('\n')[line].indexOf(key) + key.length;
        const [samples, keys] = [[], []];
        let users = 0;
        for (let n = 0; n < WARM_UP + EDITS; n++) {
          const adds = n % 2 === 0;
          const began = performance.now();
          const edited = session.edit(FILE, { start: { line, character }, end: { line, character: adds ? character : character + 1 } }, adds ? '8' : '');
          const [answer] = await Promise.all([session.request('workspace/diagnostic', { previousResultIds: [...known].map(([uri, value]) => ({ uri, value })) }), edited]);
          const all = performance.now() - began;
          const changed = answer.items.filter(({ kind }) => kind === 'full');
          known = new Map([...known, ...answer.items.filter(({ resultId }) => resultId).map(({ uri, resultId }) => [uri, resultId])]);
          const typed = performance.now();
          await session.edit(MANIFEST, { start: at, end: { ...at, character: at.character + (adds ? 0 : 1) } }, adds ? ' ' : '');
          if (n >= WARM_UP) {
            samples.push(all);
            keys.push(performance.now() - typed);
            users = Math.max(users, changed.length);
          }
          await pause(REST);
        }
        rows.push({ what, users, p50: median(samples), p95: p95(samples), key: median(keys), budget: 'all users within 300 ms', met: judge([[p95(samples), 300]]) });
      }
    } finally {
      await session.end();
    }
    return { columns, rows, notes: ['Over stdio, unsaved: the answer holds every file whose findings are others now. The keystroke is sent when the answer is there.'] };
  },
};
