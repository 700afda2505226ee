// Looks at every file, so that all that is derived is known.
import type { Finding } from '../../../server/src/core/lint';
import type { Derived, Workspace } from '../../../server/src/core/workspace';

export const readAll = (workspace: Workspace, linter: Derived<readonly Finding[]>): void => workspace.paths().forEach((path) => linter.get(path));
