// On a virtual file system the client reads for the server: what appears, changes and vanishes there shows in the findings.
import { Uri, workspace } from 'vscode';
import { untilFindings } from '../support/findings';
import { rangeOf, root, show, uriOf, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

describe('a virtual workspace', () => {
  before(() => write('suite.catalog.yaml', CATALOG));

  it('is read, and read again when files come, change and go', async () => {
    const document = await show('suite-virtual.agent.yaml', agent('suite-virtual').replace('suite-team', 'suite-virtual-team'));
    const unknown = [['reference/unknown-team', 'Warning', rangeOf(document, 'suite-virtual-team')]] as const;
    await untilFindings(document, unknown);
    await write('suite-virtual.catalog.yaml', CATALOG.replace('suite-team', 'suite-virtual-team'));
    await untilFindings(document, []);
    await write('suite-virtual.catalog.yaml', CATALOG.replace('suite-team', 'suite-virtual-group'));
    await untilFindings(document, unknown);
    await write('suite-virtual.catalog.yaml', CATALOG.replace('suite-team', 'suite-virtual-team'));
    await untilFindings(document, []);
    await workspace.fs.delete(uriOf('suite-virtual.catalog.yaml'));
    await untilFindings(document, unknown);
  });

  it('follows whole folders', async () => {
    const document = await show('suite-moved.agent.yaml', agent('suite-moved').replace('suite-team', 'suite-moved-team'));
    const unknown = [['reference/unknown-team', 'Warning', rangeOf(document, 'suite-moved-team')]] as const;
    await untilFindings(document, unknown);
    const folder = Uri.joinPath(root(), 'countersign-suite', 'teams');
    await workspace.fs.createDirectory(folder);
    await workspace.fs.writeFile(Uri.joinPath(folder, 'moved.catalog.yaml'), new TextEncoder().encode(CATALOG.replace('suite-team', 'suite-moved-team')));
    await untilFindings(document, []);
    await workspace.fs.delete(folder, { recursive: true });
    await untilFindings(document, unknown);
  });
});
