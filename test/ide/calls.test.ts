// The hierarchy of who hands work to whom, across formats, and of who may call a tool.
import assert from 'node:assert/strict';
import { ide, type Call } from '../../server/src/ide';
import { acmeFiles, given } from './workspace';

const SOURCE = `#- c.catalog.yaml
apiVersion: countersign/v1
kind: Catalog
spec:
  tools: { pay/refund: { owner: pay }, pay/list: {} }
#- a.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: a }
spec:
  purpose: x
  owner: { team: pay }
  lifecycle: production
  tools: [pay/refund]
  delegates: [b, { agent: c }]
#- b.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: b }
spec: { purpose: x, owner: { team: pay }, definition: .github/agents/b.agent.md }
#- .github/agents/b.agent.md
---
tools: ['pay/*', agent]
agents: [c]
---
#- .github/agents/c.agent.md
---
name: Third
tools: [kb/search]
---
#- .github/agents/d.agent.md
---
tools: [agent]
handoffs:
  - label: x
    agent: third
---
`;

const { workspace } = given(SOURCE);
const textOf = (path: string, span: { start: number; end: number }): string => (workspace.text(path) ?? '').slice(span.start, span.end);
const prepare = (path: string, before: string) => ide.prepareCalls?.(workspace, path, (workspace.text(path) ?? '').indexOf(before) + before.length) ?? [];
const told = (calls: readonly Call[] | undefined, from?: string): string[] => (calls ?? []).map(({ item, at }) => `${item.name} (${item.detail}) ${at.map((span) => textOf(from ?? item.path, span)).join(' ')}`).sort();
const one = (path: string, before: string) => {
  const [item] = prepare(path, before);
  assert.ok(item);
  return item;
};

describe('ide calls', () => {
  it('an agent by its name, and anywhere in its document', () => {
    assert.deepEqual(prepare('a.agent.yaml', 'delegates: [b').map(({ name, path }) => [name, path]), [['b', 'b.agent.yaml']]);
    assert.deepEqual(prepare('a.agent.yaml', 'purpose: ').map(({ name, detail }) => [name, detail]), [['a', 'pay · production']]);
    assert.deepEqual(prepare('.github/agents/b.agent.md', '---').map(({ name, path }) => [name, path]), [['b', 'b.agent.yaml']]);
  });

  it('to whom an agent hands work, and its tools', () => {
    assert.deepEqual(told(ide.outgoingCalls?.(workspace, one('a.agent.yaml', 'name: ')), 'a.agent.yaml'), ['b (pay · draft) b', 'c (no owner · vscode-agent) c', 'pay/refund (pay) pay/refund']);
  });

  it('who hands work to an agent: by its name, by its title, from the file that a manifest governs', () => {
    assert.deepEqual(told(ide.incomingCalls?.(workspace, one('a.agent.yaml', 'agent: c'))), ['a (pay · production) c', 'b (pay · draft) b', 'd (no owner · vscode-agent) third']);
  });

  it('who may call a tool, and by which pattern', () => {
    assert.deepEqual(told(ide.incomingCalls?.(workspace, one('c.catalog.yaml', 'tools: { pay'))), ['a (pay · production) pay/refund', 'b (pay · draft · by the pattern pay/*) b']);
    assert.deepEqual(ide.outgoingCalls?.(workspace, one('c.catalog.yaml', 'tools: { pay')), []);
  });

  it('in the example workspace every delegate is found from both sides', () => {
    const { workspace: acme } = given('', acmeFiles());
    for (const path of acme.paths()) {
      const [item] = ide.prepareCalls?.(acme, path, 0) ?? [];
      if (item?.kind !== 'agent') continue;
      for (const { item: to } of ide.outgoingCalls?.(acme, item) ?? []) assert.ok(ide.incomingCalls?.(acme, to).some(({ item: from }) => from.name === item.name && from.path === item.path), `${item.name} → ${to.name}`);
    }
  });
});
