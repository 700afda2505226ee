// "Insert Snippet…": all snippets to search in, those that fit at the cursor first, each shown beside as it would stand there.
import { commands, env, QuickPickItemKind, Range, SnippetString, TabInputText, ThemeIcon, ViewColumn, window, workspace, type Disposable, type QuickInputButton, type QuickPickItem, type TextEditor, type Uri } from 'vscode';
import { SNIPPETS, type SnippetItem, type SnippetsParams, type SnippetsResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import { YAML } from '../documents';
import type { Server } from '../server';
import { currentFolder } from '.';
import type { Texts } from './texts';

interface Item extends QuickPickItem {
  readonly snippet?: SnippetItem;
}

const PREVIEW = 'preview.yaml';
const WITH_ORIGIN: QuickInputButton = { iconPath: new ThemeIcon('link'), tooltip: 'Insert, with a comment that records where it comes from' };

export const registerInsert = (server: Server, texts: Texts): Disposable => commands.registerCommand('countersign.insertSnippet', (known?: unknown) => insert(server, texts, known as Known | undefined));

/** What a keybinding knows already: `library/prefix`, or a prefix alone; the rest is asked. */
interface Known {
  readonly snippet?: string;
  /** with the comment that records where it comes from */
  readonly origin?: boolean;
}

async function insert(server: Server, texts: Texts, known: Known = {}): Promise<void> {
  const editor = window.activeTextEditor;
  const params: SnippetsParams = { uri: editor?.document.uri.toString(), position: editor && { line: editor.selection.active.line, character: editor.selection.active.character }, folder: currentFolder() };
  const found = await server.ask<SnippetsResult>(SNIPPETS, params);
  if (!found) return tell(window.showErrorMessage, 'The Countersign server did not answer, so the snippets are not known.', ['Restart Server', 'Show Output']);
  const wanted = typeof known.snippet === 'string' ? found.find(({ id, prefix }) => id === known.snippet || prefix === known.snippet) : undefined;
  const picked = wanted ? { snippet: wanted, origin: known.origin === true } : await pick(found, texts);
  if (picked) await put(picked.snippet, picked.origin, editor);
}

async function pick(found: SnippetsResult, texts: Texts): Promise<{ snippet: SnippetItem; origin: boolean } | undefined> {
  const itemOf = (snippet: SnippetItem): Item => ({ label: snippet.prefix, description: snippet.source, detail: snippet.description, snippet, buttons: snippet.origin === null ? [] : [WITH_ORIGIN] });
  const group = (title: string, snippets: readonly SnippetItem[]): Item[] => (snippets.length > 0 ? [{ label: title, kind: QuickPickItemKind.Separator }, ...snippets.map(itemOf)] : []);
  const list = window.createQuickPick<Item>();
  list.title = 'Countersign: Insert Snippet';
  list.placeholder = 'Search by prefix, library, owner or what it is for';
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = [
    ...group('Fits at the cursor', found.filter(({ here, away }) => here !== null && !away)),
    ...group('Fits elsewhere in this document', found.filter(({ here, away }) => here !== null && away)),
    ...group('Whole documents, in a new file', found.filter(({ here, document }) => here === null && document)),
    ...group('Fits other documents: to be copied', found.filter(({ here, document }) => here === null && !document)),
  ];
  const first = list.items.find((item) => item.snippet)?.snippet;
  if (first) await openPreview(texts, first);
  return new Promise((resolve) => {
    const done = (answer: { snippet: SnippetItem; origin: boolean } | undefined): void => {
      resolve(answer);
      list.hide();
    };
    list.onDidChangeActive(([item]) => {
      if (item?.snippet) preview(texts, item.snippet);
    });
    list.onDidTriggerItemButton(({ item }) => item.snippet && done({ snippet: item.snippet, origin: true }));
    list.onDidAccept(() => {
      const snippet = list.activeItems[0]?.snippet;
      if (snippet) done({ snippet, origin: false });
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
      void closePreview();
    });
    list.show();
  });
}

/** Below, since the list hangs over what stands beside. */
async function openPreview(texts: Texts, snippet: SnippetItem): Promise<void> {
  const uri = preview(texts, snippet);
  if (window.activeTextEditor) await commands.executeCommand('workbench.action.newGroupBelow');
  await window.showTextDocument(uri, { viewColumn: ViewColumn.Active, preview: true });
}

/** The same text under the same name: an editor that shows it follows. */
const preview = (texts: Texts, snippet: SnippetItem): Uri => texts.put(PREVIEW, `# ${snippet.prefix} · ${snippet.source}\n${snippet.preview}\n`);

async function closePreview(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof TabInputText && input.uri.scheme === 'countersign-snippet' && input.uri.path === `/${PREVIEW}`);
  if (tabs.length > 0) await window.tabGroups.close(tabs, true);
}

async function put(snippet: SnippetItem, origin: boolean, editor: TextEditor | undefined): Promise<void> {
  const comment = origin && snippet.origin !== null ? `\n${snippet.origin}\n` : '';
  await closePreview();
  if (snippet.here && editor) {
    const { start, end } = snippet.here.range;
    const shown = await window.showTextDocument(editor.document, { viewColumn: editor.viewColumn });
    await shown.insertSnippet(new SnippetString(snippet.here.insert + escaped(comment)), new Range(start.line, start.character, end.line, end.character), { undoStopBefore: true, undoStopAfter: true, keepWhitespace: true });
    return;
  }
  if (snippet.document) {
    const document = await workspace.openTextDocument({ language: YAML, content: '' });
    const shown = await window.showTextDocument(document);
    await shown.insertSnippet(new SnippetString(snippet.body + escaped(comment || '\n')));
    return;
  }
  const answer = await window.showInformationMessage(`\`${snippet.prefix}\` does not fit at the cursor: put the cursor where its keys belong and where they do not stand yet. It can be copied instead.`, 'Copy');
  if (answer === 'Copy') await env.clipboard.writeText(snippet.preview);
}

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
