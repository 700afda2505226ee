// Cedar's engine is large, and loaded when a folder holds Cedar; until then what hangs on it is unknown.
import type { CedarEngine } from '../core/formats';
import { CEDAR_MODULE } from '../protocol';
import type { Folder } from './folder';
import type { Folders } from './folders';
import { describe } from './guard';
import type { Host } from './host';
import type { Outbox } from './outbox';

export interface Cedar {
  /** Has the engine loaded for a folder that waits for it, or hands it over. */
  follow(folder: Folder): void;
}

/** `changed` is called when folders were given the engine. */
export function createCedar(host: Host, folders: Folders, outbox: Outbox, changed: () => void): Cedar {
  let engine: CedarEngine | null = null;
  let asked = false;
  const give = (folder: Folder, cedar: CedarEngine): void => {
    if (folder.workspace.awaitsCedar) folder.apply({ cedar });
  };
  const fetchModule = async (): Promise<Uint8Array> => {
    const bytes = await outbox.ask(CEDAR_MODULE);
    if (!(bytes instanceof Uint8Array)) throw new Error('the client has no module');
    return bytes;
  };
  return {
    follow(folder) {
      if (!folder.workspace.awaitsCedar) return;
      if (engine) {
        give(folder, engine);
        changed();
        return;
      }
      if (asked || !host.cedar) return;
      // once: what failed would fail again at every keystroke
      asked = true;
      host.cedar(fetchModule).then(
        (loaded) => {
          engine = loaded;
          for (const one of folders.all()) give(one, loaded);
          changed();
        },
        (error: unknown) => outbox.warn(`Cedar could not be loaded, so that Cedar policies are not evaluated: ${describe(error)}`),
      );
    },
  };
}
