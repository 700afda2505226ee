// PolicyTests over the real server: run by the command of their code lenses, from unsaved text; the lenses that the editor draws.
import { commands, workspace, type CodeLens, type TextDocument } from 'vscode';
import { equal, ok, until } from '../support/check';
import { replace, root, show, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

interface Result {
  readonly uri: string;
  readonly id: string;
  readonly passed: boolean;
  readonly message: string;
  readonly trace: string;
}

const POLICY = `apiVersion: countersign/v1
kind: Policy
metadata: { name: suite-tested, owner: suite-team }
spec:
  rules:
    - { id: small, effect: allow, actions: [call], resources: ["tool:suite/tested"], when: args.amount <= 500 }
`;

const TEST = `apiVersion: countersign/v1
kind: PolicyTest
metadata: { name: suite-tests }
spec:
  policies: [suite-tested]
  cases:
    - name: a small amount
      request: { agent: suite-tester, action: call, resource: "tool:suite/tested", args: { amount: 450 } }
      expect: allow
    - name: a large amount
      request: { agent: suite-tester, action: call, resource: "tool:suite/tested", args: { amount: 900 } }
      expect: deny
`;

const run = (...of: unknown[]): Thenable<readonly Result[]> => commands.executeCommand('countersign.runTest', ...of);
const lensesOf = async (document: TextDocument): Promise<readonly string[]> =>
  ((await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri)) ?? []).map(({ range, command }) => `${range.start.line} ${command?.title.replace(/^[1-9]\d* agents?$/, 'agents')}`).filter((shown) => !shown.includes(' Owned by ')).sort();

describe('tests', () => {
  let policy: TextDocument;
  let test: TextDocument;

  before(async () => {
    await write('suite.catalog.yaml', CATALOG);
    await write('suite-tester.agent.yaml', agent('suite-tester', '  lifecycle: production\n  tools: [suite/tested]\n'));
    policy = await show('suite-tested.policy.yaml', POLICY);
    test = await show('suite-tests.policytest.yaml', TEST);
  });

  it('pass all cases of the workspace', async () => {
    let last: readonly Result[] = [];
    const own = (): readonly Result[] => last.filter(({ uri }) => uri.includes('/countersign-suite/'));
    await until('the cases', async () => (last = await run()) && own().length === 2 && last.every((one) => one.passed), () => [last.length, last.find((one) => !one.passed)]);
    const example = await workspace.fs.stat(root().with({ path: `${root().path}/policies/payments.policytest.yaml` })).then(() => true, () => false);
    // the web suite begins with an empty folder
    if (example) equal(last.length - own().length, 110);
  });

  it('fail with the first edit that breaks them, and say why', async () => {
    await replace(policy, '<= 500', '<= 400');
    const uri = test.uri.toString();
    const found = await run(uri, ['a small amount', 'a large amount']);
    equal(found.map(({ id, passed }) => [id, passed]), [['a small amount', false], ['a large amount', true]]);
    equal(found[0]?.message, 'effect: expected allow, got deny');
    ok(found[0]?.trace.includes('suite-tested/small (when)'), `the trace names the rule: ${found[0]?.trace}`);
    await replace(policy, '<= 400', '<= 500');
    equal((await run(uri, ['a small amount'])).map(({ passed }) => passed), [true]);
  });

  it('have their code lenses, which a setting switches off one by one', async () => {
    let last: readonly string[] = [];
    const untilDrawn = (document: TextDocument, wanted: readonly string[]): Promise<unknown> =>
      until('the lenses', async () => (last = await lensesOf(document)).join() === wanted.join(), () => last);
    await untilDrawn(test, ['0 Run all 2', '6 Run', '9 Run']);
    const counts = ['5 1 test', '5 Simulate', '5 agents'];
    await untilDrawn(policy, counts);
    const settings = workspace.getConfiguration('countersign');
    try {
      await settings.update('lenses', { run: false }, false);
      await untilDrawn(test, []);
      await untilDrawn(policy, counts);
      await settings.update('lenses', { simulate: false }, false);
      await untilDrawn(policy, counts.filter((title) => title !== '5 Simulate'));
      await settings.update('lenses', { simulate: false, agents: false, tests: false }, false);
      await untilDrawn(policy, []);
    } finally {
      await settings.update('lenses', undefined, false);
    }
  });

  it('lead from a rule to the simulator', async () => {
    await commands.executeCommand('countersign.simulateHere', policy.uri.toString(), 0, 0);
  });
});
