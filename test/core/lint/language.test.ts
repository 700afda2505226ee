// The sentences of the language, one by one, over whole workspaces: what is found, and where exactly.
import { readdirSync } from 'node:fs';
import { runCases, type CaseFile } from '../../harness/cases';
import { lintAll, workspaceOf } from '../../harness/workspace';

const FOLDER = 'test/core/lint/cases';

export const findingsOf = (files: readonly CaseFile[]): ReturnType<typeof lintAll> => lintAll(workspaceOf(new Map(files.map((file) => [file.path, file.text]))));

describe('language', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.cases')).sort()) {
    describe(file, () => runCases(`${FOLDER}/${file}`, 'x.agent.yaml', findingsOf));
  }
});
