// JUnit XML: well formed whatever the findings say, and failing where the check fails.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { junitReport } from '../../server/src/cli/reports';
import { wellFormedXml } from './xml';
import { reportOf } from './reporting';

describe('JUnit report', () => {
  it('has a suite a file and a case a finding', () => {
    const report = reportOf({ 'a.yaml': 'x: <y>\n', 'b.yaml': '' }, [{ at: '<y>', message: '`<y>` & "so"' }, { at: 'x', severity: 'warning' }]);
    const xml = junitReport(report, { failOn: 'error' });
    wellFormedXml(xml);
    assert.match(xml, /<testsuites name="countersign" tests="3" failures="1" errors="0" time="0">/);
    assert.match(xml, /<testsuite name="a\.yaml" tests="2" failures="1" /);
    assert.match(xml, /<testcase name="schema\/enum at 1:4" classname="a\.yaml" file="a\.yaml" line="1" time="0">\n {6}<failure type="schema\/enum" message="`&lt;y&gt;` &amp; &quot;so&quot;">a\.yaml:1:4: error/);
    assert.match(xml, /<testsuite name="b\.yaml" tests="1" failures="0" [^>]*>\n {4}<testcase name="no problems"/);
    assert.match(junitReport(report, { failOn: 'warning' }), /<testsuites name="countersign" tests="3" failures="2"/);
    assert.match(junitReport(report, { failOn: 'never' }), /failures="0"/);
  });

  it('is well formed for any message', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(fc.constantFrom(...'<>&"\'\n\r\t\u0000\u001b\ud800\uffff]'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) }), (message) => {
        wellFormedXml(junitReport(reportOf({ [`a${message}.yaml`]: 'x' }, [{ message, code: `a/${message}` }]), { failOn: 'error' }));
      }),
    );
  });
});
