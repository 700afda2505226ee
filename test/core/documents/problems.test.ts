// Shape problems: what is found, and where exactly.
import { readdirSync } from 'node:fs';
import { runCases } from '../../harness/cases';
import { problemsOf } from './support';

const FOLDER = 'test/core/documents/cases';

describe('documents: problems', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.cases')).sort()) {
    describe(file, () => {
      runCases(`${FOLDER}/${file}`, 'x.agent.yaml', (files) => files.flatMap(({ path, text }) => problemsOf(path, text).map((problem) => ({ ...problem, path }))));
    });
  }
});
