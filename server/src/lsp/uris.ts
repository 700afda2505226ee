// URIs come in several spellings (`c%3A`, `C:`, `%20`); inside the server a file has one key, and within a folder one relative path.
import { URI } from 'vscode-uri';

/** The one spelling of a URI, decoded, or null for what is none. Not a URI itself: never sent to a client. */
export function keyOf(uri: string): string | null {
  try {
    const { scheme, authority, path, query } = URI.parse(uri, true);
    if (/[\0\n\r]/.test(path)) return null;
    const drive = path.replace(/^\/([A-Z]):/, (_, letter: string) => `/${letter.toLowerCase()}:`);
    return `${scheme}://${authority.toLowerCase()}${drive}${query === '' ? '' : `?${query}`}`;
  } catch {
    return null;
  }
}

/** Without the slashes at the end, but for those of the scheme. */
export function withoutSlash(uri: string): string {
  const short = uri.replace(/\/+$/, '');
  return /^[^/]*:$/.test(short) ? `${short}//` : short;
}

export function folderKey(uri: string): string | null {
  const key = keyOf(uri);
  return key === null ? null : withoutSlash(key);
}

/** The path of a file within a folder, or null when it lies outside or its path is not a plain one. */
export function pathWithin(folder: string, file: string): string | null {
  if (!file.startsWith(`${folder}/`)) return null;
  const path = file.slice(folder.length + 1);
  return path === '' || path.split(/[/\\]/).some((part) => part === '' || part === '.' || part === '..') ? null : path;
}

/** The URI of a file in a folder, in the spelling that the client uses for the folder. */
export function uriWithin(folderUri: string, path: string): string {
  // the library of another folder, seen from this one
  if (path.startsWith('../')) return uriWithin(withoutSlash(folderUri).replace(/\/[^/]*$/, ''), path.slice(3));
  return withoutSlash(folderUri) + URI.from({ scheme: 'file', path: `/${path}` }).toString().slice('file://'.length);
}

/** A name for a document that lies in no folder, by its language where it has no extension; null for versions of other files (they carry a query) and for what is no URI. */
export function loosePath(uri: string, languageId = ''): string | null {
  const key = keyOf(uri);
  if (key === null || key.includes('?')) return null;
  const path = key.replace(/^file:\/\/\/?/, '').replace(/^([^:/]+):\/\//, '$1/');
  if (path === '') return null;
  return /\.[a-z-]+$/i.test(path) ? path : path + (/json/.test(languageId) ? '.json' : /yaml|countersign/.test(languageId) ? '.yaml' : '');
}
