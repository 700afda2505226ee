// In a workspace that is not trusted the extension works all the same, within the workspace's own files.
import { extensions, workspace } from 'vscode';
import { equal, until } from '../support/check';
import { untilFindings } from '../support/findings';
import { rangeOf, replace, show, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

describe('a workspace that is not trusted', () => {
  it('has the extension and its findings', async () => {
    equal(workspace.isTrusted, false);
    await write('suite.catalog.yaml', CATALOG);
    const document = await show('suite-untrusted.agent.yaml', agent('suite-untrusted', '  lifecycle: produktion\n'));
    await until('the extension to be active', () => extensions.getExtension('countersign.countersign')?.isActive);
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'produktion')]]);
    await replace(document, 'produktion', 'production');
    await untilFindings(document, []);
  });
});
