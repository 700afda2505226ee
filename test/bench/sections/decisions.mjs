// Decisions per second at 10, 100 and 1,000 rules, beside engines that people use today, on the same rules and requests.
import { as, median } from '../figures.mjs';
import { cedar, casbin, cel, countersign, loadOurs, loadPeers } from '../engines.mjs';
import { requests as makeRequests, rules as makeRules } from '../rules.mjs';

const SIZES = [{ count: 10, least: 2_000_000 }, { count: 100, least: 1_500_000 }, { count: 1000, least: 1_000_000 }];
const ROUNDS = 6;
/** milliseconds of one round of one engine */
const SLICE = 100;
const WARM_UP = 200;
/** no further round of a size is started after this */
const ENOUGH = 6_000;

const micro = (value) => (value === null || value === undefined ? '–' : `${(value * 1000).toFixed(0)} µs`);

const columns = [
  { key: 'what', title: 'rules', as: as.text },
  { key: 'effect', title: 'ours, effect only', as: as.count },
  { key: 'decide', title: 'ours, whole decision', as: as.count },
  { key: 'traced', title: 'ours, with trace', as: as.count },
  { key: 'cedar', title: 'Cedar WASM, preparsed', as: as.count },
  { key: 'casbin', title: 'casbin, sync', as: as.count },
  { key: 'cel', title: 'CEL library, every rule', as: as.count },
  { key: 'cold', title: 'ours, first of its kind', as: micro },
];

/** Decisions per second for about `ms` milliseconds; the clock is read every `chunk` decisions. */
function rate(decide, count, ms, chunk) {
  const began = performance.now();
  let done = 0;
  let taken = 0;
  let index = 0;
  while (taken < ms) {
    for (let n = 0; n < chunk; n++) {
      decide(index);
      index = index + 1 === count ? 0 : index + 1;
    }
    done += chunk;
    taken = performance.now() - began;
  }
  return (done / taken) * 1000;
}

/** The best rate of each engine, turn and turn about so that all meet the same noise. */
function rates(engines, count) {
  const began = performance.now();
  const chunks = engines.map(([, decide]) => Math.max(1, Math.round(rate(decide, count, WARM_UP, 1) / 200)));
  const best = engines.map(() => 0);
  for (let round = 0; round < ROUNDS && (round === 0 || performance.now() - began < ENOUGH); round++) {
    for (const [index, [, decide]] of engines.entries()) best[index] = Math.max(best[index], rate(decide, count, SLICE, chunks[index]));
  }
  return Object.fromEntries(engines.map(([name], index) => [name, best[index]]));
}

/** Figures of engines that decide otherwise would say nothing. Gives how many requests are allowed. */
function agree(engines, requests) {
  let allowed = 0;
  for (const [index, request] of requests.entries()) {
    const effects = engines.map(([name, decide]) => `${name}: ${decide(index)}`);
    const effect = (told) => told.slice(told.indexOf(': ') + 2);
    if (effects.some((told) => effect(told) !== effect(effects[0]))) throw new Error(`The engines do not agree on ${JSON.stringify(request)}: ${effects.join(', ')}`);
    if (effect(effects[0]) === 'allow') allowed++;
  }
  return allowed;
}

export default {
  id: 'decisions',
  title: 'Decisions per second',
  async run({ folder, theirs, log }) {
    const core = await loadOurs(folder('engine'));
    // installs all that is compared with
    await theirs();
    const peers = loadPeers();
    const library = await import('@marcbachmann/cel-js');
    const rows = [];
    const allowed = [];
    let asked = 0;
    for (const { count, least } of SIZES) {
      const what = count.toLocaleString('en');
      log(`${what} rules`);
      const rules = makeRules(count);
      const requests = makeRequests(rules);
      const ours = countersign(core, rules, requests);
      const engines = [['effect', ours.effect], ['decide', ours.decide], ['traced', ours.traced], ['cel', cel(library, rules, requests)]];
      if (peers.cedar) engines.push(['cedar', cedar(peers.cedar, rules, requests)]);
      if (peers.casbin) engines.push(['casbin', await casbin(peers.casbin, rules, requests)]);
      allowed.push(agree(engines, requests));
      asked = requests.length;
      const row = { what, ...rates(engines, requests.length), cold: median(ours.cold()) };
      rows.push({ ...row, budget: `effect only ≥ ${least.toLocaleString('en')}`, met: row.effect >= least });
    }
    const notes = [
      `All engines gave the same effect on all ${asked} requests of each row (${allowed.join(', ')} allowed); each figure is the best of up to ${ROUNDS} rounds of ${SLICE} ms, turn and turn about.`,
      'Effect only: of a request that is joined with the facts of the workspace already. Whole decision: joins it too, and gives rules, approvals and obligations. First of its kind: the median where an agent, a tool and an environment meet for the first time.',
    ];
    for (const [name, loaded] of Object.entries(peers)) if (!loaded) notes.push(`${name} could not be loaded and is left out.`);
    return { columns, rows, notes };
  },
};
