// Workflow commands: one line each, nothing in a message can end it or begin another.
import assert from 'node:assert/strict';
import { githubReport } from '../../server/src/cli/reports';
import { reportOf } from './reporting';

describe('GitHub report', () => {
  it('names file, lines, columns and title', () => {
    const report = reportOf({ 'a.yaml': 'kind: Agnt\n' }, [{ at: 'Agnt', severity: 'warning', fixes: [{ title: 'Say Agent', safe: true, edits: [] }] }]);
    assert.equal(
      githubReport(report, { prefix: 'sub/' }),
      '::warning file=sub/a.yaml,line=1,endLine=1,col=7,endColumn=10,title=Countersign schema/enum::Wrong.%0AFix: Say Agent\n1 problem (1 warning) in 1 of 1 file\n',
    );
  });

  it('escapes what would end a property, a command or a line', () => {
    const report = reportOf({ 'a,b:c%.yaml': 'x' }, [{ at: 'x', message: '50% of it\r\n::error::no, really: no' }]);
    const [line] = githubReport(report, { prefix: '' }).split('\n');
    assert.equal(line, '::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=1,title=Countersign schema/enum::50%25 of it%0D%0A::error::no, really: no');
  });

  it('leaves columns out where a range spans lines; information and hints are notices', () => {
    const report = reportOf({ 'a.yaml': 'x\ny\n' }, [{ at: 'x\ny', severity: 'hint' }]);
    assert.match(githubReport(report, { prefix: '' }), /^::notice file=a\.yaml,line=1,endLine=2,title=/);
  });
});
