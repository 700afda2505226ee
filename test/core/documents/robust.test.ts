// Broken input: never a throw, every problem inside the text, bounded for what aliases stand for.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { agentView, catalogView, configView, libraryView, namesOf, normalisedManifest, policyTestView, policyView, readConfig, schemaAt, allowedKeys, standardView, type CountersignDocument } from '../../../server/src/core/documents';
import { nodeAt } from '../../../server/src/core/yaml';
import { parseCases } from '../../harness/cases';
import { documentsOf, problemsOf, treeOf } from './support';

const FOLDER = 'test/core/documents/cases';
const texts = readdirSync(FOLDER).flatMap((name) => parseCases(readFileSync(`${FOLDER}/${name}`, 'utf8'), 'x.agent.yaml').flatMap(({ files }) => files));

function everything(document: CountersignDocument): void {
  for (const view of [agentView, catalogView, policyView, standardView, policyTestView, libraryView, normalisedManifest]) view(document);
  const names = namesOf(document);
  for (const { path } of [...names.references, ...names.declarations, ...names.conditions]) {
    if (document.schema && nodeAt(document.root, path)) {
      const place = schemaAt(document.schema, document.root, path);
      if (place) allowedKeys(place.schema, null);
    }
  }
}

function inside(path: string, text: string): void {
  const spans = documentsOf(path, text).flatMap((document) => {
    everything(document);
    const names = namesOf(document);
    return [...document.problems, ...document.problems.flatMap((problem) => (problem.fixes ?? []).flatMap((fix) => fix.edits)), ...names.references, ...names.declarations].map((each) => each.span);
  });
  const config = readConfig(treeOf('.countersign.yaml', text), text);
  if (config) {
    configView(config);
    namesOf(config);
    spans.push(...config.problems.map((problem) => problem.span));
  }
  for (const span of spans) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${JSON.stringify(span)} of ${text.length}`);
}

describe('documents: robustness', () => {
  it('random changes of documents never throw, and every place lies in the text', () => {
    const piece = fc.constantFrom('', ' ', '\n', '\t', ':', ': ', '- ', '{', '}', '[', ']', ',', '"', "'", '|', '>', '!x ', '&a ', '*a', '#', ' # ', '---\n', 'x-', '\u{1F600}', '\r\n', 'null', '0x', '? ', '%', '\ufeff', '<<: *a');
    const change = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), piece });
    fc.assert(fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 5 }), ({ path, text }, changes) => {
      let now = text;
      for (const { at, length, piece: put } of changes) {
        const start = at % (now.length + 1);
        now = now.slice(0, start) + put + now.slice(start + length);
      }
      inside(path, now);
    }), { numRuns: 3_000 });
  }).timeout(60_000);

  it('every prefix of a document, as it is typed', () => {
    for (const { path, text } of texts.slice(0, 1)) for (let end = 0; end <= text.length; end += 3) inside(path, text.slice(0, end));
  });

  it('an alias in a thousand places is one problem', () => {
    const uses = Array.from({ length: 1_000 }, () => '*d').join(', ');
    const text = `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: p\n  owner: { team: t }\n  data: [ &d { sauce: 1 }, ${uses} ]\n`;
    assert.deepEqual(problemsOf('x.yaml', text).map((problem) => problem.code).sort(), ['schema/required', 'schema/required', 'schema/unknown-key']);
  });

  it('names behind an alias count once', () => {
    const text = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: t }, inputs: [ &c { channel: email }, *c ], outputs: [*c] }\n';
    assert.equal(documentsOf('x.yaml', text).flatMap((document) => namesOf(document).references).filter((reference) => reference.kind === 'channel').length, 1);
  });

  it('many faults stay bounded', () => {
    const text = `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: t }, roles: [${'1, '.repeat(20_000)}] }\n`;
    assert.equal(problemsOf('x.yaml', text).length, 1_000);
  });

  it('keys of the prototype are ordinary keys', () => {
    const text = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a, constructor: 1, __proto__: 2, toString: 3 }\nspec: { purpose: p, owner: { team: t } }\n';
    assert.deepEqual(problemsOf('x.yaml', text).map((problem) => problem.code), ['schema/unknown-key', 'schema/unknown-key', 'schema/unknown-key']);
  });
});
