// The difference of two states of 1,000 rules and more: by the analysis, and beside it by deciding every request one by one.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { root } from '../../../.scripts/lib.mjs';
import { AGENTS, ARGUMENTS, CLOCK, ENVIRONMENTS, TOOLS, argument, document, fiftyEdits, input, makeRule, policies, random, tool, world } from '../analysis-world.mjs';
import { as, median } from '../figures.mjs';

/** rules over everything, all different: what no list of regions can say */
const WIDE = [30, 1_000];
/** single edits measured one after the other */
const EDITS = 15;
/** fresh processes, for the difference that is the first thing one does */
const FRESH = 7;
/** rules of the set with which the compiler gets to know the program, as the build does with the example */
const FEW = 60;
const FIRST = fileURLToPath(new URL('../analysis-first.mjs', import.meta.url));
/** requests decided to know what one costs */
const SAMPLE = 20_000;

const CASES = [
  { what: 'structured, 1,000 rules', count: 1_000, dense: false, cold: 150, warm: 10 },
  { what: 'dense, 1,000 rules', count: 1_000, dense: true, cold: 1_000, warm: null },
  { what: 'structured, 3,000 rules', count: 3_000, dense: false, cold: null, warm: null },
];

const columns = [
  { key: 'what', title: 'rules', as: as.text },
  { key: 'cold', title: 'difference, 50 edits, first', as: as.ms },
  { key: 'again', title: 'in this process', as: as.ms },
  { key: 'all', title: 'all rules others', as: as.ms },
  { key: 'one', title: 'after one edit, p50', as: as.ms },
  { key: 'worst', title: 'slowest', as: as.ms },
  { key: 'regions', title: 'regions of 50 edits', as: as.count },
  { key: 'enumerated', title: 'every request decided', as: as.text },
  { key: 'times', title: 'times as fast', as: as.text },
  { key: 'memory', title: 'heap', as: as.text },
];

/** A rule over all tools, about two numbers and a kind: with many of them every combination decides otherwise. */
function makeWideRule(n, next) {
  const [one, other] = [argument(next(ARGUMENTS)), argument(next(ARGUMENTS))];
  const [above, upTo] = [10 * (1 + next(40)), 10 * (1 + next(40))];
  const effect = ['allow', 'allow', 'require_approval', 'deny'][next(4)];
  return {
    id: `r${n}`, effect, actions: ['call'], resources: ['tool:*'], roles: [`role-${next(12)}`], when: `args.${one} > ${above} && args.${other} <= ${upTo} || args.kind == "${'abcd'[next(4)]}"`,
    ...(effect === 'require_approval' ? { approval: { from: [['finance', 'risk', 'legal'][next(3)]], count: 1 + next(3) } } : {}),
  };
}

