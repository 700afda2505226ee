// What the documentation promises of the command line, sentence by sentence: cases/*.cases, read by `run-contract.ts`.
import { readFileSync, readdirSync } from 'node:fs';
import { contractCases, holds } from './run-contract';

const FOLDER = 'test/contract/cases';

describe('the contract of the command line', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.cases')).sort()) describe(file.replace('.cases', ''), () => {
    for (const given of contractCases(readFileSync(`${FOLDER}/${file}`, 'utf8'))) it(given.title, () => holds(given));
  });
});
