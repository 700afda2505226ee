// Which inlay hints are wanted: the setting `countersign.hints`, looked at each time they are drawn.
import { workspace, type Disposable } from 'vscode';
import { InlayHintRequest, type BaseLanguageClient, type InlayHintsMiddleware } from 'vscode-languageclient';

const SETTING = 'countersign.hints';

export const hintsWanted: InlayHintsMiddleware = {
  async provideInlayHints(document, range, token, next) {
    const found = (await next(document, range, token)) ?? [];
    const wanted = workspace.getConfiguration(undefined, document.uri).get<Record<string, boolean>>(SETTING);
    // the server says of each what it speaks of
    return found.filter((hint) => wanted?.[String((hint as { data?: unknown }).data)] !== false);
  },
};

/** Draws the hints anew when the setting changes. */
export const followHintSetting = (client: BaseLanguageClient): Disposable =>
  workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration(SETTING)) return;
    const feature = client.getFeature(InlayHintRequest.method);
    const drawn = new Set<unknown>();
    for (const document of workspace.textDocuments) {
      const provider = feature?.getProvider(document);
      if (provider && !drawn.has(provider)) provider.onDidChangeInlayHints.fire();
      drawn.add(provider);
    }
  });
