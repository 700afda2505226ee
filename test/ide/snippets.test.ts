// Snippets in the editor: which fit where, saving a selection, bringing documents up to date.
import assert from 'node:assert/strict';
import { addSnippet, ide, newLibrary, snippetChoices, snippetOf, updatesOf, withTable } from '../../server/src/ide';
import { expand, librariesOf, originComment, parseBody, readSnippets, shippedEarlier, shippedLibrary, valuesAt } from '../../server/src/core/snippets';
import { parseYaml, plainValue } from '../../server/src/core/yaml';
import { inlineBody } from '../../server/src/ide/snippets/inline';
import { filesOf, lintText, workspaceOf } from '../harness/workspace';
import { NOW, given } from './workspace';

const LIBRARY = (body: string, version = '1.1.0'): string => `#- .countersign.yaml\nlibraries: [{ path: lib }]\n#- lib/l.snippets.yaml\napiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: acme, owner: platform }\nspec: { version: ${version}, snippets: ["./*.code-snippets"], hides: [countersign/budget] }\n#- lib/a.code-snippets\n${JSON.stringify({ one: { prefix: 'logging', description: 'As we log', body: body.split('\n') } })}\n`;
const AGENT = '#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: p\n  owner: { team: t }\n  intervention:\n    fallback: A person.\n';

const plain = (body: string): string => expand(parseBody(body).parts, valuesAt(NOW)).text;

