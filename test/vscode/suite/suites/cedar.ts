// Cedar in the editor: its engine is loaded when a folder holds Cedar, in a worker of the browser too.
import { untilFindings } from '../support/findings';
import { rangeOf, replace, show } from '../support/scratch';

describe('Cedar', () => {
  it('a fault stands at its characters, and goes when it is mended', async () => {
    const document = await show('suite-refunds.cedar', 'permit(\n  principal is AgentCore::OAuthUser,\n  action == AgentCore::Action::"Refunds___issue",\n  resource == AgentCore::Gateway::"arn:aws:x"\n) when { foo(1) };\n');
    await untilFindings(document, [['format/agentcore/syntax', 'Error', rangeOf(document, 'foo(1)')]]);
    await replace(document, 'foo(1)', 'context.input.amount < 500');
    await untilFindings(document, []);
  });
});
