// The library that comes with Countersign.
import { SHIPPED_LIBRARY } from './generated/shipped';
import type { Library } from './libraries';
import { readSnippets } from './read-file';

export const SHIPPED_NAME: string = SHIPPED_LIBRARY.name;

/** Read when it is asked for. */
export const shippedLibrary = (): Library => ({
  name: SHIPPED_LIBRARY.name, title: SHIPPED_LIBRARY.title, owner: SHIPPED_LIBRARY.owner, version: SHIPPED_LIBRARY.version, path: null, folder: '', entry: null, accepted: true, hides: [],
  files: SHIPPED_LIBRARY.files.map(({ name, text }) => ({ path: name, text, snippets: readSnippets(text).snippets })),
});

/** The bodies of whole documents in earlier versions of it, by their hash: what was inserted from them can be brought up to date. */
export const shippedEarlier = (): Readonly<Record<string, string>> => SHIPPED_LIBRARY.earlier;
