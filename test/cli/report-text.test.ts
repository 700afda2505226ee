// The report for people.
import assert from 'node:assert/strict';
import { textReport } from '../../server/src/cli/reports';
import { useColour } from '../../server/src/cli/terminal/style';
import { block, reportOf } from './reporting';

const PLAIN = { colour: false, columns: 80 };

describe('text report', () => {
  it('groups by file, shows line, carets, fix and related places, and sums up', () => {
    const files = {
      'b.agent.yaml': 'kind: Agnt\nmetadata: {}\n',
      'a.agent.yaml': 'spec:\n  owner: { tema: payments }\n',
      'c.agent.yaml': '',
    };
    const report = reportOf(files, [
      { path: 'b.agent.yaml', at: 'Agnt', message: '`Agnt` is no kind.' },
      {
        path: 'a.agent.yaml', at: 'tema', code: 'schema/unknown-key', message: 'There is no key `tema` here. Did you mean `team`?',
        fixes: [{ title: 'Change to `team`', safe: false, edits: [] }],
        related: [{ message: 'declared here', span: { start: 0, end: 4 }, path: 'b.agent.yaml' }, { message: 'and here', span: { start: 0, end: 4 } }],
      },
      { path: 'a.agent.yaml', at: 'owner', code: 'ownership/no-contact', severity: 'warning', message: 'No contact.' },
    ]);
    assert.equal(textReport(report, PLAIN), block`
      a.agent.yaml
        2:3  warning  ownership/no-contact
          No contact.
          2 │   owner: { tema: payments }
            │   ^^^^^

        2:12  error  schema/unknown-key
          There is no key \`tema\` here. Did you mean \`team\`?
          2 │   owner: { tema: payments }
            │            ^^^^
          fix: Change to \`team\`
          see: b.agent.yaml:1:1: declared here
          see: line 1: and here

      b.agent.yaml
        1:7  error  schema/enum
          \`Agnt\` is no kind.
          1 │ kind: Agnt
            │       ^^^^

      3 problems (2 errors, 1 warning) in 2 of 3 files.
      To read more about a code: countersign explain ownership/no-contact
      `.replaceAll('\\`', '`'));
  });

  it('underlines the first line of a range of several', () => {
    const report = reportOf({ 'a.yaml': 'a:\n  b: 1\n  c: 2\n' }, [{ at: 'b: 1\n  c: 2' }]);
    assert.match(textReport(report, PLAIN), /2 │ {3}b: 1\n {6}│ {3}\^\^\^\^ to line 3\n/);
  });

  it('wraps messages', () => {
    const out = textReport(reportOf({ 'a.yaml': 'x' }, [{ message: 'word '.repeat(60).trim() }]), PLAIN);
    assert.ok(out.split('\n').every((line) => line.length <= 80));
  });

  it('says so when all is well, and when there was nothing to look at', () => {
    assert.equal(textReport(reportOf({ 'a.yaml': '', 'b.yaml': '' }, []), PLAIN), 'No problems in 2 files.\n');
    assert.match(textReport(reportOf({}, []), PLAIN), /^Nothing to check/);
  });

  it('prints no control characters of names, messages and sources', () => {
    const out = textReport(reportOf({ 'a\u001b[2J.yaml': 'b: \u001b]0;x\u0007' }, [{ at: 'b', message: 'no \u001b[31mred' }]), PLAIN);
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f]/);
  });

  it('colours when told', () => {
    assert.match(textReport(reportOf({ 'a.yaml': 'b' }, [{ at: 'b' }]), { ...PLAIN, colour: true }), /\u001b\[31merror\u001b\[39m/);
  });
});

describe('colour', () => {
  const cases: readonly (readonly [wanted: boolean | undefined, env: Record<string, string>, tty: boolean, colour: boolean])[] = [
    [undefined, {}, true, true],
    [undefined, {}, false, false],
    [undefined, { NO_COLOR: '1' }, true, false],
    [undefined, { NO_COLOR: '' }, true, true],
    [undefined, { TERM: 'dumb' }, true, false],
    [undefined, { FORCE_COLOR: '1' }, false, true],
    [undefined, { FORCE_COLOR: '0' }, true, false],
    [true, { NO_COLOR: '1' }, false, true],
    [false, { FORCE_COLOR: '1' }, true, false],
  ];
  for (const [wanted, env, tty, colour] of cases) {
    it(`is ${colour} for ${wanted}, ${JSON.stringify(env)}, terminal ${tty}`, () => assert.equal(useColour(wanted, env, tty), colour));
  }
});
