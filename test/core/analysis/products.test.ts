// Cells as products of sets: the same cells, each once, and never more products than cells.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { productsOf } from '../../../server/src/core/analysis/products';

const rows = fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(5), fc.uniqueArray(fc.nat(3), { minLength: 1 })), { minLength: 1, maxLength: 30, selector: ([place, agent]) => `${place} ${agent}` })
  .map((list) => list.map(([place, agent, environments]) => [place, agent, environments.sort((a, b) => a - b)] as const));

const cells = (list: readonly (readonly [readonly number[], readonly number[], readonly number[]])[]): string[] => list.flatMap(([places, agents, environments]) => places.flatMap((place) => agents.flatMap((agent) => environments.map((environment) => `${place} ${agent} ${environment}`)))).sort();

describe('cells as products', () => {
  it('are the same cells, disjoint', () => {
    fc.assert(fc.property(rows, (list) => {
      const products = productsOf(list, () => 1);
      assert.deepEqual(cells(products.map(({ places, agents, environments }) => [places, agents, environments])), cells(list.map(([place, agent, environments]) => [[place], [agent], environments])));
      assert.ok(products.length <= list.length);
      for (const [index, one] of products.entries()) for (const other of products.slice(index + 1)) {
        // nothing is left that differs in one set only
        const differ = [[one.places, other.places], [one.agents, other.agents], [one.environments, other.environments]].filter(([a, b]) => String(a) !== String(b));
        assert.ok(differ.length > 1, JSON.stringify([one, other]));
      }
    }), { numRuns: 500 });
  });

  it('are few: all but some pairs cost no more than the agents that are left out somewhere', () => {
    const all = Array.from({ length: 20 }, (_, place) => Array.from({ length: 10 }, (_unused, agent) => [place, agent, [0, 1]] as const)).flat();
    const products = productsOf(all.filter(([place, agent]) => !(agent < 3 && place % 10 === agent)), () => 1);
    assert.equal(products.length, 4);
  });
});
