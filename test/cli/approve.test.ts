// What has changed since an approval, from the history of a real repository.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Host } from '../../server/src/cli';
import { revisionsWith } from '../../server/src/node/git/history';
import { revisionOf } from '../../server/src/node/git/revision';
import { nodeHost } from '../../server/src/node/host';
import { hasGit, repository, type Repository } from './diff/repository';
import { run } from './memory-host';

const NOW = Date.UTC(2026, 10, 22, 10);
const CATALOG = 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { payments: { members: [ann] }, risk: { members: [bob, cid] } }\n  tools: { pay/refund: { owner: payments } }\n';
const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec:\n  purpose: x\n  owner: { team: payments }\n  lifecycle: production\n  tools: [pay/refund]\n  approvals:\n    - { gate: call, from: [risk] }\n';
const POLICY = 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  variables: { small: args.amount <= 500 }\n  rules:\n    - { id: few, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: variables.small }\n    - { id: never, effect: deny, actions: [call], resources: ["tool:pay/void"] }\n';

(hasGit ? describe : describe.skip)('approve: what changed since the last record', () => {
  let repo: Repository;
  beforeEach(() => (repo = repository()));
  afterEach(() => repo.remove());

  const host = (): Host => ({
    ...nodeHost(), now: () => NOW, serve: () => Promise.resolve(0), async *input() { yield ''; },
    write: (root, file, text) => Promise.resolve(writeFileSync(path.join(root, file), text)),
    revision: (root, name) => revisionOf(root, name, () => NOW), revisionsWith,
  });
  const approve = async (): Promise<string> => {
    const { code, out, err } = await run('approve refund --by bob', host(), { cwd: path.join(repo.root, 'sub') });
    assert.deepEqual([code, err], [0, '']);
    return out;
  };
  const file = (name: string): string => readFileSync(path.join(repo.root, 'sub', name), 'utf8');

  it('names the parts and the decisions', async () => {
    repo.commit({ 'sub/.countersign.yaml': '', 'sub/c.catalog.yaml': CATALOG, 'sub/a.agent.yaml': AGENT, 'sub/p.policy.yaml': POLICY });
    assert.match(await approve(), /Approved: call\. It is the first approval\.\n/);
    repo.commit({ 'sub/a.agent.yaml': file('a.agent.yaml') });
    repo.commit({ 'sub/p.policy.yaml': POLICY.replace('<= 500', '<= 900'), 'sub/a.agent.yaml': file('a.agent.yaml').replace('[pay/refund]', '[pay/refund, pay/other]').replace('purpose: x', 'purpose: y') });
    const out = await approve();
    assert.match(out, /Approved: call\. Changed since the approval by bob on 2026-11-22 \(commit [0-9a-f]{12}\):\n {2}manifest spec\.purpose: changed\n {2}manifest spec\.tools: changed\n {2}variable p\/small: changed\n/);
    assert.match(out, / {2}and so is decided otherwise:\n {4}call tool:pay\/refund: Allowed where amount <= 900; otherwise denied\. Before: Allowed where amount <= 500; otherwise denied\.\n/);
  });

  it('warns where the arguments decide in a way that words do not tell', async () => {
    const policy = POLICY.replace('args.amount <= 500', "'args.note.endsWith(string(args.amount))'");
    repo.commit({ 'sub/.countersign.yaml': '', 'sub/c.catalog.yaml': CATALOG, 'sub/a.agent.yaml': AGENT, 'sub/p.policy.yaml': policy });
    await approve();
    repo.commit({ 'sub/a.agent.yaml': file('a.agent.yaml') });
    repo.commit({ 'sub/p.policy.yaml': policy.replace('endsWith', 'startsWith') });
    assert.match(await approve(), / {2}and so is decided otherwise:\n {4}call tool:pay\/refund: what the arguments decide may be another, since variable p\/small changed\.\n/);
  });

  it('says so where every decision is what it was', async () => {
    repo.commit({ 'sub/.countersign.yaml': '', 'sub/c.catalog.yaml': CATALOG, 'sub/a.agent.yaml': AGENT, 'sub/p.policy.yaml': POLICY });
    await approve();
    repo.commit({ 'sub/a.agent.yaml': file('a.agent.yaml') });
    repo.commit({ 'sub/a.agent.yaml': file('a.agent.yaml').replace('purpose: x', 'purpose: y') });
    assert.match(await approve(), /\n {2}manifest spec\.purpose: changed\n {2}and every decision is what it was\n/);
  });

  it('does not guess where the commit of the record holds something else than what was signed', async () => {
    repo.commit({ 'sub/.countersign.yaml': '', 'sub/c.catalog.yaml': CATALOG, 'sub/a.agent.yaml': AGENT, 'sub/p.policy.yaml': POLICY });
    await approve();
    repo.commit({ 'sub/a.agent.yaml': file('a.agent.yaml').replace('purpose: x', 'purpose: y') });
    assert.match(await approve(), /Since the approval by bob on 2026-11-22 the manifest, a file that it governs, a rule or a Catalog entry has changed; which of them cannot be known/);
  });
});
