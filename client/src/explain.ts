// The documentation of a finding's code as a page of its own, from the link at the finding or from the command.
import { commands, languages, Uri, window, workspace, type CancellationToken, type Diagnostic, type Disposable, type TextDocumentContentProvider } from 'vscode';
import { EXPLAIN, type ExplainResult } from '../../server/src/protocol';
import type { Server } from './server';

const SCHEME = 'countersign-docs';
/** The page of a code, for the server to fill in. `package.json` says that such a page is shown as Markdown. */
export const DOCS = `${SCHEME}:/{code}.md`;

const SOURCE = 'countersign';

export function registerExplanations(server: Server): Disposable[] {
  const provider: TextDocumentContentProvider = {
    provideTextDocumentContent: async (uri: Uri, _token: CancellationToken) => {
      const code = uri.path.replace(/^\//, '').replace(/\.md$/, '');
      const text = await server.ask<ExplainResult>(EXPLAIN, { code });
      if (text === undefined) return `# ${code}\n\nThe Countersign server is not running, so there is nothing to show. Run **Countersign: Restart Server** and open this page again.\n`;
      return text ?? `# ${code}\n\nCountersign has no finding of this code.\n`;
    },
  };
  return [
    workspace.registerTextDocumentContentProvider(SCHEME, provider),
    commands.registerCommand('countersign.explainFinding', async (code?: unknown) => {
      const chosen = typeof code === 'string' ? code : await chooseCode();
      if (chosen) await commands.executeCommand('vscode.open', Uri.from({ scheme: SCHEME, path: `/${chosen}.md` }));
    }),
  ];
}

/** The code of the finding at the cursor, else on its line; one of a list where there are several or none; else typed. */
async function chooseCode(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const inFile = editor ? findings(languages.getDiagnostics(editor.document.uri)) : [];
  const atCursor = inFile.filter(({ range }) => editor && range.contains(editor.selection.active));
  const onLine = inFile.filter(({ range }) => range.start.line === editor?.selection.active.line);
  const here = distinct(atCursor.length > 0 ? atCursor : onLine);
  const [only, ...more] = here;
  if (only !== undefined && more.length === 0) return only.label;
  const items = here.length > 0 ? here : distinct(inFile.length > 0 ? inFile : languages.getDiagnostics().flatMap(([, all]) => findings(all)));
  if (items.length > 0) return (await window.showQuickPick(items, { placeHolder: 'The finding to explain', matchOnDetail: true }))?.label;
  return window.showInputBox({ prompt: 'There are no findings here. The code to explain', placeHolder: 'schema/required', validateInput: (text) => (/^[\w-]+(\/[\w.-]+)+$/.test(text) ? undefined : 'A code has a family and a name, such as `schema/required`.') });
}

const findings = (all: readonly Diagnostic[]): Diagnostic[] => all.filter(({ source, code }) => source === SOURCE && code !== undefined);

function distinct(all: readonly Diagnostic[]): { label: string; detail: string }[] {
  const items = new Map(all.map((each) => [codeOf(each), { label: codeOf(each), detail: each.message }]));
  return [...items.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
