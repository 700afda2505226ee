// Which code lenses are wanted: the setting `countersign.lenses`, looked at each time they are drawn.
import { workspace, type CodeLens, type Disposable, type TextDocument, type Uri } from 'vscode';
import { CodeLensRequest, type BaseLanguageClient, type CodeLensMiddleware } from 'vscode-languageclient';

const SETTING = 'countersign.lenses';
const KIND: Readonly<Record<string, string>> = {
  'countersign.runTest': 'run', 'countersign.simulateHere': 'simulate', 'countersign.showOwner': 'owner',
  'countersign.showAgentsOfRule': 'agents', 'countersign.showTestsOfRule': 'tests',
};

export const lensesWanted: CodeLensMiddleware = {
  async provideCodeLenses(document, token, next) {
    const found = (await next(document, token)) ?? [];
    return found.filter((lens) => isWanted(lens, document.uri));
  },
};

function isWanted({ command }: CodeLens, uri: Uri): boolean {
  const kind = KIND[command?.command ?? ''];
  return kind === undefined || workspace.getConfiguration(undefined, uri).get<Record<string, boolean>>(SETTING)?.[kind] !== false;
}

/** Draws the lenses anew when the setting changes. */
export const followLensSetting = (client: BaseLanguageClient): Disposable =>
  workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration(SETTING)) return;
    const feature = client.getFeature(CodeLensRequest.method);
    const drawn = new Set<unknown>();
    for (const document of workspace.textDocuments) redraw(document);
    function redraw(document: TextDocument): void {
      const provider = feature?.getProvider(document);
      if (provider && !drawn.has(provider)) provider.onDidChangeCodeLensEmitter.fire();
      drawn.add(provider);
    }
  });
