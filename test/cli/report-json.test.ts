// The report for programs: its keys, their order and the order of findings.
import assert from 'node:assert/strict';
import { jsonReport } from '../../server/src/cli/reports';
import { reportOf } from './reporting';

describe('JSON report', () => {
  it('has exactly the keys of the contract, in order', () => {
    const report = reportOf({ 'a.yaml': 'a: 🎉 b\n' }, [
      { at: 'b', fixes: [{ title: 'Mend', safe: true, edits: [] }, { title: 'Other', safe: false, edits: [] }], related: [{ message: 'there', span: { start: 0, end: 1 } }] },
    ]);
    assert.equal(
      JSON.stringify(JSON.parse(jsonReport(report))),
      '{"version":1,"findings":[{"file":"a.yaml","range":{"start":{"line":0,"character":6},"end":{"line":0,"character":7}},"code":"schema/enum","severity":"error","message":"Wrong.",' +
        '"docs":"countersign explain schema/enum","fix":{"title":"Mend","safe":true},"related":[{"file":"a.yaml","range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"message":"there"}]}],' +
        '"summary":{"files":1,"error":1,"warning":0,"information":0,"hint":0}}',
    );
  });

  it('sorts by file, place, code; a finding without a fix has null', () => {
    const files = { 'b.yaml': 'x y', 'B.yaml': 'x', 'a/z.yaml': 'x' };
    const said = [
      { path: 'b.yaml', at: 'y', code: 'a/a' }, { path: 'b.yaml', at: 'x', code: 'b/b' }, { path: 'b.yaml', at: 'x', code: 'a/b' }, { path: 'a/z.yaml', at: 'x' }, { path: 'B.yaml', at: 'x' },
    ];
    const parsed = JSON.parse(jsonReport(reportOf(files, said))) as { findings: { file: string; code: string; fix: unknown; related: unknown }[] };
    assert.deepEqual(parsed.findings.map((f) => `${f.file} ${f.code}`), ['B.yaml schema/enum', 'a/z.yaml schema/enum', 'b.yaml a/b', 'b.yaml b/b', 'b.yaml a/a']);
    assert.equal(parsed.findings[0]?.fix, null);
    assert.deepEqual(parsed.findings[0]?.related, []);
  });

  it('counts each severity', () => {
    const said = (['error', 'warning', 'warning', 'information', 'hint'] as const).map((severity, i) => ({ severity, message: String(i) }));
    assert.deepEqual(JSON.parse(jsonReport(reportOf({ 'a.yaml': '', 'b.yaml': '' }, said))).summary, { files: 2, error: 1, warning: 2, information: 1, hint: 1 });
  });
});
