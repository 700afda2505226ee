// Every action that is offered on what the cases and the documentation show leaves texts that parse and have their shape.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { plainOfSnippet } from '../../server/src/core/documents';
import { CODES, createLinter } from '../../server/src/core/lint';
import { applyEdits } from '../../server/src/core/text';
import { ide } from '../../server/src/ide';
import { parseCases } from '../harness/cases';
import { filesOf, workspaceOf } from '../harness/workspace';

const FOLDER = 'test/core/lint/cases';
/** What is wrong with texts by themselves. */
const shape = (files: ReadonlyMap<string, string>): string[] => {
  const workspace = workspaceOf(files);
  return workspace.paths().flatMap((path) => {
    const { problems = [], documents = [] } = workspace.facts(path) ?? {};
    return [...problems, ...documents.flatMap((document) => [...document.problems, ...document.syntax])].map(({ code }) => `${path} ${code}`);
  });
};

function shown(): { readonly title: string; readonly files: ReadonlyMap<string, string> }[] {
  const cases = readdirSync(FOLDER).filter((name) => name.endsWith('.cases')).flatMap((name) => parseCases(readFileSync(`${FOLDER}/${name}`, 'utf8'), 'x.agent.yaml').map((given) => ({ title: `${name}: ${given.title}`, files: new Map(given.files.map((f) => [f.path, f.text])) })));
  return [...cases, ...CODES.flatMap((doc) => (doc.bad === undefined ? [] : [{ title: doc.code, files: filesOf(doc.bad) }]))];
}

describe('ide code actions, all that are offered', () => {
  it('leave sound documents', () => {
    const faults: string[] = [];
    const kinds = new Map<string, number>();
    for (const { title, files } of shown()) {
      const workspace = workspaceOf(files);
      const linter = createLinter(workspace);
      const before = shape(files);
      for (const [path, text] of files) {
        const findings = linter.get(path);
        const places = new Set([...findings.map(({ span }) => span.start), ...(workspace.facts(path)?.documents ?? []).flatMap((document) => [document.at.start, ...document.references.map(({ span }) => span.start)]), ...(workspace.facts(path)?.declared ?? []).map(({ span }) => span.start)]);
        const seen = new Set<string>();
        for (const offset of [...places].slice(0, 40)) {
          for (const action of ide.codeActions?.(workspace, path, { span: { start: offset, end: offset }, findings }) ?? []) {
            const id = JSON.stringify([action.title, action.edits]);
            // what mends our own syntax and shape is held to more in the tests of fixes
            if (action.edits.length === 0 || action.title.startsWith('Ignore') || seen.has(id) || action.mends?.some(({ code }) => /^(?:syntax|schema)\//.test(code))) continue;
            seen.add(id);
            const word = action.title.split(' ')[0] ?? '';
            kinds.set(word, (kinds.get(word) ?? 0) + 1);
            const after = new Map(files);
            for (const { path: file, edits } of action.edits) after.set(file, applyEdits(files.get(file) ?? '', edits.map(({ span, newText }) => ({ span, newText: action.snippet ? plainOfSnippet(newText) : newText }))));
            const fresh = shape(after).filter((one) => !before.includes(one));
            if (fresh.length > 0) faults.push(`${fresh.join('; ')}\n${title}: ${action.title}\n${action.edits.map(({ path: file }) => after.get(file)).join('\n---\n')}`);
          }
        }
        assert.equal(workspace.text(path), text);
      }
    }
    assert.deepEqual(faults.slice(0, 6), [], `${faults.length}`);
    for (const word of ['Insert', 'Waive', 'Declare', 'Replace', 'Extract', 'Generate', 'Move']) assert.ok((kinds.get(word) ?? 0) > 0, `${word}: ${JSON.stringify([...kinds])}`);
  });
});
