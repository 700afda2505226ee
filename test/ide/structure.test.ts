// Outline, symbols, folding, selection: what follows from the structure of the text.
import assert from 'node:assert/strict';
import { ide, type DocumentSymbol } from '../../server/src/ide';
import { acmeFiles, given } from './workspace';

const outline = (symbols: readonly DocumentSymbol[], depth = 0): string[] => symbols.flatMap((one) => [`${'  '.repeat(depth)}${one.name} (${one.kind}${one.detail ? `: ${one.detail}` : ''})`, ...outline(one.children, depth + 1)]);

describe('ide structure', () => {
  it('the outline of documents in one file', () => {
    const { workspace, path } = given(`#- x.policy.yaml
apiVersion: countersign/v1
kind: Policy
metadata: { name: rails }
spec:
  variables: { large: args.amount > 5 }
  rules:
    - { id: one, effect: deny }
    - effect: allow
---
apiVersion: countersign/v1
kind: Catalog
spec: { teams: { pay: { title: Payments } }, tools: { a/b: { owner: pay } } }
---
apiVersion: countersign/v1
kind: PolicyTest
spec:
  cases:
    - { name: first, request: {}, expect: { effect: deny } }
---
apiVersion: apps/v1
kind: Deployment
`);
    assert.deepEqual(outline(ide.documentSymbols?.(workspace, path) ?? []), [
      'rails (document: Policy)', '  variables (group)', '    large (variable: args.amount > 5)', '  one (rule: deny)', '  (no name) (rule: allow)',
      'Catalog (document: Catalog)', '  teams (group)', '    pay (name: Payments)', '  tools (group)', '    a/b (tool: pay)',
      'PolicyTest (document: PolicyTest)', '  first (case: deny)',
    ]);
  });

  it('the outline of an agent, of a foreign agent and of a configuration', () => {
    const { workspace } = given('', acmeFiles());
    const agent = outline(ide.documentSymbols?.(workspace, 'agents/refund-assistant.agent.yaml') ?? []);
    assert.equal(agent[0], 'refund-assistant (agent: Agent)');
    assert.ok(agent.includes('    payments/refund (name)') && agent.includes('  lifecycle (field: production)'), agent.join('\n'));
    assert.ok(outline(ide.documentSymbols?.(workspace, '.github/agents/refund-assistant.agent.md') ?? []).length > 1);
    assert.ok(outline(ide.documentSymbols?.(workspace, '.vscode/mcp.json') ?? []).some((line) => line.startsWith('payments (group')));
  });

  it('every selection lies in its whole, every child in its parent', () => {
    const files = acmeFiles();
    const { workspace } = given('', files);
    const check = (symbols: readonly DocumentSymbol[], from: number, to: number, where: string): void => {
      for (const { span, selection, children, name } of symbols) {
        assert.ok(from <= span.start && span.end <= to && span.start <= selection.start && selection.end <= span.end, `${where} ${name}`);
        check(children, span.start, span.end, where);
      }
    };
    for (const [path, text] of files) check(ide.documentSymbols?.(workspace, path) ?? [], 0, text.length, path);
  });

  it('symbols of the workspace by a few letters', () => {
    const { workspace } = given('', acmeFiles());
    const names = (query: string): string[] => (ide.workspaceSymbols?.(workspace, query) ?? []).map(({ name, container }) => `${name} in ${container}`);
    assert.equal(names('refund-assistant')[0], 'refund-assistant in agent');
    assert.ok(names('rfndlrg').includes('refund-large in payments-guardrails'));
    assert.ok(names('').length > 50 && names('').length <= 256);
    assert.deepEqual(names('zzzzz'), []);
  });

  it('folding of documents, maps, lists, texts and comments', () => {
    const { workspace, path, text } = given('#- a.agent.yaml\n# one\n# two\napiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: a\nspec:\n  purpose: >\n    long\n    text\n  owner: { team: t }\n  tools:\n    - ref: a/b\n      reason: x\n\n---\napiVersion: countersign/v1\nkind: Catalog\n');
    const folds = (ide.folding?.(workspace, path) ?? []).map(({ span, kind }) => `${text.slice(0, span.start).split('\n').length - 1}-${text.slice(0, span.end).split('\n').length - 1}${kind ? ` ${kind}` : ''}`);
    assert.deepEqual(folds.sort(), ['0-1 comment', '0-13 region', '11-13', '12-13', '15-17 region', '4-5', '6-13', '7-9']);
  });

  it('selection grows from the word over value and pair to the document, in conditions over the expression', () => {
    const { workspace, path, text, offset } = given('#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - id: x\n      when: "args.amou$0nt > 5 && true"\n---\nkind: x\n');
    const spans = (ide.selectionRanges?.(workspace, path, [offset])[0] ?? []).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(spans.slice(0, 6), ['amount', 'args.amount', 'args.amount > 5', 'args.amount > 5 && true', '"args.amount > 5 && true"', 'when: "args.amount > 5 && true"']);
    assert.equal(spans.at(-1), text);
    spans.slice(1).forEach((span, i) => assert.ok(span.includes(spans[i] ?? '') && span.length > (spans[i] ?? '').length));
  });

  it('new documents of each kind are valid as they stand', () => {
    const { workspace } = given('#- agents/one.agent.yaml\n');
    assert.deepEqual(ide.newDocument?.(workspace, 'Agent', 'One')?.path, 'agents/one-2.agent.yaml');
    assert.equal(ide.newDocument?.(workspace, 'Nothing', 'x'), null);
    for (const kind of ['Agent', 'Catalog', 'Policy', 'Standard', 'PolicyTest', 'SnippetLibrary']) {
      const made = ide.newDocument?.(workspace, kind, 'My first: thing');
      assert.ok(made && /^[\w/]*my-first-thing\.\w+\.yaml$/.test(made.path), made?.path);
    }
  });
});
