// The sentences of the language, one by one, over whole workspaces: what is found, and where exactly.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { CODES } from '../../../server/src/core/lint';
import { isCodeName } from '../../../server/src/core/lint/code-names';
import { runCases, type CaseFile } from '../../harness/cases';
import { lintAll, workspaceOf } from '../../harness/workspace';

const FOLDER = 'test/core/lint/cases';

const findingsOf = (files: readonly CaseFile[]): ReturnType<typeof lintAll> => lintAll(workspaceOf(new Map(files.map((file) => [file.path, file.text]))));

describe('language', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.cases')).sort()) {
    describe(file, () => runCases(`${FOLDER}/${file}`, 'x.agent.yaml', findingsOf));
  }

  it('settings may name every code', () => {
    assert.deepEqual(CODES.map((doc) => doc.code).filter((code) => !isCodeName(code)), []);
  });
});
