// Which files of a folder are named and read at all.
import { CONFIG_FILE } from '../core/documents';
import { isLibraryFile, packageFolders } from '../core/snippets';
import { wanted as mayMatter } from '../core/workspace';
import type { Folder } from './folder';

const NEVER = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/;

/** True for what is neither entered nor named; the configuration and what it extends are read wherever they lie. */
export const isLeftOut = (folder: Folder, path: string): boolean => path !== CONFIG_FILE && !folder.workspace.extends(path) && ((NEVER.test(path) && !ofLibrary(folder, path)) || folder.workspace.settings.excluded(path));

/** The files of the libraries that the settings name are read where packages lie. */
const ofLibrary = (folder: Folder, path: string): boolean => isLibraryFile(path) && packageFolders(folder.workspace).some((library) => path.startsWith(`${library}/`));

/** True when the content could be ours, of a format that is known, or needed by what is ours. */
export const wanted = (folder: Folder, path: string): boolean => mayMatter(path) || folder.workspace.needs(path);
