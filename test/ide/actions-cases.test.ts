// Actions with what they change, before and after. UPDATE=1 writes what they do.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createLinter } from '../../server/src/core/lint';
import { applyEdits } from '../../server/src/core/text';
import { ide } from '../../server/src/ide';
import { given } from './workspace';

const FILE = 'test/ide/actions.cases';
const MARK = '\n~~~\n';

/** The lines that come and go, each file under its name. */
function outcome(source: string, wanted: string): string {
  const { workspace, path, offset } = given(source);
  const findings = createLinter(workspace).get(path);
  const actions = ide.codeActions?.(workspace, path, { span: { start: offset, end: offset }, findings }) ?? [];
  const action = actions.find(({ title }) => title.startsWith(wanted));
  assert.ok(action, `${wanted} is not among ${actions.map(({ title }) => title).join('; ')}`);
  const files = action.edits.map(({ path: file, edits, create }) => {
    const text = workspace.text(file) ?? '';
    const [before, after] = [text.split('\n'), applyEdits(text, edits).split('\n')];
    let [head, tail] = [0, 0];
    while (head < before.length && head < after.length && before[head] === after[head]) head++;
    while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
    const lines = (all: string[], sign: string): string[] => all.slice(head, all.length - tail).map((line) => `${sign}${line}`);
    return [`${create ? 'new ' : ''}${file}`, ...(create ? [] : lines(before, '- ')), ...lines(after, '+ ')].join('\n');
  });
  return [action.title, ...files].join('\n');
}

describe('ide code actions, before and after', () => {
  const written: string[] = [];
  for (const chunk of readFileSync(FILE, 'utf8').split(/^=== /m).slice(1)) {
    const [title = '', wanted = '', ...rest] = chunk.split('\n');
    const [source = '', expected = ''] = rest.join('\n').split(MARK);
    it(title, () => {
      const found = outcome(`${source}\n`, wanted.slice(2));
      written.push(`=== ${title}\n${wanted}\n${source}${MARK}${found}\n`);
      if (process.env.UPDATE !== '1') assert.equal(found, expected.trimEnd());
    });
  }
  after(() => {
    if (process.env.UPDATE === '1') writeFileSync(FILE, written.join(''));
  });
});
