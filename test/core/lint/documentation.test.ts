// The documentation is executed: the bad example of a code gives that code and no other, the good one gives nothing.
import assert from 'node:assert/strict';
import { ANALYSIS_CODES, CODES, analyse, codeDoc, type Finding } from '../../../server/src/core/lint';
import { NOW, filesOf, lintText, workspaceOf } from '../../harness/workspace';

const MALFORMED = 'policy/malformed-rule';
const WAIVED = 'standard/house/tested';

/** The findings of single files, and those of the analysis where its codes are documented. */
const findingsOf = (text: string, asked: boolean, code: string): Finding[] => [...lintText(text, NOW, asked), ...(/^(?:policy|capability)\//.test(code) ? [...analyse(workspaceOf(filesOf(text))).values()].flat().filter((f) => ownAnalysis(code) || f.code === code) : [])];
/** Other rules of policies are documented by examples that need not make sense as a whole. */
const ownAnalysis = (code: string): boolean => ANALYSIS_CODES.has(code);

describe('documentation of codes', () => {
  for (const doc of CODES) {
    it(doc.code, () => {
      assert.ok(doc.title.length > 5 && doc.doc.length > 40, 'title and text');
      if (doc.bad === undefined || doc.good === undefined) {
        assert.ok(doc.unshown, 'without examples it must say why');
        return;
      }
      const asked = doc.code.startsWith('standard/');
      const bad = findingsOf(doc.bad, asked, doc.code);
      // a fault inside a rule also makes the rule malformed, and a malformed rule always has such a fault
      const codes = [...new Set(bad.map((f) => f.code))];
      // what is waived is missing all the same
      const own = doc.code === MALFORMED ? codes.filter((code) => code === doc.code) : codes.filter((code) => code !== MALFORMED && !(doc.code.startsWith('waiver/') && code === WAIVED));
      assert.deepEqual(own, [doc.code], `bad:\n${doc.bad}\n${bad.map((f) => `${f.code}: ${f.message}`).join('\n')}`);
      assert.deepEqual(findingsOf(doc.good, asked, doc.code).filter(({ code }) => !(doc.code.startsWith('waiver/') && code === WAIVED)).map((f) => `${f.code}: ${f.message}`), [], `good:\n${doc.good}`);
    });
  }

  it('each code is documented once', () => {
    const codes = CODES.map((d) => d.code);
    assert.equal(new Set(codes).size, codes.length);
    for (const code of codes) assert.equal(codeDoc(code)?.code, code);
  });
});
