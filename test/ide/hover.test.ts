// Hover: the words for what stands at `$0`.
import assert from 'node:assert/strict';
import { ide } from '../../server/src/ide';
import { acmeFiles, given, type Given } from './workspace';

const files = acmeFiles();
const acme = given('', files).workspace;

/** The example workspace with the cursor behind the first place of `before`. */
function at(path: string, before: string): Given {
  const workspace = acme;
  const text = workspace.text(path) ?? '';
  const found = text.indexOf(before);
  assert.ok(found >= 0, `${before} does not stand in ${path}`);
  return { workspace, path, text, offset: found + before.length };
}

const REFUND = 'agents/refund-assistant.agent.yaml';
const PAYMENTS = 'policies/payments.policy.yaml';

const CASES: readonly (readonly [title: string, path: string, before: string, span: string | null, words: readonly string[]])[] = [
  ['a key', REFUND, '\n  lifec', 'lifecycle', ['**Lifecycle**', '- `suspended`: Stopped for now', 'Default: `draft`']],
  ['an allowed value', REFUND, 'lifecycle: prod', 'production', ['`production`: In use for real work.']],
  ['a team with its contact', REFUND, 'team: pay', 'payments-platform', ['**Team `payments-platform`** · Payments platform', 'Contact: payments-platform@example.com', 'Declared in `catalog/organisation.catalog.yaml`', 'Used ']],
  ['a tool with its owner and capabilities', REFUND, '    - payments/ref', 'payments/refund', ['Pays an order back', 'Owner: `payments-platform`', 'Capabilities: `changes-state`', 'Takes: `orderId`']],
  ['data with its classification', REFUND, 'source: ord', 'orders-db', ['Classification: confidential']],
  ['an agent, by its manifest', REFUND, 'agent: fraud', 'fraud-check', ['Lifecycle: ', 'Declared in `agents/fraud-check.agent.yaml`']],
  ['a model by the pattern that declares it', REFUND, 'openai/g', 'openai/gpt-5-mini', ['Status: approved', 'Declared by `openai/gpt-5*`']],
  ['a rule of a policy', REFUND, 'rule: payments-guardrails/ref', 'refund-large', ['**Rule `payments-guardrails/refund-large`**', 'Effect: `require_approval`', 'Approval from: `finance-operations`']],
  ['the policy of a rule', REFUND, 'rule: pay', 'payments-guardrails', ['**Policy `payments-guardrails`** · Payments guardrails', 'Holds 12 rules.']],
  ['an on-call', REFUND, 'by: [pay', 'payments-oncall', ['On call for `payments-platform`']],
  ['a queue', REFUND, 'queue: PAY', 'PAY-L2', ['Queue of: `servicenow`']],
  ['a day in the past', REFUND, 'lastRun: 2026-11', '2026-11-16', ['Monday, 16 November 2026, 6 days ago.']],
  ['a day on which something ends', PAYMENTS, 'expires: 2027', '2027-01-05', ['Tuesday, 5 January 2027, in 44 days. It holds through the end of that day, UTC.']],
  ['a duration', REFUND, 'within: 6', '60s', ['1 minute.']],
  ['a pattern', PAYMENTS, '"tool:payments/*', 'payments/*', ['Matches 3 names: `payments/get-transaction`, `payments/payout`, `payments/refund`.']],
  ['an argument in a condition', PAYMENTS, 'when: args.am', 'amount', ['**`args.amount`**', 'number']],
  ['a variable of the policy', PAYMENTS, 'when: variables.la', 'large', ['**`variables.large`** · boolean']],
  ['a function in a condition', PAYMENTS, '>= timest', 'timestamp', ['timestamp']],
  ['a server of a configuration', '.vscode/mcp.json', '"servers": {\n    "pay', 'payments', ['**Tool server `payments`**, as `.vscode/mcp.json` configures it', 'Owner: ']],
  ['free text', REFUND, 'Resolve refund req', 'Resolve refund requests that customer support has accepted, up to the limit that finance set.', ['**Purpose**']],
  ['nothing between entries', REFUND, 'kind: Agent', 'Agent', ['**Kind**']],
];

describe('ide hover', () => {
  for (const [title, path, before, span, words] of CASES) {
    it(title, () => {
      const place = at(path, before);
      const found = ide.hover?.(place.workspace, path, place.offset) ?? null;
      assert.equal(found && place.text.slice(found.span.start, found.span.end).replace(/^"|"$/g, ''), span);
      for (const word of words) assert.ok(found?.markdown.includes(word), `${word}\nis not in\n${found?.markdown}`);
    });
  }

  it('what is not known is called unknown', () => {
    const { workspace, path, offset } = given('#- c.catalog.yaml\napiVersion: countersign/v1\nkind: Catalog\nspec: { tools: { a/b: {} } }\n#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, owner: { team: nobody }, tools: [a/$0b] }\n');
    const markdown = ide.hover?.(workspace, path, offset)?.markdown ?? '';
    assert.ok(markdown.includes('Owner: unknown') && markdown.includes('Capabilities: unknown'), markdown);
    const team = ide.hover?.(workspace, path, (workspace.text(path) ?? '').indexOf('nobody') + 1)?.markdown ?? '';
    assert.ok(team.includes('Nothing in this workspace declares it'), team);
  });

  it('no hover in free space and in files of nobody', () => {
    const { workspace } = given('#- a.agent.yaml\napiVersion: countersign/v1\n\n\n#- other.yaml\na: b\n');
    assert.equal(ide.hover?.(workspace, 'a.agent.yaml', 28), null);
    assert.equal(ide.hover?.(workspace, 'other.yaml', 1), null);
    assert.equal(ide.hover?.(workspace, 'missing.yaml', 1), null);
  });

  it('reads aloud well: no empty labels, no doubled blanks, no undefined', () => {
    for (const [path] of files) {
      const text = acme.text(path) ?? '';
      for (let offset = 0; offset < text.length; offset += 101) {
        const markdown = ide.hover?.(acme, path, offset)?.markdown;
        if (markdown === undefined) continue;
        assert.ok(!/undefined|null\b|\[object|: $|: \n|``(?! )/m.test(markdown.replace(/`[^`]*`/g, '`x`')), `${path} ${offset}\n${markdown}`);
      }
    }
  });
});
