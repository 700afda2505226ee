// Whose files are, in place: the status bar for the open file, the Explorer's decorations, "Show Owner".
import { commands, Range, Uri, window, type Disposable } from 'vscode';
import { OWNERSHIP_CHANGED } from '../../../server/src/protocol';
import type { Server } from '../server';
import { Owners } from './owners';
import { OwnerDecorations } from './decorations';
import { OwnerStatus } from './status-item';

const SHOW = 'countersign.showOwner';

export function registerOwnership(server: Server): Disposable[] {
  const owners = new Owners(server);
  const decorations = new OwnerDecorations(owners);
  const status = new OwnerStatus(owners, SHOW);
  const changed = (): void => {
    owners.forget();
    decorations.changed();
    void status.refresh();
  };
  return [
    owners, decorations, status,
    window.registerFileDecorationProvider(decorations),
    window.onDidChangeActiveTextEditor(() => void status.refresh()),
    server.onRunning(changed),
    server.client.onNotification(OWNERSHIP_CHANGED, changed),
    commands.registerCommand(SHOW, (uri?: unknown) => showOwner(owners, uri)),
  ];
}

/** Goes where the owner of a file is said; without an argument, of the file that is open. Resolves to the owner. */
async function showOwner(owners: Owners, given: unknown): Promise<string | null> {
  const uri = typeof given === 'string' ? given : given instanceof Uri ? given.toString() : window.activeTextEditor?.document.uri.toString();
  const found = uri === undefined ? null : await owners.of(uri);
  if (!found) {
    void window.showInformationMessage('No file is open that holds an agent or a document of Countersign, so there is no owner to show.');
    return null;
  }
  if (!found.learned) {
    void window.showInformationMessage('Nobody owns this: no manifest, no metadata of the file, no Backstage component and no line of CODEOWNERS names an owner. Name one.');
    return null;
  }
  const { start, end } = found.learned.range;
  await window.showTextDocument(Uri.parse(found.learned.uri, true), { selection: new Range(start.line, start.character, end.line, end.character) });
  return found.owner;
}
