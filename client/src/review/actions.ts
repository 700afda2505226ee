// What can be done with a change: open it, simulate its witness, accept it with a reason, make a test of it.
import { Position, Range, Uri, commands, window, workspace, WorkspaceEdit, type Memento } from 'vscode';
import { REVIEW_ACCEPT, type ReviewAcceptParams, type ReviewAcceptResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';
import { saveAsTest } from '../simulator/save';
import type { Placed } from './model';

/** where the editor remembers who accepts */
const PERSON = 'countersign.review.by';
const TITLE = 'Countersign: Accept This Change';

/** Goes to the rule, and shows the witness on both sides. */
export async function openChange(placed: Placed, part = 0): Promise<void> {
  const { place } = placed.change;
  if (place) {
    const { start, end } = place.range;
    await window.showTextDocument(Uri.parse(place.uri, true), { selection: new Range(start.line, start.character, end.line, end.character), preserveFocus: true });
  }
  const witness = placed.change.parts[part]?.witness ?? placed.change.witness;
  if (witness !== null) await simulateChange({ ...placed, change: { ...placed.change, witness } });
}

const NO_EXAMPLE = 'No request was found that shows this change: there is none to simulate or test.';

export async function simulateChange({ folder, change }: Placed): Promise<unknown> {
  if (change.witness === null) return tell(window.showInformationMessage, NO_EXAMPLE, []);
  return commands.executeCommand('countersign.simulate', change.witness, folder, { compare: true });
}

export async function testChange(server: Server, { folder, change }: Placed): Promise<void> {
  if (change.witness === null) return tell(window.showInformationMessage, NO_EXAMPLE, []);
  await saveAsTest(server, { folder, request: change.witness });
}

/** Resolves to true where it was written. `given`: what would be asked for else. */
export async function acceptChange(server: Server, memory: Memento, { folder, change }: Placed, given?: { readonly reason: string; readonly by: string }): Promise<boolean> {
  const reason = given?.reason ?? (await window.showInputBox({ title: TITLE, prompt: change.sentence, placeHolder: 'Why is this right?', validateInput: (text) => (text.trim() === '' ? 'An acceptance has a reason.' : undefined), ignoreFocusOut: true }));
  if (!reason) return false;
  const by = given?.by ?? (await window.showInputBox({ title: TITLE, prompt: 'Who accepts it', value: memory.get<string>(PERSON, ''), validateInput: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'The name of a person, without blanks, as the Catalog has it.'), ignoreFocusOut: true }));
  if (!by) return false;
  if (!given) await memory.update(PERSON, by.trim());
  const params: ReviewAcceptParams = { folder, key: change.key, reason: reason.trim(), by: by.trim() };
  const found = await server.ask<ReviewAcceptResult>(REVIEW_ACCEPT, params);
  if (!found) {
    tell(window.showWarningMessage, 'This change is not there any longer, so there is nothing to accept.', []);
    return false;
  }
  if ('message' in found) {
    tell(window.showWarningMessage, found.message, []);
    return false;
  }
  const uri = Uri.parse(found.uri, true);
  const edit = new WorkspaceEdit();
  if (found.create) edit.createFile(uri, { ignoreIfExists: true });
  const { start, end } = found.range;
  edit.replace(uri, new Range(new Position(start.line, start.character), new Position(end.line, end.character)), found.newText);
  if (!(await workspace.applyEdit(edit))) {
    tell(window.showErrorMessage, `\`${workspace.asRelativePath(uri)}\` could not be changed; it may be read-only.`, ['Show Output']);
    return false;
  }
  await (await workspace.openTextDocument(uri)).save();
  tell(window.showInformationMessage, `Accepted in \`${workspace.asRelativePath(uri)}\`. Commit it: CI reads it.`, []);
  return true;
}
