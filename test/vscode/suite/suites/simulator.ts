// The simulator's command over the real server: decisions of unsaved text, and errors that name the field.
import { commands } from 'vscode';
import { equal, ok, until } from '../support/check';
import { replace, show, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

interface Answer {
  readonly decision?: { readonly effect: string; readonly matched: readonly { readonly id: string; readonly label: string }[] };
  readonly error?: { readonly field: string };
}

const POLICY = `apiVersion: countersign/v1
kind: Policy
metadata: { name: suite-simulated, owner: suite-team }
spec:
  rules:
    - { id: small, effect: allow, actions: [call], resources: ["tool:suite/pay"], when: args.amount <= 500 }
    - { id: never, effect: deny, actions: [call], resources: ["tool:suite/pay"], when: args.amount > 5000 }
`;

const simulate = (args: object, more: object = {}): Thenable<Answer | undefined> =>
  commands.executeCommand('countersign.simulate', { agent: 'suite-payer', action: 'call', resource: 'tool:suite/pay', args, ...more });

/** The rules of this suite that matched: those of other suites may deny what is allowed here. */
async function matched(amount: number): Promise<readonly string[]> {
  const rules = (await simulate({ amount }))?.decision?.matched ?? [];
  return rules.filter(({ id }) => id.startsWith('suite-simulated/')).map(({ id, label }) => `${id} ${label}`);
}

describe('simulator', () => {
  before(async () => {
    await write('suite.catalog.yaml', CATALOG);
    await write('suite-payer.agent.yaml', agent('suite-payer', '  lifecycle: production\n  tools: [suite/pay]\n'));
  });

  it('decides by unsaved text, and says by which rule', async () => {
    const document = await show('suite-simulated.policy.yaml', POLICY);
    const small = ['suite-simulated/small suite-simulated.policy.yaml:6'];
    let last: readonly string[] = [];
    await until('the decision', async () => (last = await matched(500)).join() === small.join(), () => last);
    equal(await matched(6000), ['suite-simulated/never suite-simulated.policy.yaml:7']);
    equal((await simulate({ amount: 6000 }))?.decision?.effect, 'deny');
    await replace(document, '<= 500', '<= 400');
    equal(await matched(500), []);
    equal(await matched(400), small);
  });

  it('names the field that is wrong', async () => {
    equal((await simulate({ amount: 1 }, { context: { time: 'tomorrow' } }))?.error?.field, 'context.time');
  });

  it('opens without a request', async () => {
    ok((await commands.executeCommand('countersign.simulate')) === undefined, 'nothing was asked');
  });
});
