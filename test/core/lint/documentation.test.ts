// The documentation is executed: the bad example of a code gives that code and no other, the good one gives nothing.
import assert from 'node:assert/strict';
import { CODES, codeDoc } from '../../../server/src/core/lint';
import { NOW, lintText } from '../../harness/workspace';

const MALFORMED = 'policy/malformed-rule';
const WAIVED = 'standard/house/tested';

describe('documentation of codes', () => {
  for (const doc of CODES) {
    it(doc.code, () => {
      assert.ok(doc.title.length > 5 && doc.doc.length > 40, 'title and text');
      if (doc.bad === undefined || doc.good === undefined) {
        assert.ok(doc.unshown, 'without examples it must say why');
        return;
      }
      const asked = doc.code.startsWith('standard/');
      const bad = lintText(doc.bad, NOW, asked);
      // a fault inside a rule also makes the rule malformed, and a malformed rule always has such a fault
      const codes = [...new Set(bad.map((f) => f.code))];
      // what is waived is missing all the same
      const own = doc.code === MALFORMED ? codes.filter((code) => code === doc.code) : codes.filter((code) => code !== MALFORMED && !(doc.code.startsWith('waiver/') && code === WAIVED));
      assert.deepEqual(own, [doc.code], `bad:\n${doc.bad}\n${bad.map((f) => `${f.code}: ${f.message}`).join('\n')}`);
      assert.deepEqual(lintText(doc.good, NOW, asked).filter(({ code }) => !(doc.code.startsWith('waiver/') && code === WAIVED)).map((f) => `${f.code}: ${f.message}`), [], `good:\n${doc.good}`);
    });
  }

  it('each code is documented once', () => {
    const codes = CODES.map((d) => d.code);
    assert.equal(new Set(codes).size, codes.length);
    for (const code of codes) assert.equal(codeDoc(code)?.code, code);
  });
});
