// Snippet libraries: inserting, saving, beginning a library, and what changed.

export interface SnippetPosition {
  readonly line: number;
  readonly character: number;
}
export interface SnippetRange {
  readonly start: SnippetPosition;
  readonly end: SnippetPosition;
}

/** Request: all snippets, those that fit at a position with what they insert there. */
export const SNIPPETS = 'countersign/snippets';
export interface SnippetsParams {
  /** URI of a document; absent where none is open */
  readonly uri?: string;
  readonly position?: SnippetPosition;
  /** URI of the workspace folder, where no document is open */
  readonly folder?: string;
}
export interface SnippetItem {
  /** `library/prefix`, or the prefix alone */
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly description: string;
  /** library, version, owner */
  readonly source: string;
  /** what stands there when nothing is typed */
  readonly preview: string;
  /** in snippet syntax */
  readonly body: string;
  readonly document: boolean;
  /** a name for a file that holds the document: `agent`, `policy` */
  readonly stem: string | null;
  /** the comment that records where a document comes from */
  readonly origin: string | null;
  /** what it inserts at the position; null where it does not fit */
  readonly here: { readonly range: SnippetRange; readonly insert: string } | null;
  /** true where `here` is elsewhere in the document */
  readonly away: boolean;
}
export type SnippetsResult = readonly SnippetItem[];

/** Request: a selection as a snippet, and the files of libraries that can take it; with `file` the edit that puts it there. */
export const SAVE_SNIPPET = 'countersign/saveSnippet';
export interface SaveSnippetParams {
  readonly uri: string;
  readonly range: SnippetRange;
  /** what was chosen */
  readonly into?: { readonly file: string; readonly name: string; readonly prefix: string; readonly description: string; /** the text of the library's README, where there is one */ readonly readme?: string };
}
export interface SaveSnippetResult {
  readonly body: string;
  readonly prefix: string;
  readonly files: readonly { readonly library: string; readonly file: string; readonly uri: string; /** URI of the library's README, there or not */ readonly readme: string; readonly prefixes: readonly string[] }[];
  readonly edit: { readonly uri: string; readonly range: SnippetRange; readonly newText: string } | null;
  /** the README with its table as it becomes; null where it has none */
  readonly readme: string | null;
}

/** Request: the files of a new library. */
export const NEW_LIBRARY = 'countersign/newLibrary';
export interface NewLibraryParams {
  readonly folder?: string;
  readonly name: string;
  readonly owner: string;
}
export interface NewLibraryResult {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Request: what changed in the libraries since they were recorded, and the documents that were inserted from what changed. */
export const SNIPPET_UPDATES = 'countersign/snippetUpdates';
export interface SnippetUpdatesParams {
  readonly folder?: string;
}
export interface SnippetUpdatesResult {
  readonly folder: string;
  readonly libraries: readonly { readonly library: string; readonly before: string | null; readonly after: string | null; readonly tampered: boolean; readonly report: string }[];
  readonly documents: readonly { readonly uri: string; readonly path: string; readonly snippet: string; readonly before: string | null; readonly after: string | null; /** the library has the snippet no longer */ readonly gone: boolean; /** null where the snippet as it was is not recorded, or is gone */ readonly text: string | null; /** with the snippet as it is now */ readonly now: string; readonly conflicts: number }[];
  readonly lock: { readonly path: string; readonly text: string };
}
