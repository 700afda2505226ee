import { Workspace } from '/work/main/server/src/core/workspace';
import { ENGINE } from '/work/main/server/src/core/policy';
import { createAnalysisMemo, differenceSteps } from '/work/main/server/src/core/analysis';
import { reviewOf } from '/work/main/server/src/ide';
describe('perf', () => { it('x', () => {
  const files: [string, string][] = [];
  let cat = 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { t: {} }\n  environments: { production: { stage: production }, test: { stage: test } }\n  tools:\n'; for (let i = 0; i < 200; i++) cat += `    s/t${i}: { input: { type: object, properties: { amount: { type: number }, kind: { enum: [a, b, c] } } } }\n`;
  files.push(['c.catalog.yaml', cat]);
  for (let i = 0; i < 2000; i++) files.push([`agents/a${i}.agent.yaml`, `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a${i} }\nspec: { purpose: x, owner: { team: t }, lifecycle: pilot, roles: [r${i % 20}], tools: [s/t${i % 200}, s/t${(i * 7) % 200}] }\n`]);
  for (let p = 0; p < 20; p++) { let t = `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p${p} }\nspec:\n  rules:\n`; for (let i = 0; i < 50; i++) t += `    - { id: r${i}, effect: ${i % 9 === 0 ? 'deny' : 'allow'}, roles: [r${i % 20}], actions: [call], resources: ["tool:s/t${(p * 50 + i) % 200}"], when: args.amount <= ${i * 10 + p} }\n`; files.push([`p${p}.policy.yaml`, t]); }
  const head = new Workspace(); const t0 = performance.now(); head.applyChange({ files, now: Date.now() }); const t1 = performance.now();
  const base = new Workspace((path, text, settings) => head.text(path) === text && head.settings.fingerprint === settings.fingerprint ? head.facts(path) : null); base.applyChange({ files, now: Date.now() }); const t2 = performance.now();
  console.log('read', (t1 - t0) | 0, 'base', (t2 - t1) | 0);
  const memo = createAnalysisMemo();
  for (let n = 0; n < 6; n++) {
    const text = (head.text('p3.policy.yaml') ?? '').replace(/<= 1\d\d3?/, `<= ${110 + n * 7}`); const a = performance.now();
    head.applyChange({ files: [['p3.policy.yaml', text]] }); const [x, y] = [base.shared(ENGINE), head.shared(ENGINE)]; const b = performance.now();
    const steps = differenceSteps(x, y, { now: Date.now() }, memo); let longest = 0, count = 0; let s = steps.next(); let m = performance.now(); for (; !s.done; s = steps.next()) { count++; longest = Math.max(longest, performance.now() - m); m = performance.now(); } const c = performance.now();
    const r = reviewOf(base, head, s.value); const d = performance.now();
    console.log('engine', (b - a).toFixed(1), 'difference', (c - b).toFixed(1), 'longest step', longest.toFixed(1), count, 'review', (d - c).toFixed(1), r.items.length);
  }
}).timeout(120000); });
