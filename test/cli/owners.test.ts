// countersign owners: whose files are and who must approve a change, as a table and as JSON.
import assert from 'node:assert/strict';
import { memoryHost, run } from './memory-host';

const FILES = {
  'c.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams:\n    payments: { members: [ann], contact: "#pay", oncall: pay-duty, github: "@acme/pay" }\n    risk: { members: [cid], github: acme/risk }\n  people: { ann: , cid: }\n',
  'agents/a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: p\n  owner: { team: payments, accountable: ann, outputs: risk }\n  definition: agents/a.agent.md\n  approvals: [ { gate: deploy, from: [risk] } ]\n',
  'agents/a.agent.md': '---\ndescription: d\n---\n',
  'x/b.agent.md': '---\ndescription: d\n---\n',
  'README.md': 'Read me.\n',
  CODEOWNERS: '# who\n/agents/ @acme/pay\nREADME.md @acme/risk\n',
};
const owners = async (args: string): Promise<Record<string, unknown>[]> => {
  const { code, out } = await run(`owners ${args} --format json`, memoryHost(FILES));
  assert.equal(code, 0);
  return JSON.parse(out) as Record<string, unknown>[];
};

describe('owners', () => {
  it('has exactly the keys of the contract, in order', async () => {
    const [entry, ...rest] = await owners('agents/a.agent.yaml');
    assert.deepEqual(rest, []);
    assert.equal(
      JSON.stringify(entry),
      '{"file":"agents/a.agent.yaml","owner":{"team":"payments","teams":["payments"],"source":"manifest"},"accountable":"ann","contact":"#pay","oncall":"pay-duty","outputs":"risk",' +
        '"learned":{"file":"agents/a.agent.yaml","line":5},"covers":[{"kind":"Agent","name":"a","owner":"payments"}],' +
        '"approvers":[{"because":"gate","id":"a#approvals/0","from":["risk"],"count":1,"people":["cid"],"optional":false},{"because":"codeowners","id":null,"from":["payments"],"count":1,"people":["ann"],"optional":false}],' +
        '"reviewers":["@acme/pay","@acme/risk"]}',
    );
  });

  it('lists all that somebody should own', async () => {
    assert.deepEqual((await owners('')).map(({ file, owner }) => [file, (owner as { team: string } | null)?.team ?? null]), [['agents/a.agent.md', 'payments'], ['agents/a.agent.yaml', 'payments'], ['c.catalog.yaml', null], ['x/b.agent.md', null]]);
  });

  it('takes files of any kind, and of folders what holds something', async () => {
    const [readme] = await owners('README.md');
    assert.deepEqual([readme?.['owner'], readme?.['covers'], readme?.['reviewers'], readme?.['learned']], [{ team: 'risk', teams: ['risk'], source: 'codeowners' }, [], ['@acme/risk'], { file: 'CODEOWNERS', line: 2 }]);
    assert.deepEqual((await owners('agents x/b.agent.md')).map(({ file }) => file), ['agents/a.agent.md', 'agents/a.agent.yaml', 'x/b.agent.md']);
  });

  it('prints a table', async () => {
    const { code, out } = await run('owners agents x', memoryHost(FILES));
    assert.equal(code, 0);
    assert.match(out, /^FILE +OWNER +BY +REACHED +CHANGES NEED +REVIEWERS$/m);
    assert.match(out, /^agents\/a\.agent\.yaml +payments +manifest +pay-duty +risk, and payments +@acme\/pay @acme\/risk$/m);
    assert.match(out, /^x\/b\.agent\.md +nobody +nobody in particular\s*$/m);
    assert.match(out, /^3 files, 1 without an owner\.$/m);
  });

  it('a path that is missing or outside is wrong use', async () => {
    for (const path of ['nothing.yaml', '../other']) {
      const { code, err } = await run(`owners ${path}`, memoryHost(FILES));
      assert.equal(code, 2);
      assert.equal(err.trim().split('\n').length, 1);
    }
  });
});
