// Decisions as files: a workspace, requests, and what must come out of them. What an expectation does not name is not compared; lists are compared whole.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { parseRequest } from '../../../server/src/core/model';
import { ENGINE, decisionJson } from '../../../server/src/core/policy';
import { parseYaml, plainValue, type PlainValue } from '../../../server/src/core/yaml';
import { parseCases } from '../../harness/cases';
import { NOW, workspaceOf } from '../../harness/workspace';

const FOLDER = 'test/core/policy/cases';

interface Ask {
  readonly request: PlainValue;
  readonly assume?: boolean;
  readonly at?: string;
  /** the field that a bad request is told of */
  readonly bad?: string;
  readonly expect?: PlainValue;
}

for (const file of readdirSync(FOLDER).sort()) {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
  // what stands before the first case belongs to all of them
  const common = text.slice(0, Math.max(0, text.search(/^=== /m)));
  describe(`decisions: ${file}`, () => {
    for (const { title, source } of parseCases(text, 'x')) {
      it(title, () => {
        const files = new Map(`${common}\n${source}`.split(/^#- /m).slice(1).map((part): [string, string] => [part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n') + 1)]));
        const asked = plainValue(parseYaml(files.get('ask') ?? '').documents[0]?.root ?? null);
        files.delete('ask');
        assert.ok(Array.isArray(asked) && asked.length > 0, 'a case asks something');
        const workspace = workspaceOf(files);
        const engine = workspace.shared(ENGINE);
        for (const one of asked as unknown as Ask[]) {
          const parsed = parseRequest(one.request, { assume: one.assume === true });
          if ('bad' in parsed) {
            assert.equal(parsed.bad.field, one.bad, parsed.bad.message);
            assert.ok(parsed.bad.message.includes(`\`${one.bad}\``), parsed.bad.message);
            continue;
          }
          assert.equal(one.bad, undefined, 'it must be a bad request');
          const at = one.at ? Date.parse(one.at) : NOW;
          const decision = engine.decide(parsed.request, { at });
          const found = decisionJson(decision, (path) => workspace.text(path) ?? '');
          const plain = JSON.parse(JSON.stringify(found)) as PlainValue;
          compare(one.expect ?? null, plain, 'decision', plain);
          assert.equal(engine.effect(engine.prepare(parsed.request, { at })), decision.effect, 'the fast path');
        }
      });
    }
  });
}

/** Maps by the keys that are expected; of a trace the entries that are expected, by their ids. */
function compare(expected: PlainValue, found: PlainValue | undefined, where: string, whole: PlainValue): void {
  const map = (value: PlainValue | undefined): value is { [key: string]: PlainValue } => typeof value === 'object' && value !== null && !Array.isArray(value);
  const shown = (): string => `${where}\n${JSON.stringify(whole, null, 1)}`;
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(found), shown());
    if (where.endsWith('.trace')) {
      for (const entry of expected) compare(entry, found.find((other) => map(other) && map(entry) && other.id === entry.id), `${where} ${JSON.stringify(map(entry) ? entry.id : entry)}`, whole);
    } else if (where.endsWith('.rules')) assert.deepEqual(found.map((rule) => (map(rule) ? rule.id : rule)), expected, shown());
    else if (where.endsWith('.values')) for (const entry of expected) assert.ok(found.some((other) => map(other) && map(entry) && Object.entries(entry).every(([key, value]) => JSON.stringify(other[key]) === JSON.stringify(value))), shown());
    else {
      assert.equal(found.length, expected.length, shown());
      expected.forEach((entry, index) => compare(entry, found[index], `${where}[${index}]`, whole));
    }
  } else if (map(expected)) {
    assert.ok(map(found), shown());
    for (const [key, value] of Object.entries(expected)) compare(value, found[key], `${where}.${key}`, whole);
  } else if (typeof expected === 'string' && where.endsWith('.detail')) assert.ok(typeof found === 'string' && found.includes(expected), shown());
  else assert.deepEqual(found, expected, shown());
}
