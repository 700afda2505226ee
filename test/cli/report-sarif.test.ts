// SARIF: what code scanning asks for, and fingerprints that outlive edits elsewhere.
import assert from 'node:assert/strict';
import { sarifReport } from '../../server/src/cli/reports';
import { reportOf } from './reporting';
import type { Said } from './reporting';

interface Region { startLine: number; startColumn: number; endLine: number; endColumn: number }
interface Location { physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: Region } }
interface Result {
  ruleId: string; ruleIndex: number; level: string; message: { text: string }; locations: Location[]; relatedLocations?: (Location & { id: number })[];
  partialFingerprints: Record<string, string>;
  fixes?: { artifactChanges: { artifactLocation: { uri: string }; replacements: { deletedRegion: Region; insertedContent?: { text: string } }[] }[] }[];
}
interface Log {
  version: string; $schema: string;
  runs: { tool: { driver: { name: string; rules: Record<string, unknown>[] } }; columnKind: string; originalUriBaseIds: Record<string, { uri: string }>; results: Result[] }[];
}

function sarif(files: Record<string, string>, said: readonly Said[]) {
  const docs = { 'schema/enum': { title: 'a value that is none of those allowed', markdown: '# X\n\nOne of **a few** words; see `kind`.\n\n```yaml\na: b\n```', severity: 'error' as const } };
  const log = JSON.parse(sarifReport(reportOf(files, said, docs), { version: '1.2.3', root: 'file:///w/' })) as Log;
  const run = log.runs[0];
  assert.ok(run);
  return { log, run, results: run.results };
}

describe('SARIF report', () => {
  it('has version, driver, rules with help, and results that point at them', () => {
    const { log, run, results } = sarif({ 'a.yaml': 'x: 1\n' }, [{ at: '1' }, { at: 'x', code: 'other/code', severity: 'hint' }]);
    assert.equal(log.version, '2.1.0');
    assert.match(log.$schema, /sarif-schema-2\.1\.0\.json$/);
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.deepEqual(run.originalUriBaseIds, { '%SRCROOT%': { uri: 'file:///w/' } });
    assert.deepEqual(run.tool.driver.rules.map((rule) => rule['id']), ['other/code', 'schema/enum']);
    assert.deepEqual(run.tool.driver.rules[1], {
      id: 'schema/enum',
      name: 'SchemaEnum',
      shortDescription: { text: 'a value that is none of those allowed' },
      fullDescription: { text: 'One of a few words; see kind.' },
      help: { text: 'X\n\nOne of a few words; see kind.\n\n    a: b', markdown: '# X\n\nOne of **a few** words; see `kind`.\n\n```yaml\na: b\n```' },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['governance', 'schema'], precision: 'high', 'problem.severity': 'error' },
    });
    for (const result of results) assert.equal(run.tool.driver.rules[result.ruleIndex]?.['id'], result.ruleId);
    assert.deepEqual(results.map((r) => r.level), ['note', 'error']);
  });

  it('counts lines and columns from 1, in UTF-16, and encodes the path', () => {
    const { results } = sarif({ 'a b/ü#.yaml': 'x: 1\n🎉: y\n' }, [{ at: 'y' }]);
    assert.deepEqual(results[0]?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: 'a%20b/%C3%BC%23.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 6 },
    });
  });

  it('gives related places, and fixes that are plain edits', () => {
    const { results } = sarif({ 'a.yaml': 'x: 1\n' }, [
      {
        at: '1',
        related: [{ message: 'see', span: { start: 0, end: 1 } }],
        fixes: [
          { title: 'Say 2', safe: true, edits: [{ span: { start: 3, end: 4 }, newText: '2' }] },
          { title: 'Remove', safe: false, edits: [{ span: { start: 0, end: 5 }, newText: '' }] },
          { title: 'Fill in', safe: false, snippet: true, edits: [{ span: { start: 3, end: 4 }, newText: '$1' }] },
        ],
      },
    ]);
    assert.deepEqual(results[0]?.relatedLocations?.[0]?.physicalLocation.region, { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 });
    assert.deepEqual(results[0]?.fixes?.map((fix) => fix.artifactChanges[0]?.replacements), [
      [{ deletedRegion: { startLine: 1, startColumn: 4, endLine: 1, endColumn: 5 }, insertedContent: { text: '2' } }],
      [{ deletedRegion: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 1 }, insertedContent: { text: '' } }],
    ]);
  });

  it('keeps fingerprints when lines move or their blanks change, and tells equal lines apart', () => {
    const prints = (text: string): string[] =>
      sarif({ 'a.yaml': text }, [...text.matchAll(/bad/g)].map((m) => ({ span: { start: m.index, end: m.index + 3 } }))).results.map((r) => r.partialFingerprints['primaryLocationLineHash'] ?? '');
    const before = prints('a: bad\nb:  bad\nb: bad\n');
    assert.equal(new Set(before).size, 3);
    assert.deepEqual(prints('# new\n\n  a: bad\n  b: bad\n  b: bad\n'), before);
    assert.notDeepEqual(prints('a: bad now\nb: bad\nb: bad\n'), before);
  });
});
