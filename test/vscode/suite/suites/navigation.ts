// From names to their places and to other names, in the real editor: rename with files that move, the hierarchy of delegation, completion that knows who may approve.
import { commands, CompletionItemKind, workspace, type CallHierarchyIncomingCall, type CallHierarchyItem, type CallHierarchyOutgoingCall, type CompletionList, type DocumentHighlight, type Location, type LocationLink, type Position, type TextDocument, type Uri, WorkspaceEdit } from 'vscode';
import { equal, ok, until } from '../support/check';
import { inScratch, rangeOf, show, showAt, uriOf, write } from '../support/scratch';
import { agent, CATALOG, policy } from '../support/texts';

const MORE = `${CATALOG}    suite-desk: { title: Suite desk }
  roles: { suite-role: { description: Of the suite. } }
  tools: { suite-till/refund: { owner: suite-team }, suite-till/list: { owner: suite-team } }
`;
const FILE_OF_B = '.github/agents/suite-nav-b.agent.md';

const at = async <T>(command: string, document: TextDocument, part: string, ...more: unknown[]): Promise<T> => commands.executeCommand<T>(command, document.uri, rangeOf(document, part).start.translate(0, 1), ...more);
const uriIn = (place: Location | LocationLink): Uri => ('uri' in place ? place.uri : place.targetUri);
const names = (places: readonly (Location | LocationLink)[] | undefined): string[] => [...new Set((places ?? []).map((place) => uriIn(place).path.split('/').at(-1) ?? ''))].sort();

async function labels(uri: Uri, position: Position): Promise<string[]> {
  const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', uri, position);
  return list.items.filter(({ kind }) => kind !== CompletionItemKind.Text).map(({ label }) => (typeof label === 'string' ? label : label.label));
}

describe('navigation', () => {
  let a: TextDocument;
  before(async () => {
    await write('suite-nav.catalog.yaml', MORE);
    await write(FILE_OF_B, '---\ndescription: Suite.\ntools: []\n---\n');
    await write('suite-nav-b.agent.yaml', agent('suite-nav-b', `  definition: ${inScratch(FILE_OF_B)}\n`));
    await write('suite-nav.policy.yaml', policy('suite-nav', "'\"suite-role\" in agent.roles'"));
    a = await show('suite-nav-a.agent.yaml', agent('suite-nav-a', '  roles: [suite-role]\n  tools: [suite-till/refund]\n  delegates: [suite-nav-b]\n'));
  });

  it('leads from a role to its declaration, its agents and its uses', async () => {
    const asked: readonly (readonly [string, string[]])[] = [
      ['vscode.executeDeclarationProvider', ['suite-nav.catalog.yaml']],
      ['vscode.executeImplementationProvider', ['suite-nav-a.agent.yaml']],
      ['vscode.executeReferenceProvider', ['suite-nav-a.agent.yaml', 'suite-nav.catalog.yaml', 'suite-nav.policy.yaml']],
    ];
    for (const [command, wanted] of asked) {
      let last: string[] = [];
      await until(command, async () => JSON.stringify((last = names(await at<Location[]>(command, a, 'suite-role')))) === JSON.stringify(wanted), () => last);
    }
    ok((await at<DocumentHighlight[]>('vscode.executeDocumentHighlights', a, 'suite-role')).length > 0, 'highlights');
  });

  it('shows who hands work to whom', async () => {
    let item: CallHierarchyItem | undefined;
    await until('the agent', async () => (item = (await at<CallHierarchyItem[]>('vscode.prepareCallHierarchy', a, 'suite-nav-b'))[0]));
    ok(item, 'an item');
    const incoming = await commands.executeCommand<CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', item);
    // the workspace around has agents that may hand work to anybody
    const caller = incoming.find(({ from }) => from.name === 'suite-nav-a');
    ok(caller, incoming.map(({ from }) => from.name).join(', '));
    const outgoing = await commands.executeCommand<CallHierarchyOutgoingCall[]>('vscode.provideOutgoingCalls', caller.from);
    equal(outgoing.map(({ to }) => to.name), ['suite-nav-b', 'suite-till/refund']);
  });

  it('renames a tool in every file', async () => {
    const edit = await at<WorkspaceEdit>('vscode.executeDocumentRenameProvider', a, 'refund', 'reimburse');
    equal(edit.entries().map(([uri, edits]) => [uri.path.split('/').at(-1), edits.map(({ newText }) => newText)]).sort(), [['suite-nav-a.agent.yaml', ['suite-till/reimburse']], ['suite-nav.catalog.yaml', ['suite-till/reimburse']]]);
  });

  it('renames an agent together with its file', async () => {
    const edit = await at<WorkspaceEdit>('vscode.executeDocumentRenameProvider', a, 'suite-nav-b', 'suite-nav-c');
    ok(await workspace.applyEdit(edit), 'the edit was applied');
    ok(a.getText().includes('delegates: [suite-nav-c]'), a.getText());
    await workspace.fs.stat(uriOf(FILE_OF_B.replace('nav-b', 'nav-c')));
    await workspace.saveAll(false);
  });

  it('lets the paths that lead to a moved file follow', async () => {
    const document = await show('suite-nav-d.agent.yaml', agent('suite-nav-d', `  definition: ${inScratch('bots/d.md')}\n`));
    const from = await write('bots/d.md', '---\ndescription: Suite.\n---\n');
    const edit = new WorkspaceEdit();
    edit.renameFile(from, uriOf('moved/e.md'));
    ok(await workspace.applyEdit(edit), 'the move was done');
    await until('the path', () => document.getText().includes(inScratch('moved/e.md')), () => document.getText());
    await workspace.saveAll(false);
  });

  it('says why a name cannot be taken', async () => {
    let said = '';
    await at<WorkspaceEdit>('vscode.executeDocumentRenameProvider', a, 'suite-role', 'a"b').then(undefined, (error: unknown) => (said = String(error)));
    ok(said.includes('holds a sign that names do not have'), said);
  });

  it('offers who may approve, and not the owner', async () => {
    const { document, at: cursor } = await showAt('suite-approve.agent.yaml', agent('suite-approve', '  approvals: [{ gate: deploy, from: [¦] }]\n'));
    let last: string[] = [];
    await until('the other team', async () => (last = await labels(document.uri, cursor)).includes('suite-desk'), () => last);
    ok(!last.includes('suite-team') && !last.includes('team:suite-team'), `the owner is not offered: ${last.join(', ')}`);
  });

  it('offers names inside a condition', async () => {
    const { document, at: cursor } = await showAt('suite-in-condition.policy.yaml', policy('suite-in-condition', "'agent.team == \"¦\"'"));
    let last: string[] = [];
    await until('the teams', async () => (last = await labels(document.uri, cursor)).includes('suite-desk'), () => last);
  });
});
