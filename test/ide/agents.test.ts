// The agents as the side bar's tree shows them: a line each, and what one of them may use, with the places that it opens.
import assert from 'node:assert/strict';
import { Workspace } from '../../server/src/core/workspace';
import { agentParts, agentSummaries, nextStage, type AgentParts } from '../../server/src/ide';
import { acmeFiles, given, NOW } from './workspace';

const acme = (): Workspace => {
  const workspace = new Workspace();
  workspace.applyChange({ files: acmeFiles(), now: NOW });
  return workspace;
};

/** `name (detail) -> file: text at the place` */
const written = (workspace: Workspace, parts: AgentParts['tools']): readonly string[] =>
  parts.map(({ name, detail, place }) => `${name} (${detail}) -> ${place ? `${place.path}: ${workspace.text(place.path)?.slice(place.span.start, place.span.end)}` : 'nowhere'}`);

const SOURCE = `#- a.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: payer, title: Payer }
spec:
  purpose: Pays.
  lifecycle: pilot
  owner: { team: money }
  tools: [bank/pay, "bank/list-*", "!bank/list-secret", no/such]
  data:
    - { source: ledger, access: [read, write] }
  delegates: [{ agent: helper }]
  inputs: [mail, chat]
  outputs: [{ channel: chat }]
  approvals:
    - { gate: action, resources: ["tool:no/such"], from: [money] }
#- b.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: helper }
spec: { purpose: Helps., definition: [x.agent.md], owner: { team: support } }
#- x.agent.md
---
name: Runs
description: What really runs.
---
Help.
#- loose.agent.md
---
name: loose
description: Nobody governs it.
---
Do.
#- c.catalog.yaml
apiVersion: countersign/v1
kind: Catalog
metadata: { name: c }
spec:
  tools: { bank/pay: { owner: bankers } }
  data: { ledger: { owner: keepers, classification: secret } }
  channels: { mail: { owner: posters } }
`;

describe('ide: the tree of agents', () => {
  const { workspace } = given(SOURCE);
  const of = (id: string): AgentParts => {
    const parts = agentParts(workspace, id);
    assert.ok(parts, id);
    return parts;
  };

  it('lists manifests and files that nothing governs by name, each with its place and its files', () => {
    const found = agentSummaries(workspace).map(({ id, owner, lifecycle, path, span, files }) => [id, owner, lifecycle, workspace.text(path)?.slice(span.start, span.end), files]);
    assert.deepEqual(found, [
      ['helper', 'support', 'draft', 'helper', ['b.agent.yaml', 'x.agent.md']],
      ['loose', null, null, 'loose', ['loose.agent.md']],
      ['payer', 'money', 'pilot', 'payer', ['a.agent.yaml']],
    ]);
  });

  it('counts what an agent may use, what is excepted not among it', () => {
    assert.deepEqual(agentSummaries(workspace).find(({ id }) => id === 'payer')?.parts, { tools: 3, data: 1, delegates: 1, channels: 2 });
  });

  it('opens the declaration, else where the agent itself names it', () => {
    const { tools, data, delegates, channels } = of('payer');
    assert.deepEqual(written(workspace, tools), [
      'bank/pay (bankers) -> c.catalog.yaml: bank/pay',
      'bank/list-* () -> a.agent.yaml: bank/list-*',
      'no/such () -> a.agent.yaml: no/such',
      'bank/list-secret (excepted) -> a.agent.yaml: bank/list-secret',
    ]);
    assert.deepEqual(written(workspace, data), ['ledger (keepers · secret · read, write) -> c.catalog.yaml: ledger']);
    assert.deepEqual(written(workspace, delegates), ['helper (support) -> b.agent.yaml: helper']);
    assert.deepEqual(written(workspace, channels), ['mail (posters · in) -> c.catalog.yaml: mail', 'chat (in, out) -> a.agent.yaml: chat']);
  });

  it('follows edits, and knows no agent that is gone', () => {
    const edited = acme();
    const path = 'agents/refund-assistant.agent.yaml';
    const owner = (): string | null | undefined => agentSummaries(edited).find((agent) => agent.path === path)?.owner;
    assert.equal(owner(), 'payments-platform');
    edited.applyChange({ files: [[path, (edited.text(path) ?? '').replaceAll('team: payments-platform', 'team: finance-ops')]] });
    assert.equal(owner(), 'finance-ops');
    edited.applyChange({ files: [[path, null]] });
    assert.deepEqual([owner(), agentSummaries(edited).find(({ id }) => id === 'refund-assistant')?.path], [undefined, '.github/agents/refund-assistant.agent.md']);
    edited.applyChange({ files: [['.github/agents/refund-assistant.agent.md', null]] });
    assert.equal(agentParts(edited, 'refund-assistant'), null);
  });

  it('tells two agents of one name apart, each with its own parts', () => {
    const twice = given('#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { tools: [s/one] }\n#- b.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { tools: [s/two] }\n').workspace;
    assert.deepEqual(agentSummaries(twice).map(({ id }) => [id, agentParts(twice, id)?.tools[0]?.name]), [['a@a.agent.yaml', 's/one'], ['a@b.agent.yaml', 's/two']]);
    assert.equal(agentParts(twice, 'a'), null);
  });

  it('say what is missing for the next stage, with the place where it goes', () => {
    const workspace = acme();
    assert.deepEqual(agentSummaries(workspace).filter(({ id }) => ['newsletter-planner', 'payout-runner', 'refund-assistant', 'campaign-writer'].includes(id)).map(({ id, next }) => [id, next]), [
      ['campaign-writer', null], ['newsletter-planner', 'pilot'], ['payout-runner', 'production'], ['refund-assistant', null],
    ]);
    const next = nextStage(workspace, 'newsletter-planner');
    assert.equal(next?.stage, 'pilot');
    assert.ok(next.missing.length > 0);
    for (const { requirement, message, place } of next.missing) {
      assert.match(requirement, /^[\w-]+\/[\w.-]+$/);
      assert.ok(message.length > 10 && place.path === 'agents/newsletter-planner.agent.yaml' && place.span.end > place.span.start, requirement);
    }
    assert.equal(nextStage(workspace, 'refund-assistant'), null);
    assert.equal(nextStage(workspace, 'nobody'), null);
  });

  it('ask for the next stage what a Standard of the workspace asks for, but for what is waived', () => {
    const agent = (spec: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: Test., owner: { team: t }, lifecycle: pilot${spec} }\n`;
    const standard = 'apiVersion: countersign/v1\nkind: Standard\nmetadata: { name: own, owner: risk }\nspec:\n  requirements:\n    - { id: budget, require: has(manifest.spec.budget), when: manifest.spec.lifecycle == "production", message: A production agent has a budget., severity: error }\n';
    const missing = (spec: string): readonly string[] | undefined => {
      const workspace = new Workspace();
      workspace.applyChange({ files: [['a.agent.yaml', agent(spec)], ['s.standard.yaml', standard], ['.countersign.yaml', 'standards: { production-readiness: off, baseline: off }\n']], now: NOW });
      return nextStage(workspace, 'a')?.missing.map(({ requirement, severity }) => `${severity} ${requirement}`);
    };
    assert.deepEqual(missing(''), ['error own/budget']);
    assert.deepEqual(missing(', budget: { monthlyUsd: 5 }'), []);
    assert.deepEqual(missing(', waivers: [{ requirement: own/budget, reason: later, approvedBy: risk, expires: 2027-01-01 }]'), []);
  });
});
