// "Compare Decisions With…": against what.
import { QuickPickItemKind, window, workspace, type QuickPickItem } from 'vscode';
import type { Choice } from './base';
import type { Bases } from './bases';
import { commitOf, mergeBaseOf, refsOf } from './git';

interface Item extends QuickPickItem {
  readonly choice?: Choice | 'other';
}

const TITLE = 'Countersign: Compare Decisions With';

/** Undefined where nothing was chosen. */
export async function chooseBase(bases: Bases): Promise<Choice | undefined> {
  const git = await bases.gitHere();
  const folders = workspace.workspaceFolders ?? [];
  const repository = folders.map(({ uri }) => git?.repositoryOf(uri) ?? null).find((one) => one !== null) ?? null;
  const current = JSON.stringify(bases.choice);
  const item = (label: string, choice: Choice, description = ''): Item => ({ label, choice, description: [description, JSON.stringify(choice) === current ? 'current' : ''].filter(Boolean).join(' · ') });
  const items: Item[] = [];
  if (repository) {
    const merge = await mergeBaseOf(repository);
    items.push(item('$(git-merge) Merge base', { kind: 'auto' }, merge ? `where this branch left ${merge.label}` : 'this is the main branch: the last commit'));
    items.push(item('$(git-commit) Last commit', { kind: 'head' }, 'HEAD'));
    items.push({ label: '$(git-branch) Branch, tag or commit…', choice: 'other' });
  }
  items.push(item('$(save) Last saved text', repository ? { kind: 'saved' } : { kind: 'auto' }, repository ? '' : 'there is no Git here'));
  if (folders.length > 1) {
    items.push({ label: 'Another folder', kind: QuickPickItemKind.Separator });
    for (const { name, uri } of folders) items.push(item(`$(folder) ${name}`, { kind: 'folder', uri: uri.toString() }));
  }
  items.push({ label: '', kind: QuickPickItemKind.Separator }, item('$(circle-slash) Nothing', { kind: 'off' }, 'decisions are not compared'));
  const chosen = await window.showQuickPick(items, { title: TITLE, placeHolder: 'The state before' });
  if (chosen?.choice !== 'other') return chosen?.choice;
  if (!repository) return undefined;
  const refs = await refsOf(repository);
  const named = await window.showQuickPick([...refs.map((ref): QuickPickItem => ({ label: ref })), { label: '$(edit) Type a revision…', alwaysShow: true }], { title: TITLE, placeHolder: 'Branch or tag' });
  if (!named) return undefined;
  const ref = refs.includes(named.label)
    ? named.label
    : await window.showInputBox({ title: TITLE, prompt: 'A revision, such as v1.2, HEAD~3 or a commit', validateInput: async (text) => ((await commitOf(repository, text.trim())) === null ? 'This repository has no such revision.' : undefined) });
  return ref ? { kind: 'ref', ref: ref.trim() } : undefined;
}
