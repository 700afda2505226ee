// Standards over a workspace: what is asked again after an edit, what would be missing in another stage, and that hostile ones end.
import assert from 'node:assert/strict';
import { SHIPPED, createLinter, missingFor, nextLifecycle, resultsOfAll } from '../../../server/src/core/lint';
import { AGENTS } from '../../../server/src/core/workspace';
import { filesOf, lintText, workspaceOf } from '../../harness/workspace';

const agent = (name: string, spec: string): string => `#- ${name}.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec:\n  purpose: p\n  owner: { team: t }\n${spec}\n`;
const catalog = (spec: string): string => `#- c.catalog.yaml\napiVersion: countersign/v1\nkind: Catalog\nspec: ${spec}\n`;
const standard = (...requirements: string[]): string => `#- house.standard.yaml\napiVersion: countersign/v1\nkind: Standard\nmetadata: { name: house }\nspec:\n  requirements:\n${requirements.map((one) => `    - ${one}\n`).join('')}`;

describe('standards', () => {
  it('an edit asks again only whom it concerns', () => {
    const text = standard(`{ id: classified, when: 'size(manifest.spec.data) > 0', require: 'manifest.spec.data.all(d, has(catalog.data[d.source].classification))', message: m }`) +
      catalog('{ data: { one: {}, two: { classification: public } }, teams: { t: {} } }') + agent('a', '  data: [{ source: one, access: [read] }]') + agent('b', '  data: [{ source: two, access: [read] }]') + agent('c', '');
    const files = filesOf(text);
    const workspace = workspaceOf(files);
    const linter = createLinter(workspace);
    const codes = (path: string): string[] => linter.get(path).map(({ code }) => code);
    const all = (): void => workspace.paths().forEach((path) => void linter.get(path));
    all();
    assert.deepEqual([codes('a.agent.yaml'), codes('b.agent.yaml'), codes('c.agent.yaml')], [['standard/house/classified'], [], []]);
    const stale = workspace.applyChange({ files: [['c.catalog.yaml', (files.get('c.catalog.yaml') ?? '').replace('one: {}', 'one: { classification: internal }')]] });
    assert.ok(stale.has('a.agent.yaml') && !stale.has('b.agent.yaml') && !stale.has('c.agent.yaml'), [...stale].join());
    assert.deepEqual(codes('a.agent.yaml'), []);
    all();
    const edit = workspace.applyChange({ files: [['b.agent.yaml', (files.get('b.agent.yaml') ?? '').replace('purpose: p', 'purpose: q')]] });
    assert.ok(!edit.has('a.agent.yaml') && !edit.has('c.agent.yaml'), [...edit].join());
    all();
    const asked = workspace.applyChange({ files: [['house.standard.yaml', standard('{ id: never, require: "false", message: m, severity: error }')]] });
    assert.ok(['a', 'b', 'c'].every((name) => asked.has(`${name}.agent.yaml`)));
    assert.deepEqual(codes('c.agent.yaml'), ['standard/house/never']);
  });

  it('say what is missing for another stage, without what is waived or switched off', () => {
    const text = catalog('{ teams: { t: {}, risk: {} } }') + agent('a', '  waivers: [{ requirement: production-readiness/red-team, reason: r, approvedBy: risk, expires: 2027-01-31 }]') + '#- .countersign.yaml\nseverity: { standard/production-readiness/budget: off }\n';
    const workspace = workspaceOf(filesOf(text));
    const found = workspace.shared(AGENTS).find('a');
    assert.ok(found && found !== 'ambiguous');
    const codes = (stage: 'pilot' | 'production'): string[] => missingFor(workspace, found, stage).map(({ requirement }) => requirement.id);
    assert.deepEqual(codes('pilot'), ['logging', 'stop']);
    const production = codes('production');
    assert.ok(production.includes('approved-deployment') && !production.includes('red-team') && !production.includes('budget'), production.join());
    assert.deepEqual([nextLifecycle('draft'), nextLifecycle('pilot'), nextLifecycle('production'), nextLifecycle(null)], ['pilot', 'production', null, null]);
    assert.deepEqual(resultsOfAll(workspace).map(({ agent: { id }, results }) => [id, results.filter(({ verdict }) => verdict === 'unmet').length]), [['a', 0]]);
  });

  it('a repository that has nothing of ours hears nothing of the shipped ones', () => {
    const text = '#- .claude/agents/helper.md\n---\nname: helper\ndescription: Helps.\n---\nHelp.\n#- .github/agents/x.agent.md\n---\ndescription: Does.\ntools: ["*"]\n---\n';
    assert.deepEqual(lintText(text, undefined, true).filter(({ code }) => /^(?:standard|waiver)\//.test(code)), []);
  });

  it('cover every concern that is governed, each with an article', () => {
    const blocks = [...(SHIPPED.get('production-readiness')?.requirements ?? [])].map(({ require, when }) => `${when ?? ''} ${require}`).join('\n');
    for (const part of ['approvals', 'owner.accountable', 'owner.outputs', 'roles', 'logging', 'validation', 'red-team', 'intervention.stop', 'escalation', 'humanOverride', 'hosting', 'slo', 'data', 'process', 'autonomy', 'inputs', 'compliance', 'budget', 'transparency', 'model']) assert.ok(blocks.includes(part), part);
    for (const { requirements, name } of SHIPPED.values()) for (const { id, references, message, at } of requirements) assert.ok(references.length > 0 && message.length > 20 && at?.startsWith('/spec'), `${name}/${id}`);
    const asi = (SHIPPED.get('owasp-agentic-2026')?.requirements ?? []).flatMap(({ references }) => references.map((one) => one.slice(6, 11)));
    assert.deepEqual([...new Set(asi)].sort(), ['ASI01', 'ASI02', 'ASI03', 'ASI04', 'ASI05', 'ASI06', 'ASI07', 'ASI08', 'ASI09', 'ASI10']);
  });

  it('end, whatever they ask', () => {
    const list = `[${Array.from({ length: 300 }, (_, index) => index).join(',')}]`;
    const loop = `${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c >= 0)))`;
    const found = lintText(standard(`{ id: long, require: '${loop}', message: m }`) + agent('a', '') + agent('b', ''));
    assert.deepEqual(found.map(({ code, path }) => `${path} ${code}`), ['house.standard.yaml condition/type'], JSON.stringify(found));
  });
});
