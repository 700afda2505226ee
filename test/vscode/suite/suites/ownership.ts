// Whose things are, over the real server: hints, the lens, the command that goes where the owner is said, the settings that switch them off.
import { commands, Position, Range, window, workspace, type CodeLens, type InlayHint, type TextDocument } from 'vscode';
import { equal, until } from '../support/check';
import { rangeOf, show, uriOf, write } from '../support/scratch';

const CATALOG = `apiVersion: countersign/v1
kind: Catalog
spec:
  teams:
    suite-owners: { members: [suite-ann, suite-bob], oncall: suite-duty }
    suite-risk: { members: [suite-cid] }
  tools:
    suite-owned/tool: { owner: suite-risk }
`;
const AGENT = `apiVersion: countersign/v1
kind: Agent
metadata: { name: suite-owned }
spec:
  purpose: Shows whose things are.
  owner: { team: suite-owners }
  lifecycle: production
  tools: [suite-owned/tool]
  approvals:
    - { gate: deploy, from: [suite-risk] }
`;

const hintsOf = async (document: TextDocument): Promise<readonly string[]> => {
  const found = (await commands.executeCommand<readonly InlayHint[]>('vscode.executeInlayHintProvider', document.uri, new Range(new Position(0, 0), document.lineAt(document.lineCount - 1).range.end))) ?? [];
  return [...found].sort((a, b) => a.position.compareTo(b.position)).map(({ label }) => (typeof label === 'string' ? label : label.map((part) => part.value).join('')));
};
const ownerLens = async (document: TextDocument): Promise<string | undefined> => {
  const found = (await commands.executeCommand<readonly CodeLens[]>('vscode.executeCodeLensProvider', document.uri)) ?? [];
  return found.find(({ command }) => command?.command === 'countersign.showOwner')?.command?.title;
};

describe('ownership', () => {
  let document: TextDocument;
  before(async () => {
    await write('suite-owners.catalog.yaml', CATALOG);
    document = await show('suite-owned.agent.yaml', AGENT);
  });

  it('stands behind names, and a setting switches each kind of hint off', async () => {
    const expect = async (wanted: readonly string[]): Promise<void> => {
      let last: readonly string[] = [];
      await until('the hints', async () => (last = await hintsOf(document)).join() === wanted.join(), () => last);
    };
    await expect(['suite-risk', 'not approved yet', 'suite-cid']);
    const settings = workspace.getConfiguration('countersign');
    try {
      await settings.update('hints', { owners: false, approvals: false }, false);
      await expect(['suite-cid']);
    } finally {
      await settings.update('hints', undefined, false);
    }
    await expect(['suite-risk', 'not approved yet', 'suite-cid']);
  });

  it('stands over the document', async () => {
    let last: string | undefined;
    await until('the lens', async () => /^Owned by suite-owners · on call: suite-duty · .*changes need suite-risk/.test((last = await ownerLens(document)) ?? ''), () => last);
  });

  it('is gone to', async () => {
    await show('suite-owners.catalog.yaml', CATALOG);
    equal(await commands.executeCommand('countersign.showOwner', uriOf('suite-owned.agent.yaml').toString()), 'suite-owners');
    const editor = window.activeTextEditor;
    equal([editor?.document.uri.path.split('/').at(-1), editor?.selection.start.line], ['suite-owned.agent.yaml', rangeOf(document, 'team: suite-owners').start.line]);
  });
});
