// What the documentation promises of the command line, sentence by sentence: cases/*.cases, read by `run-contract.ts`.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { contractCases, holds, updated } from './run-contract';

const FOLDER = 'test/contract/cases';

describe('the contract of the command line', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.cases')).sort()) describe(file.replace('.cases', ''), () => {
    const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
    const cases = contractCases(text);
    for (const given of cases) it(given.title, () => holds(given));
    if (process.env.UPDATE) after(() => {
      const found = updated(text, cases);
      // what somebody writes meanwhile is left alone
      if (found !== text && readFileSync(`${FOLDER}/${file}`, 'utf8') === text) writeFileSync(`${FOLDER}/${file}`, found);
    });
  });
});
