// Which inlay hints are wanted: the setting `countersign.hints`, looked at each time they are drawn. The owner of the whole file is a hint
// only where no lens says it.
import { workspace, type Disposable } from 'vscode';
import { InlayHintRequest, type BaseLanguageClient, type InlayHintsMiddleware } from 'vscode-languageclient';

const SETTING = 'countersign.hints';
const LENSES = ['countersign.lenses', 'editor.codeLens'] as const;

export const hintsWanted: InlayHintsMiddleware = {
  async provideInlayHints(document, range, token, next) {
    const found = (await next(document, range, token)) ?? [];
    const configured = workspace.getConfiguration(undefined, document);
    const wanted = configured.get<Record<string, boolean>>(SETTING);
    const [lenses, drawn] = LENSES;
    const lens = configured.get<Record<string, boolean>>(lenses)?.owner !== false && configured.get<boolean>(drawn, true);
    // the server says of each what it speaks of
    return found.filter((hint) => {
      const kind = String((hint as { data?: unknown }).data);
      return kind === 'owner' ? !lens && wanted?.owners !== false : wanted?.[kind] !== false;
    });
  },
};

/** Draws the hints anew when the setting changes. */
export const followHintSetting = (client: BaseLanguageClient): Disposable =>
  workspace.onDidChangeConfiguration((change) => {
    if (![SETTING, ...LENSES].some((setting) => change.affectsConfiguration(setting))) return;
    const feature = client.getFeature(InlayHintRequest.method);
    const drawn = new Set<unknown>();
    for (const document of workspace.textDocuments) {
      const provider = feature?.getProvider(document);
      if (provider && !drawn.has(provider)) provider.onDidChangeInlayHints.fire();
      drawn.add(provider);
    }
  });
