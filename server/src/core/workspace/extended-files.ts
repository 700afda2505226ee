// Files of other tools that other files extend: what seems to be missing in them, those may have.
import { resolvePath } from './paths';
import type { Shared } from './shared';

/** The paths of the files that some file names as one that it extends. */
export const EXTENDED: Shared<ReadonlySet<string>> = {
  id: 'extended-files',
  kinds: ['files'],
  make(workspace, before) {
    const found = new Set<string>();
    for (const path of workspace.filesOf('files')) for (const written of workspace.facts(path)?.foreign?.bases ?? []) {
      const base = resolvePath(path, written, true);
      if (base !== null && base !== path) found.add(base);
    }
    return before && before.size === found.size && [...found].every((path) => before.has(path)) ? before : found;
  },
};