describe('ide snippets', () => {
  it('says which fit at the cursor, which elsewhere in the document; both of one prefix, none that is hidden', () => {
    const { workspace, path, offset } = given(`${LIBRARY('logging: { sink: ${1:siem}, events: [input] }')}${AGENT}  $0\n`);
    const choices = snippetChoices(workspace, path, offset);
    const at = (id: string): string => {
      const choice = choices.find((one) => one.id === id);
      return choice ? (choice.here ? (choice.away ? 'away' : 'here') : 'no') : 'none';
    };
    assert.deepEqual(['acme/logging', 'countersign/logging', 'countersign/humanOverride', 'countersign/owner', 'countersign/agent-draft', 'countersign/rule-deny', 'countersign/budget'].map(at), ['here', 'here', 'away', 'away', 'no', 'no', 'none']);
  });

  it('offers them by every word that people may type, and both of one prefix', () => {
    const more = `#- .countersign.yaml\nlibraries: [{ path: lib }, { path: other }]\n#- other/l.snippets.yaml\napiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: other, owner: risk }\nspec: { version: 2.0.0, snippets: ["./*.code-snippets"] }\n#- other/a.code-snippets\n${JSON.stringify({ 'audit trail': { prefix: ['logging', 'audit'], description: 'd', body: 'logging: { sink: audit, events: [input] }' } })}\n`;
    const { workspace, path, offset } = given(`${LIBRARY('logging: { sink: ${1:siem}, events: [input] }')}${more}${AGENT}  $0\n`);
    const items = (ide.complete?.(workspace, path, offset) ?? []).filter(({ kind, label }) => kind === 'snippet' && label === 'logging');
    assert.deepEqual(items.map(({ detail, filterText }) => [detail, filterText]), [['acme 1.1.0 · platform', 'logging one'], ['other 2.0.0 · risk', 'logging audit audit trail'], [`countersign ${shippedLibrary().version} · countersign`, 'logging']]);
  });

  it('offers them in JSON and in braces too, as pairs, entries and documents', () => {
    const json = (spec: string): string => `#- j.agent.json\n{ "apiVersion": "countersign/v1", "kind": "Agent", "metadata": { "name": "a" }, "spec": { "purpose": "p", "owner": { "team": "t" }, ${spec} } }\n`;
    const cases: readonly [source: string, label: string, insert: string | undefined][] = [
      [json('$0'), 'logging', '"logging": { "sink": "${1:siem}", "events": ["input"] \\}'], [json('"log$0"'), 'logging', '"logging": { "sink": "${1:siem}", "events": ["input"] \\}'], [json('"logging": { "sink": "s", "events": [] }, $0'), 'logging', undefined],
      [json('$0'), 'slo', '"slo": { "availability": ${1:0.995}, "latencyP95": "${2:10s}" \\}'], ['#- p.policy.json\n{ "apiVersion": "countersign/v1", "kind": "Policy", "metadata": { "name": "p" }, "spec": { "rules": [$0] } }\n', 'rule-oblige', '{ "id": "${1:log-everything}", "effect": "oblige", "obligations": [{ "log": "${2|full,summary,none|}" \\}] \\}'],
      [`${AGENT.slice(0, AGENT.indexOf('spec:'))}spec: { purpose: p, owner: { team: t }, $0 }\n`, 'logging', 'logging: { sink: ${1:siem}, events: [input] \\}'], ['#- p.policy.json\n$0', 'policy-emergency-stop', undefined],
    ];
    for (const [source, label, insert] of cases.slice(0, -1)) {
      const { workspace, path, offset } = given(`${LIBRARY('logging:\n  sink: ${1:siem}\n  events: [input]')}${source}`);
      assert.equal((ide.complete?.(workspace, path, offset) ?? []).find((item) => item.kind === 'snippet' && item.label === label)?.insert, insert, source);
    }
    // what is for JSON alone stays there
    const scoped = `#- lib/b.code-snippets\n${JSON.stringify({ only: { prefix: 'only-json', scope: 'countersign-json', description: 'd', body: '"slo": { "latencyP95": "${1:10s}" }' } })}\n`;
    for (const [source, expected] of [[json('$0'), '"slo": { "latencyP95": "${1:10s}" \\}'], [`${AGENT}  $0\n`, undefined]] as const) {
      const at = given(`${LIBRARY('logging: { sink: s }')}${scoped}${source}`);
      assert.equal((ide.complete?.(at.workspace, at.path, at.offset) ?? []).find(({ label }) => label === 'only-json')?.insert, expected);
      assert.equal(snippetChoices(at.workspace, at.path, at.offset).find(({ prefix }) => prefix === 'only-json')?.here?.insert, expected);
    }
    const { workspace, path, offset } = given('#- p.policy.json\n$0');
    const stop = (ide.complete?.(workspace, path, offset) ?? []).find(({ label }) => label === 'policy-emergency-stop');
    assert.equal((JSON.parse(plain(stop?.insert ?? '')) as { kind: string }).kind, 'Policy');
    const chosen = snippetChoices(workspace, path, offset).filter(({ id }) => ['countersign/policy-emergency-stop', 'countersign/agent-draft'].includes(id));
    assert.deepEqual(chosen.map(({ here, origin }) => [here === null, origin === null]), [[true, false], [false, true]]);
  });

  it('writes every shipped body in JSON and in braces as what it says in lines', () => {
    for (const { snippets } of shippedLibrary().files) for (const { name, body } of snippets) {
      const said = JSON.stringify(plainValue(parseYaml(plain(body)).documents[0]?.root ?? null));
      for (const json of [true, false]) {
        const whole = plain(inlineBody(body, NOW, json)?.whole ?? '');
        assert.equal(JSON.stringify(json ? JSON.parse(whole) : plainValue(parseYaml(whole).documents[0]?.root ?? null)), said, name);
      }
    }
    assert.equal(inlineBody('a: ! x', NOW, true), null);
    assert.equal(inlineBody('a: $1\nb: x ${2:y} "z"\nc: [${3|one,two|}]\nd: ${4:3}', NOW, true)?.whole, ['{', '  "a": "${1}",', '  "b": "x ${2:y} \\\\"z\\\\"",', '  "c": ["${3|one,two|}"],', '  "d": ${4:3}', '\\}'].join('\n'));
  });

  it('offers the shipped ones alone where nothing is trusted', () => {
    const workspace = workspaceOf(filesOf(LIBRARY('lifecycle: draft')));
    assert.ok(snippetChoices(workspace, null, 0).every(({ id }) => id.startsWith('countersign/')));
  });

  it('makes a snippet of a selection: names become choices, values that differ placeholders', () => {
    const workspace = workspaceOf(filesOf(`#- c.catalog.yaml\napiVersion: countersign/v1\nkind: Catalog\nspec: { teams: { red: { title: R }, blue: { title: B } } }\n${AGENT}  logging: { sink: siem, events: [input], retention: 400d }\n#- b.agent.yaml\n${AGENT.slice(AGENT.indexOf('apiVersion')).replaceAll('name: a', 'name: b')}  logging: { sink: other, events: [input], retention: 400d }\n`));
    const saved = snippetOf(workspace, '  owner:\n    team: red\n  logging:\n    sink: siem\n    events: [input]\n    retention: 400d\n  autonomy: act\n');
    assert.equal(saved?.body, 'owner:\n  team: ${1|red,blue|}\nlogging:\n  sink: ${2:siem}\n  events: [input]\n  retention: 400d\nautonomy: act');
    assert.equal(snippetOf(workspace, 'just words'), null);
    const file = '{\n  // ours\n  "x": { "prefix": "x", "body": "y" }\n}\n';
    const edit = addSnippet(file, 'z', { prefix: 'z', description: 'd', body: saved?.body ?? '' });
    const text = file.slice(0, edit?.span.start) + edit?.newText + file.slice(edit?.span.end);
    assert.deepEqual(readSnippets(text).snippets.map(({ name, body }) => [name, body]), [['x', 'y'], ['z', saved?.body]]);
    assert.ok(text.includes('// ours'));
    assert.equal(readSnippets(`${addSnippet('', 'z', { prefix: 'z', description: 'd', body: 'a: 1' })?.newText}`).snippets.length, 1);
  });

  it('begins a library that is sound, and keeps the table of its README', () => {
    const files = newLibrary('house', 'platform', 'house');
    const text = files.map((file) => `#- ${file.path}\n${file.text}`).join('');
    assert.deepEqual(lintText(text).map(({ code, message }) => `${code} ${message}`), []);
    const library = librariesOf(workspaceOf(filesOf(text)).ask())[0];
    const readme = files.find(({ path }) => path.endsWith('README.md'))?.text ?? '';
    assert.ok(library);
    assert.equal(withTable(readme, library.files), readme);
  });

  it('brings a document up to date with what became of its snippet, and keeps what was written', () => {
    const [old, now] = ['apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: ${1:x}\nspec:\n  purpose: ${2:p}\n  owner: { team: ${3:t} }', 'apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: ${1:x}\nspec:\n  purpose: ${2:p}\n  owner: { team: ${3:t} }\n  autonomy: propose'];
    const lock = `#- .countersign/snippets.lock\n${JSON.stringify({ lockVersion: 1, libraries: [{ name: 'acme', from: 'path:lib', version: '1.0.0', hash: 'sha256:00', snippets: { logging: old } }] })}\n`;
    const document = (more = ''): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: refunds\nspec:\n  purpose: Refund.\n  owner: { team: t }\n${more}`;
    const workspace = given(`${LIBRARY(now)}${lock}#- r.agent.yaml\n${document()}${originComment('acme', 'logging', '1.0.0', old)}\n`).workspace;
    const [update] = updatesOf(workspace).documents;
    assert.equal(update?.text, `${document('  autonomy: propose\n')}${originComment('acme', 'logging', '1.1.0', now)}\n`);
    assert.deepEqual([update?.before, update?.after, update?.conflicts], ['1.0.0', '1.1.0', 0]);
    // what is recorded anew keeps the body that the document came from, so that it can still be brought up to date
    const recorded = updatesOf(workspace).lock;
    workspace.applyChange({ files: [['.countersign/snippets.lock', recorded]] });
    assert.deepEqual(updatesOf(workspace).libraries, []);
    assert.deepEqual(updatesOf(workspace).documents.map(({ text, now: shown }) => [text === update?.text, shown.includes('name: x\n')]), [[true, true]]);
    workspace.applyChange({ files: [['r.agent.yaml', update?.text ?? '']] });
    assert.deepEqual([updatesOf(workspace).documents, /earlier/.test(recorded), /earlier/.test(updatesOf(workspace).lock)], [[], true, false]);
    // what came from the shipped library is known without a record; what came from a newer one is left alone
    const [hash, earlier = ''] = Object.entries(shippedEarlier()).find(([, body]) => body.includes('lifecycle: production')) ?? [];
    const came = plain(earlier).trimEnd().replace('my-agent', 'mine');
    workspace.applyChange({ files: [['s.agent.yaml', `${came}\n${originComment('countersign', 'agent-production', '1.0.0', earlier)}\n`], ['t.agent.yaml', `${came}\n${originComment('countersign', 'agent-production', '99.0.0', 'x')}\n`]] });
    const shipped = updatesOf(workspace).documents;
    assert.deepEqual(shipped.map(({ path, before, after, conflicts }) => [path, before, after, conflicts]), [['s.agent.yaml', '1.0.0', shippedLibrary().version, 0]]);
    assert.ok(hash && shipped[0]?.text?.includes('name: mine\n') && shipped[0].text.includes('source: orders-db'));
    workspace.applyChange({ files: [['s.agent.yaml', null], ['t.agent.yaml', null]] });
    workspace.applyChange({ files: [['.countersign/snippets.lock', `${lock.slice(lock.indexOf('{'))}`], ['r.agent.yaml', `${document()}${originComment('acme', 'logging', '1.0.0', old)}\n`]] });
    assert.deepEqual(updatesOf(workspace).libraries.map(({ library, before, after, tampered }) => [library, before, after, tampered]), [['acme', '1.0.0', '1.1.0', false]]);
  });
});
