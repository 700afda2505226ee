// A witness is a call that the tool takes: its arguments fit the schema of the Catalog, and what the schema asks for is there and can be read.
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { differenceOf, type ShortRequest } from '../../../server/src/core/analysis';
import { NOW, acmeFiles, engineFrom } from './sides';

const PAYMENTS = 'policies/payments.policy.yaml';
const EDITS: readonly (readonly [what: string, before: string, after: string])[] = [
  ['a limit is raised', 'args.amount > 500"', 'args.amount > 1000"'],
  ['a limit is lowered', 'args.amount > 500"', 'args.amount > 20"'],
  ['payouts need nobody', 'args.amount > 5000"', 'args.amount > 1000000"'],
];

describe('the arguments of a witness', () => {
  for (const [what, before, after] of EDITS) it(`fit the tool's schema where ${what}`, () => {
    const files = acmeFiles();
    const text = files.get(PAYMENTS) ?? '';
    assert.ok(text.includes(before));
    const base = engineFrom(files);
    const { regions } = differenceOf(base, engineFrom(new Map([...files, [PAYMENTS, text.replace(before, after)]])), { now: NOW });
    const witnesses = regions.flatMap(({ witness }) => (witness && String(witness['resource']).startsWith('tool:') ? [witness] : []));
    assert.ok(witnesses.length > 0);
    const ajv = new Ajv({ strict: false });
    for (const witness of witnesses) {
      const input = base.world.catalog.tools.get(String(witness['resource']).slice('tool:'.length))?.input;
      if (input === undefined || input === null) continue;
      assert.ok(ajv.validate(input as object, argumentsOf(witness)), `${JSON.stringify(witness)}: ${ajv.errorsText()}`);
    }
  });
});

const argumentsOf = (witness: ShortRequest): unknown => witness['args'] ?? {};
