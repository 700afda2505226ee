// Every fix of every finding that the cases and the documentation show: it leaves text that parses, mends its finding, and brings no new fault.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { CODES, type Finding } from '../../../server/src/core/lint';
import { plainOfSnippet } from '../../../server/src/core/documents';
import { applyEdits, type Fix } from '../../../server/src/core/text';
import { parseCases } from '../../harness/cases';
import { filesOf, lintAll, workspaceOf } from '../../harness/workspace';

const FOLDERS = ['test/core/lint/cases', 'test/core/documents/cases'];

interface Shown {
  readonly title: string;
  readonly files: ReadonlyMap<string, string>;
}

function shown(): Shown[] {
  const cases = FOLDERS.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.cases')).flatMap((name) =>
    parseCases(readFileSync(`${folder}/${name}`, 'utf8'), 'x.agent.yaml').map((given) => ({ title: `${name}: ${given.title}`, files: new Map(given.files.map((f) => [f.path, f.text])) }))));
  return [...cases, ...CODES.flatMap((doc) => (doc.bad === undefined ? [] : [{ title: doc.code, files: filesOf(doc.bad) }]))];
}

const applied = (text: string, fix: Fix): string => applyEdits(text, fix.edits.map(({ span, newText }) => ({ span, newText: fix.snippet ? plainOfSnippet(newText) : newText })));

/** A finding without its place, which a fix may move. */
const id = (f: Finding): string => `${f.path} ${f.code} ${f.message}`;

const count = (findings: readonly Finding[], wanted: string): number => findings.filter((f) => id(f) === wanted).length;

/** Names in an inserted example are there to be replaced, and what a Standard asks for when it can is news of its own. */
const toFillIn = (code: string): boolean => /^(?:reference|drift|approval|test|standard)\//.test(code);

/** A fix that makes text readable which was not looked at before, or one of several choices: what it asks for then is news of its own. */
const uncovers = (finding: Finding, fix: Fix): boolean =>
  fix.choice === true || finding.code.startsWith('syntax/') || (finding.code === 'schema/unknown-key' && fix.title.startsWith('Change to')) || finding.message.includes('is not a kind of document');

describe('fixes of findings', () => {
  it('each mends its finding and leaves a sound document', () => {
    const faults: string[] = [];
    let tried = 0;
    for (const { title, files } of shown()) {
      const asked = title.startsWith('standard/');
      const before = lintAll(workspaceOf(files), asked);
      for (const finding of before) {
        for (const fix of finding.fixes ?? []) {
          tried++;
          const fixed = applied(files.get(finding.path) ?? '', fix);
          const after = lintAll(workspaceOf(new Map(files).set(finding.path, fixed)), asked);
          const where = `${title}\n${id(finding)} → ${fix.title}\n${fixed}`;
          if (count(after, id(finding)) >= count(before, id(finding))) faults.push(`STAYS ${where}`);
          const known = new Set(before.map((f) => `${f.path} ${f.code}`));
          const fresh = uncovers(finding, fix) ? [] : after.filter((f) => !toFillIn(f.code) && !known.has(`${f.path} ${f.code}`));
          if (finding.code.startsWith('syntax/')) fresh.push(...after.filter((f) => f.code.startsWith('syntax/') && !known.has(`${f.path} ${f.code}`)));
          if (fresh.length > 0) faults.push(`BRINGS ${fresh.map(id).join('; ')}\n${where}`);
        }
      }
    }
    assert.deepEqual(faults.slice(0, 20), [], `${faults.length} of ${tried}:\n${faults.slice(0, 20).join('\n\n')}`);
    assert.ok(tried > 150, `only ${tried}`);
  });
});