export default {
  id: 'analysis',
  title: 'Difference of two states',
  async run({ folder, log }) {
    const outfile = path.join(folder('analysis'), 'analysis.cjs');
    await build({
      stdin: { contents: "export { Workspace } from './server/src/core/workspace'; export { ENGINE } from './server/src/core/policy'; export { parseRequest } from './server/src/core/model'; export { createAnalysisMemo, differenceOf } from './server/src/core/analysis';", resolveDir: root, loader: 'ts' },
      bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'warning', outfile,
    });
    await build({ entryPoints: [path.join(root, 'server/src/node/compile-later.ts')], bundle: true, platform: 'node', format: 'cjs', outfile: path.join(path.dirname(outfile), 'later.cjs'), logLevel: 'warning' });
    const compiled = path.join(path.dirname(outfile), 'analysis.bin');
    const firstOf = (count, dense) => Number(execFileSync(process.execPath, [FIRST, outfile, String(count), String(dense), compiled], { encoding: 'utf8' }));
    // another, smaller set
    firstOf(FEW, true);
    const core = createRequire(import.meta.url)(outfile);
    const rows = [];
    for (const { what, count, dense, cold, warm } of CASES) {
      log(what);
      const firsts = Array.from({ length: FRESH }, () => firstOf(count, dense));
      const { next, rules, base, after, edited } = fiftyEdits(core, count, dense);
      const memo = core.createAnalysisMemo();
      const timed = (workspace) => {
        const engine = workspace.shared(core.ENGINE);
        const began = performance.now();
        const difference = core.differenceOf(base, engine, { now: CLOCK }, memo);
        return { ms: performance.now() - began, difference, whole: difference.reasons.length === 0 };
      };
      const first = timed(after);
      const singles = [];
      for (let edit = 0; edit < EDITS; edit++) {
        after.applyChange({ files: policies(edited(new Set([next(count)]))) });
        singles.push(timed(after).ms);
      }
      const heap = process.memoryUsage().heapUsed;
      after.applyChange({ files: policies(rules.map((_, n) => makeRule(n, dense, next))) });
      let all = null;
      try {
        const engine = after.shared(core.ENGINE);
        const began = performance.now();
        const difference = core.differenceOf(base, engine, { now: CLOCK }, memo);
        all = difference.reasons.length > 0 ? null : performance.now() - began;
      } catch {
        all = null;
      }
      rows.push({
        what, cold: median(firsts), again: first.ms, all, one: median(singles), worst: Math.max(...singles), regions: first.whole ? first.difference.regions.length : null, ...enumeration(core, base, rules, next, median(firsts)), memory: `${Math.round(heap / 1e6)} MB`,
        budget: [cold && `first ≤ ${cold} ms`, warm && `one edit ≤ ${warm} ms`].filter(Boolean).join(', ') || undefined,
        met: cold === null ? undefined : first.whole && median(firsts) <= cold && (warm === null || median(singles) <= warm),
      });
    }
    log('few enough to be enumerated');
    rows.push(small(core));
    for (const count of WIDE) {
      log(`wide, ${count} rules`);
      const next = random(7);
      const [before, after] = [0, 1].map(() => {
        const workspace = world(core);
        workspace.applyChange({ files: policies(Array.from({ length: count }, (_, n) => makeWideRule(n, next))) });
        return workspace.shared(core.ENGINE);
      });
      const began = performance.now();
      const difference = core.differenceOf(before, after, { now: CLOCK });
      rows.push({ ...NOTHING, what: `wide, ${as.count(count)} rules, all others`, cold: performance.now() - began, regions: difference.regions.length, enumerated: difference.verdict === 'unknown' ? 'answered `unknown`, with the reason' : difference.proved ? '' : 'cut, and says so' });
    }
    return { columns, rows, notes: [
      `${AGENTS} agents, ${TOOLS} tools with ${ARGUMENTS + 1} arguments each, ${ENVIRONMENTS.length} environments; half of the dense rules are over wide patterns. First: the median of ${FRESH} processes that have done nothing else, set up as the command line is: compiled beforehand by a run over another set. The engines are made beforehand; times hold regions and witnesses, each witness decided by the engine on both sides.`,
      'Small: 6 agents, 4 tools, 3 numbers, every class of every argument decided on both sides, in this run. Wide: every rule is over all tools and about two numbers and a kind; no list of regions can be read, so the answer is cut or `unknown`, in bounded time.',
      `Every request decided: both sides, each argument at every class that the rules can tell apart, from the time that ${SAMPLE.toLocaleString('en')} of them take. All rules others: every rule differs; – where the analysis says that it is too much.`,
    ] };
  },
};

const NOTHING = { cold: null, again: null, all: null, one: null, worst: null, regions: null, enumerated: '', times: '', memory: '' };

