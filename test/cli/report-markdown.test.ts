// Markdown for a pull request: complete when it fits, cut with a word about it when not, and inert.
import assert from 'node:assert/strict';
import { markdownReport } from '../../server/src/cli/reports';
import { block, reportOf } from './reporting';

describe('Markdown report', () => {
  it('has a table by file and details', () => {
    const report = reportOf({ 'a|b.yaml': 'x: y\n', 'c.yaml': 'z' }, [
      { path: 'a|b.yaml', at: 'y', message: 'Not `y`.', fixes: [{ title: 'Say `z`', safe: true, edits: [] }] },
      { path: 'a|b.yaml', at: 'x', severity: 'hint', code: 'policy/conflict' },
      { path: 'c.yaml', at: 'z', severity: 'warning' },
    ]);
    assert.equal(markdownReport(report), block`
      ### Countersign

      3 problems (1 error, 1 warning, 1 hint) in 2 of 2 files.

      | File | Errors | Warnings | Other |
      | --- | ---: | ---: | ---: |
      | ~a\|b.yaml~ | 1 | 0 | 1 |
      | ~c.yaml~ | 0 | 1 | 0 |

      <details><summary><code>a|b.yaml</code>: 1 error, 1 hint</summary>

      - **hint** ~policy/conflict~ at 1:1: Wrong.
      - **error** ~schema/enum~ at 1:4: Not ~y~. _Fix:_ Say ~z~

      </details>

      <details><summary><code>c.yaml</code>: 1 warning</summary>

      - **warning** ~schema/enum~ at 1:1: Wrong.

      </details>
      `.replaceAll('~', '`'));
  });

  it('is inert: no HTML, links, images or mentions of a message survive', () => {
    const out = markdownReport(reportOf({ '<b>.yaml': 'x' }, [{ message: '<img src=x> @everyone ![a](b) `a<b`\n- x' }]));
    assert.match(out, /<code>&lt;b&gt;\.yaml<\/code>/);
    assert.ok(out.includes(': &lt;img src=x&gt; @\u200beveryone \\!\\[a\\]\\(b\\) `a<b` - x\n'), out);
  });

  it('ends before a comment does, and says what is missing', () => {
    const files = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`folder/with/a/long/name/${i}.agent.yaml`, 'x']));
    const out = markdownReport(reportOf(files, Object.keys(files).map((path) => ({ path, message: 'ü'.repeat(150) }))));
    assert.ok(new TextEncoder().encode(out).length <= 60_000);
    assert.match(out, /\nCut here: \d+ problems of 900 shown\. Run `countersign check` for all of them\.\n$/);
    assert.match(out, /and \d+ more files\.\n/);
    assert.equal(out.split('<details>').length, out.split('</details>').length);
  });

  it('is one line when all is well', () => {
    assert.equal(markdownReport(reportOf({ 'a.yaml': '' }, [])), '### Countersign\n\nNo problems in 1 file.\n');
  });
});
