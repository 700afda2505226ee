// Entry in the browser: one file, of which all but this is looked at a moment later, as on the desktop (`extension.ts`).
import type { ExtensionContext } from 'vscode';

export async function activate(context: ExtensionContext): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  (await import('./browser')).begin(context);
}
