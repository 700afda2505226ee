// Entry on the desktop and on remote machines, as small as can be: the editor waits for it at its start, and the language client is not small.
import type { ExtensionContext } from 'vscode';
import type * as Desktop from './desktop';

/** A bundle of its own, beside this one. */
declare function require(bundle: './desktop'): typeof Desktop;

/** Commands and views wait for the promise; other extensions need not. */
export async function activate(context: ExtensionContext): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  require('./desktop').begin(context);
}
