// The simulator's command over the real server: decisions of unsaved text, and errors that name the field.
import { commands } from 'vscode';
import { equal, ok, until } from '../support/check';
import { clean, replace, show, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

interface Answer {
  readonly decision?: { readonly effect: string; readonly rules: readonly { readonly name: string }[] };
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
const effectOf = async (amount: number): Promise<string | undefined> => (await simulate({ amount }))?.decision?.effect;

describe('simulator', () => {
  before(async () => {
    // rules that other suites wrote, malformed ones too, deny what is allowed here
    await clean();
    await write('suite.catalog.yaml', CATALOG);
    await write('suite-payer.agent.yaml', agent('suite-payer', '  lifecycle: production\n  tools: [suite/pay]\n'));
  });

  it('decides, and says by which rule', async () => {
    const document = await show('suite-simulated.policy.yaml', POLICY);
    let last: Answer | undefined;
    await until('the decision', async () => (last = await simulate({ amount: 500 }))?.decision?.effect === 'allow', () => last);
    equal((await simulate({ amount: 6000 }))?.decision?.rules.map((rule) => rule.name), ['never']);
    await replace(document, '<= 500', '<= 400');
    equal(await effectOf(500), 'deny');
  });

  it('names the field that is wrong', async () => {
    equal((await simulate({ amount: 1 }, { context: { time: 'tomorrow' } }))?.error?.field, 'context.time');
  });

  it('opens without a request', async () => {
    ok((await commands.executeCommand('countersign.simulate')) === undefined, 'nothing was asked');
  });
});
