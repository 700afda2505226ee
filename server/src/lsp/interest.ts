// Which files of a folder are named and read at all.
import { CONFIG_FILE } from '../core/documents';
import { isLibraryFile, isOfPackage, packageFolders } from '../core/snippets';
import { packageFolderOf, wanted as mayMatter } from '../core/workspace';
import type { Folder } from './folder';

const NEVER = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/;

/** True for what is neither entered nor named; the configuration and what it extends are read wherever they lie. */
export const isLeftOut = (folder: Folder, path: string): boolean => path !== CONFIG_FILE && !folder.workspace.extends(path) && ((NEVER.test(path) && !ofLibrary(folder, path)) || folder.workspace.settings.excluded(path));

/** The files of the libraries that the settings name are read where packages lie. */
const ofLibrary = (folder: Folder, path: string): boolean => isLibraryFile(path) && packageFolders(folder.workspace).some((library) => isOfPackage(library, path));

/** True when the content could be ours, of a format that is known, or needed by what is ours. */
export const wanted = (folder: Folder, path: string): boolean => mayMatter(path) || folder.workspace.needs(path);

/** What package managers write last. */
const INSTALLED = /^(?:node_modules\/)?(?:\.package-lock\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|\.yarn-integrity|\.yarn-state\.yml|pnpm-lock\.yaml|\.modules\.yaml|bun\.lockb?)$/;

/** The configurations of packages that the settings extend. */
export const packageConfigs = ({ workspace }: Folder): readonly string[] => workspace.extendedFiles().filter((path) => packageFolderOf(path) !== null);

/** The packages that the settings name, whether for their library or for what they set. */
const packagesOf = (folder: Folder): readonly string[] => [...packageFolders(folder.workspace), ...packageConfigs(folder).map((path) => (packageFolderOf(path) ?? '').slice(0, -1))];

/** True where a change may have brought or taken a package that the settings name. */
export function mayInstall(folder: Folder, path: string): boolean {
  const named = INSTALLED.test(path) || path.startsWith('node_modules') ? packagesOf(folder) : [];
  return named.length > 0 && (INSTALLED.test(path) || named.some((library) => path === library || library.startsWith(`${path}/`) || path === `${library}/package.json`));
}
