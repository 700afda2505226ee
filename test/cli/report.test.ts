// countersign report: the contract of its JSON, and pages that hold what files say as text.
import assert from 'node:assert/strict';
import { memoryHost, run } from './memory-host';

const manifest = (name: string, spec: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec:\n  purpose: Does it.\n${spec.replace(/^(?=.)/gm, '  ')}\n`;
const STANDARD = 'apiVersion: countersign/v1\nkind: Standard\nmetadata: { name: house, title: House rules }\nspec:\n  requirements:\n    - { id: titled, severity: error, require: has(manifest.metadata.title), message: A title., references: [H 1] }\n    - { id: owned, require: has(agent.team), message: An owner. }\n';
const CATALOG = 'apiVersion: countersign/v1\nkind: Catalog\nspec: { teams: { x: { title: Team X, contact: "#x", oncall: x-duty }, risk: {} } }\n';
const WAIVED = manifest('b', 'owner: { team: x, accountable: m.l }\nwaivers:\n  - { requirement: house/titled, reason: "<later>", approvedBy: risk, expires: 2099-01-31 }\n  - { requirement: house/owned, reason: r, approvedBy: risk, expires: 2099-01-31 }\n  - { requirement: house/gone, reason: r, approvedBy: risk, expires: 2099-01-31 }\n  - { requirement: house/titled, reason: r, approvedBy: x, expires: 2099-01-31 }');
const FILES = { 'a.agent.yaml': manifest('a', 'owner: { team: x }'), 'b.agent.yaml': WAIVED, 's/house.standard.yaml': STANDARD, 'c.catalog.yaml': CATALOG, '.github/agents/loose.agent.md': '---\ndescription: Loose.\ntools: []\n---\n' };

describe('report', () => {
  it('as JSON has exactly the keys of the contract', async () => {
    const { code, out } = await run('report --format json', memoryHost(FILES));
    assert.equal(code, 0);
    const report = JSON.parse(out) as Record<string, Record<string, unknown>[]>;
    assert.deepEqual(Object.keys(report), ['version', 'on', 'standards', 'agents', 'waivers', 'owners', 'unowned']);
    assert.deepEqual(report['standards']?.find((one) => one['name'] === 'house'), { name: 'house', title: 'House rules', file: 's/house.standard.yaml', agents: 3, asked: 6, met: 2, waived: 1, unmet: 3 });
    const a = report['agents']?.find((one) => one['id'] === 'a') ?? {};
    assert.deepEqual(Object.keys(a), ['id', 'title', 'format', 'file', 'line', 'lifecycle', 'owner', 'accountable', 'contact', 'oncall', 'outputs', 'ready', 'standards', 'requirements', 'next']);
    assert.deepEqual([a['owner'], a['contact'], a['oncall'], a['ready'], a['line']], [{ team: 'x', source: 'manifest' }, '#x', 'x-duty', false, 2]);
    assert.deepEqual(a['standards'], [{ name: 'house', asked: 2, met: 1, waived: 0, unmet: 1 }]);
    assert.deepEqual(a['requirements'], [
      { code: 'standard/house/titled', state: 'unmet', severity: 'error', message: 'A title.', references: ['H 1'] },
      { code: 'standard/house/owned', state: 'met', severity: 'warning', message: 'An owner.', references: [] },
    ]);
    assert.deepEqual(a['next'], { lifecycle: 'pilot', missing: ['standard/production-readiness/logging', 'standard/production-readiness/stop'] });
    const b = report['agents']?.find((one) => one['id'] === 'b') ?? {};
    assert.deepEqual([b['ready'], (b['requirements'] as { state: string }[])[0]?.state], [true, 'waived']);
    assert.deepEqual(report['waivers']?.map((one) => [one['requirement'], one['state'], one['file'], one['line']]), [
      ['house/titled', 'in-force', 'b.agent.yaml', 7], ['house/owned', 'unneeded', 'b.agent.yaml', 8], ['house/gone', 'unknown-requirement', 'b.agent.yaml', 9], ['house/titled', 'self-approved', 'b.agent.yaml', 10],
    ]);
    assert.deepEqual(report['owners'], [{ team: 'x', title: 'Team X', contact: '#x', oncall: 'x-duty', agents: ['a', 'b'] }]);
    assert.deepEqual(report['unowned'], ['loose']);
  });

  it('as Markdown, the default', async () => {
    const { code, out } = await run('report', memoryHost(FILES));
    assert.equal(code, 0);
    assert.ok(out.startsWith('# Agents of '));
    for (const part of ['| `a` | draft | x |  | 1 error | 2 missing for pilot |', '**error** `standard/house/titled`: A title. (H 1)', '&lt;later>', '| nobody |  | loose |', 'does not count: the owner approved it']) assert.ok(out.includes(part), `${part}\n${out}`);
  });

  it('as a page without script, in which texts of files are text', async () => {
    const { code, out } = await run('report --format html', memoryHost({ ...FILES, 'e.agent.yaml': manifest('e', 'owner: { team: "<script>alert(1)</script>", accountable: "a\\"b" }') }));
    assert.equal(code, 0);
    assert.ok(out.startsWith('<!DOCTYPE html>') && out.includes("default-src 'none'"));
    assert.ok(!/<script/i.test(out) && out.includes('&lt;script&gt;') && out.includes('&lt;later&gt;') && !/\son\w+=/i.test(out.replace(/<style>[\s\S]*?<\/style>/, '')));
    const open = [...out.matchAll(/<(section|article|table|tr|ul|div|main|header|dl)\b/g)].length;
    assert.equal([...out.matchAll(/<\/(section|article|table|tr|ul|div|main|header|dl)>/g)].length, open);
  });

  it('of a workspace without agents says so', async () => {
    for (const format of ['markdown', 'html', 'json']) assert.equal((await run(`report --format ${format}`, memoryHost({ 'readme.txt': '' }))).code, 0);
    assert.ok((await run('report', memoryHost({ 'readme.txt': '' }))).out.includes('There is no agent here'));
    assert.equal((await run('report --format pdf', memoryHost({}))).code, 2);
  });

  it('explain knows the requirements that come along, and those of the workspace', async () => {
    const shipped = await run('explain standard/production-readiness/red-team', memoryHost({}));
    assert.ok(shipped.code === 0 && shipped.out.includes('red-team') && shipped.out.includes('OWASP ASI01'));
    const own = await run('explain standard/house/titled --format markdown', memoryHost(FILES));
    assert.ok(own.code === 0 && own.out.includes('has(manifest.metadata.title)') && own.out.includes('s/house.standard.yaml') && own.out.includes('Severity: error'), own.out);
    assert.equal((await run('explain standard/house/nothing', memoryHost(FILES))).code, 2);
  });
});