/** A difference that can be enumerated: both ways, in one run. */
function small(core) {
  const next = random(11);
  const bounds = [100, 200, 300];
  const rule = (n) => ({
    id: `r${n}`, effect: ['allow', 'allow', 'deny', 'require_approval'][n % 4], actions: ['call'], resources: [`tool:${tool(next(4))}`], when: `has(args.${argument(next(3))}) && args.${argument(n % 3)} > ${bounds[next(3)]}`,
    ...(n % 4 === 3 ? { approval: { from: ['finance'] } } : {}),
  });
  const rules = Array.from({ length: 24 }, (_, n) => rule(n));
  const made = [rules, rules.map((one, n) => (n % 6 === 0 ? { ...rule(n), id: one.id } : one))].map((list) => {
    const workspace = new core.Workspace();
    const files = Array.from({ length: 6 }, (_, n) => [`a${n}.agent.yaml`, document('Agent', `agent-${n}`, { lifecycle: 'production', owner: { team: 'own' }, roles: [`role-${n}`], tools: Array.from({ length: 4 }, (_unused, k) => tool(k)) })]);
    files.push(['world.catalog.yaml', document('Catalog', 'world', { environments: Object.fromEntries(ENVIRONMENTS.map((name) => [name, { stage: name }])), tools: Object.fromEntries(Array.from({ length: 4 }, (_, n) => [tool(n), { input }])) })]);
    workspace.applyChange({ files: [...files, ...policies(list)], now: CLOCK });
    return workspace.shared(core.ENGINE);
  });
  const values = [undefined, ...[-1, 0, 1].flatMap((step) => bounds.map((bound) => bound + step))];
  let requests = 0;
  let differing = 0;
  let began = performance.now();
  for (let n = 0; n < 6; n++) for (let k = 0; k < 4; k++) for (const environment of [undefined, ...ENVIRONMENTS]) for (const a of values) for (const b of values) for (const c of values) {
    const args = Object.fromEntries([[argument(0), a], [argument(1), b], [argument(2), c]].filter(([, value]) => value !== undefined));
    const { request } = core.parseRequest({ agent: `agent-${n}`, action: 'call', resource: `tool:${tool(k)}`, args, ...(environment ? { environment } : {}) });
    const [x, y] = made.map((engine) => engine.decide(request, { at: CLOCK, trace: false }));
    requests++;
    if (x.effect !== y.effect || JSON.stringify(x.approvals) !== JSON.stringify(y.approvals)) differing++;
  }
  const enumerated = performance.now() - began;
  began = performance.now();
  const difference = core.differenceOf(made[0], made[1], { now: CLOCK });
  const ms = performance.now() - began;
  if ((differing > 0) !== (difference.regions.length > 0)) throw new Error('the analysis and the enumeration disagree');
  return { ...NOTHING, what: 'small, 24 rules', cold: ms, regions: difference.regions.length, enumerated: `${Math.round(enumerated)} ms (${as.count(requests)} requests, ${as.count(differing)} differ)`, times: (enumerated / ms).toFixed(1) };
}

/** What deciding all requests would take. */
function enumeration(core, engine, rules, next, ms) {
  const classes = Array.from({ length: ARGUMENTS }, (_, n) => 2 + 2 * new Set(rules.flatMap(({ when }) => [...(when ?? '').matchAll(new RegExp(`args\\.n${n} \\S+ (\\d+)`, 'g'))].map(([, bound]) => bound))).size);
  const count = classes.reduce((product, size) => product * size, AGENTS * TOOLS * (ENVIRONMENTS.length + 1) * 5);
  const requests = Array.from({ length: 500 }, () => core.parseRequest({ agent: `agent-${next(AGENTS)}`, action: 'call', resource: `tool:${tool(next(TOOLS))}`, environment: ENVIRONMENTS[next(3)], args: Object.fromEntries(Array.from({ length: ARGUMENTS }, (_, n) => [argument(n), next(400)])) }).request);
  const began = performance.now();
  for (let n = 0; n < SAMPLE; n++) engine.decide(requests[n % requests.length], { at: CLOCK, trace: false });
  const all = ((performance.now() - began) / SAMPLE) * 2 * count;
  return { enumerated: `about ${(all / 31_536_000_000).toExponential(0)} years (${count.toExponential(0)} requests)`, times: (all / ms).toExponential(0) };
}
