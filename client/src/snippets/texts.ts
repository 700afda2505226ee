// Texts that are only shown: the preview of a snippet, a report, a file as it would become.
import { EventEmitter, Uri, workspace, type Disposable } from 'vscode';

const SCHEME = 'countersign-snippet';
const MAX_TEXTS = 100;

export interface Texts extends Disposable {
  /** Shows a text under a name; the same name shows the new text. */
  put(name: string, text: string): Uri;
}

export function registerTexts(): Texts {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, { onDidChange: changed.event, provideTextDocumentContent: (uri) => texts.get(uri.path) ?? '' });
  return {
    put(name, text) {
      const uri = Uri.from({ scheme: SCHEME, path: `/${name}` });
      texts.delete(uri.path);
      texts.set(uri.path, text);
      for (const oldest of texts.keys()) {
        if (texts.size <= MAX_TEXTS) break;
        texts.delete(oldest);
      }
      changed.fire(uri);
      return uri;
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}
