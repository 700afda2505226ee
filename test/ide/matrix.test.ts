// The matrix: rows and columns, letters that agree with the engine, why in a line, files.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ENGINE, matrixRequest } from '../../server/src/core/policy';
import { Workspace } from '../../server/src/core/workspace';
import type { PlainValue } from '../../server/src/core/yaml';
import { matrixCells, matrixCsv, matrixExport, matrixFrame, matrixPlaces, matrixWhy } from '../../server/src/ide';
import { MATRIX_LETTERS, type MatrixLetter } from '../../server/src/protocol';
import { acmeFiles, given, NOW } from './workspace';

const acme = (): Workspace => {
  const workspace = new Workspace();
  workspace.applyChange({ files: acmeFiles(), now: NOW });
  return workspace;
};
const PRODUCTION = { environment: 'production', at: NOW, args: null };

function at(workspace: Workspace, agent: string, head: string): readonly [number, number] {
  const frame = matrixFrame(workspace);
  const found = [frame.agents.findIndex((one) => one.id === agent), frame.heads.findIndex(({ action, resource }) => `${action} ${resource}` === head)] as const;
  assert.ok(found[0] >= 0 && found[1] >= 0, `${agent} ${head}`);
  return found;
}

describe('ide: the matrix', () => {
  const workspace = acme();
  const frame = matrixFrame(workspace);
  const letter = (agent: string, head: string, args: Record<string, PlainValue> | null = null, environment: string | null = 'production'): string => {
    const [row, column] = at(workspace, agent, head);
    return matrixCells(workspace, [row], [column], { environment, at: NOW, args })[0] ?? '';
  };
  const why = (agent: string, head: string, args: Record<string, PlainValue> | null = null): string | undefined => matrixWhy(workspace, ...at(workspace, agent, head), { ...PRODUCTION, args })?.line;

  it('has agents by owner, those without one last, and columns by action and server', () => {
    const owners = frame.rows.map(({ owner }) => owner);
    const known = owners.filter((owner) => owner !== null);
    assert.deepEqual(known, [...known].sort());
    assert.ok(owners.slice(known.length).every((owner) => owner === null));
    assert.deepEqual(frame.heads.find(({ resource }) => resource === 'tool:payments/refund'), { action: 'call', resource: 'tool:payments/refund', name: 'refund', group: 'payments' });
    assert.deepEqual(frame.heads.find(({ action }) => action === 'read')?.group, 'read data');
    assert.deepEqual(matrixPlaces(workspace).proposed, 'production');
    assert.equal(matrixFrame(workspace), frame, 'the same until something changes');
  });

  it('gives a letter a cell', () => {
    assert.equal(letter('refund-assistant', 'call tool:payments/refund'), 'p');
    assert.equal(letter('refund-assistant', 'call tool:payments/refund', { amount: 900 }), 'r');
    assert.equal(letter('refund-assistant', 'call tool:payments/refund', { amount: 20 }), 'a');
    assert.equal(letter('refund-assistant', 'call tool:payments/payout'), 'n');
    assert.equal(letter('refund-assistant', 'call tool:kb/search'), 'a');
    assert.deepEqual(matrixCells(workspace, [0, 99_999], [0, 99_999], PRODUCTION).map((line) => line.length), [1, 0]);
  });

  it('says why in a line', () => {
    assert.equal(why('refund-assistant', 'call tool:payments/refund', { amount: 900 }), 'Needs approval of finance-operations, within 4 hours: payments-guardrails/refund-large.');
    assert.equal(why('refund-assistant', 'call tool:payments/payout'), 'Denied. The manifest does not name this tool.');
    assert.equal(why('refund-assistant', 'call tool:payments/refund'), 'Allowed where amount <= 500, reason is damaged or not-delivered or wrong-item; otherwise needs approval (payments-guardrails/refund-goodwill, payments-guardrails/refund-large) or denied.');
    assert.equal(matrixWhy(workspace, 99_999, 0, PRODUCTION), null);
    assert.deepEqual(matrixWhy(workspace, ...at(workspace, 'refund-assistant', 'call tool:payments/refund'), { ...PRODUCTION, args: { amount: 9 } })?.request, {
      agent: 'refund-assistant', action: 'call', resource: 'tool:payments/refund', environment: 'production', args: { amount: 9 },
    });
  });

  it('tells what a draft may not do apart from what it does not declare', () => {
    const { workspace: small } = given('#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, owner: { team: t }, tools: [s/t, s/other] }\n#- b.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: b }\nspec: { purpose: x, owner: { team: t }, tools: [s/third] }\n');
    assert.deepEqual(matrixCells(small, [0, 1], [0, 1, 2], { environment: null, at: NOW, args: null }), ['ddn', 'nnd']);
    assert.match(matrixWhy(small, 0, 0, { environment: null, at: NOW, args: null })?.line ?? '', /^Denied\. The agent is a draft/);
  });

  it('a cell that does not hang on the arguments has one effect whatever they are', () => {
    const engine = workspace.shared(ENGINE);
    const calls = frame.columns.flatMap((column, index) => (column.action === 'call' ? [index] : []));
    const fixed = frame.agents.flatMap((_, row) => [...(matrixCells(workspace, [row], calls, PRODUCTION)[0] ?? '')].flatMap((one, place) => (one === 'p' || one === 'n' ? [] : [[row, calls[place] ?? 0, one] as const])));
    assert.ok(fixed.length > 10);
    const value = fc.oneof(fc.integer({ min: -10, max: 200_000 }), fc.boolean(), fc.constantFrom('EUR', 'USD', 'goodwill', 'emergency', ''));
    const args = fc.dictionary(fc.constantFrom('amount', 'currency', 'reason', 'priority', 'urgent', 'query', 'to', 'orderId'), value);
    fc.assert(fc.property(fc.constantFrom(...fixed), args, ([row, column, one], given) => {
      const [agent, head] = [frame.agents[row], frame.columns[column]];
      assert.ok(agent && head);
      const { effect } = engine.decide(matrixRequest(agent, head, { environment: 'production', args: given }), { at: NOW, trace: false });
      assert.equal(effect, MATRIX_LETTERS[one as MatrixLetter], `${agent.id} ${head.resource} ${JSON.stringify(given)}`);
    }), { numRuns: 2000 });
  });

  it('says by which rules where words cannot tell which arguments', () => {
    const { workspace: small } = given('#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, owner: { team: t }, lifecycle: production, tools: [s/t] }\n#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: any, effect: allow, actions: [call], resources: ["*"], when: "args.note.endsWith(string(args.n))" }\n    - { id: big, effect: require_approval, actions: [call], when: has(args.n) && args.n > 5, unless: context.cost < 2, approval: { from: [risk] } }\n');
    assert.equal(matrixWhy(small, 0, 0, { environment: null, at: NOW, args: null })?.line, 'The arguments decide: allowed where `args.note.endsWith(string(args.n))` (p/any); needs approval where `has(args.n) && args.n > 5` and not `context.cost < 2` (p/big); otherwise denied.');
  });

  it('a closed gate makes one effect of allowed and needs approval', () => {
    const { workspace: small } = given('#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, owner: { team: t }, lifecycle: production, tools: [s/t], approvals: [{ gate: call, from: [risk] }] }\n#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: any, effect: allow, actions: [call], resources: ["*"] }\n    - { id: big, effect: require_approval, actions: [call], when: has(args.n) && args.n > 5, approval: { from: [risk] } }\n');
    assert.deepEqual(matrixCells(small, [0], [0], { environment: null, at: NOW, args: null }), ['r']);
  });

  it('writes tables and pictures of what is asked for', () => {
    const [row, column] = at(workspace, 'refund-assistant', 'call tool:payments/refund');
    assert.equal(matrixExport(workspace, 'csv', [row], [column], PRODUCTION), 'agent,owner,call tool:payments/refund\r\nrefund-assistant,payments-platform,depends\r\n');
    const svg = matrixExport(workspace, 'svg', [row], [column], { ...PRODUCTION, args: { amount: 900 } }) ?? '';
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<use href="#r" x="256" y="\d+"\/>[\s\S]*<\/svg>\n$/);
    assert.match(svg, /<title>What agents may do in production, arguments \{&quot;amount&quot;:900\}<\/title>/);
    assert.equal(matrixExport(workspace, 'csv', Array.from({ length: 1001 }, () => 0), Array.from({ length: 1000 }, () => 0), PRODUCTION), null);
    assert.equal(matrixCsv([{ action: 'call', resource: 'tool:a,"b"' }], [{ agent: '=cmd', owner: null, effects: ['deny'] }]), 'agent,owner,"call tool:a,""b"""\r\n\'=cmd,,deny\r\n');
    const { workspace: odd } = given('#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: "<a>&\\u0007" }\nspec: { purpose: x, owner: { team: t }, tools: [s/t] }\n');
    assert.match(matrixExport(odd, 'svg', [0], [0], PRODUCTION) ?? '', /&lt;a&gt;&amp;\ufffd/);
  });
});
