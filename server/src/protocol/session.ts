// The session: what the server may do, the files of the client, the counts, new documents and explanations.

/** Client to server, once after start and when trust or settings change: what the server may do and how it finds files. */
export interface InitializationOptions {
  /** where the files of a worker lie that it loads when they are needed: the URI of a folder, with a slash at the end */
  readonly base?: string;
  /** false in a workspace that the user has not trusted: nothing outside the folder's own files is read */
  readonly trusted: boolean;
  /** true where the server has no file system (browser): the client sends the files of all folders; else only of those whose scheme is not `file` */
  readonly clientFiles: boolean;
  readonly settings: Settings;
  /** URI of a code's documentation, with `{code}` in the place of the code, for a finding's `codeDescription`; absent: none is sent */
  readonly docs?: string;
}

/** The section `countersign` of the editor's settings. */
export interface Settings {
  /** diagnostic code or `family/*` to `off | hint | information | warning | error` */
  readonly severity?: Readonly<Record<string, string>>;
  /** globs, relative to the workspace folder, that are not searched */
  readonly exclude?: readonly string[];
}

/** Notification, client to server: files of a virtual file system, in batches. */
export const FILES = 'countersign/files';
export interface FilesParams {
  /** URI of the workspace folder */
  readonly folder: string;
  /** contents; `text: null` when the file vanished (it, not what lies below it) */
  readonly files: readonly { readonly uri: string; readonly text: string | null }[];
  /** paths (relative, forward slashes) of files that exist and are not read */
  readonly listed?: readonly string[];
  /** files that were wanted and could not be had, for the log and for `syntax/too-large` */
  readonly skipped?: readonly SkippedFile[];
  /** true with the last batch of a walk: what no batch of it named is gone */
  readonly complete?: boolean;
  /** with `complete`: the walk reached a limit, so a file that was not named may exist all the same */
  readonly partial?: boolean;
}
export interface SkippedFile {
  readonly uri: string;
  readonly reason: 'too-large' | 'binary' | 'unreadable';
  readonly why: string;
}

/** Request, client to server: `true` for each path (relative, forward slashes) whose content the server would read. */
export const WANTED = 'countersign/wanted';
export interface WantedParams {
  readonly folder: string;
  readonly paths: readonly string[];
}
export type WantedResult = readonly boolean[];

/** Notification, server to client: files (paths, relative) that are needed now although they were not wanted before; the client sends them as if they had changed. A path with a slash at its end is a folder that walks leave out: of it all is offered. */
export const NEEDED = 'countersign/needed';
export interface NeededParams {
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Request, server to client: the bytes of Cedar's module (`Uint8Array`), for a server without files of its own, the first time that a folder holds Cedar. */
export const CEDAR_MODULE = 'countersign/cedarModule';

/** Request, client to server: `false` for each folder (relative, no slash at the end) that is excluded as a whole, so that a walk leaves it out. */
export const WANTED_FOLDERS = 'countersign/wantedFolders';

/** Notification, server to client: what the status item shows; sent when it changes. */
export const STATUS = 'countersign/status';
export interface StatusParams {
  readonly state: 'indexing' | 'ready';
  /** files read as ours or as a known format */
  readonly files: number;
  readonly agents: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
  /** files that were skipped, with the reason, for the log */
  readonly skipped: number;
}

/** Request: the text of a new document of a kind, for "New Document…"; snippet syntax. */
export const NEW_DOCUMENT = 'countersign/newDocument';
export interface NewDocumentParams {
  readonly kind: 'Agent' | 'Catalog' | 'Policy' | 'Standard' | 'PolicyTest' | 'SnippetLibrary';
  readonly name: string;
  /** URI of the workspace folder it is for; absent: none is open */
  readonly folder?: string;
}
export interface NewDocumentResult {
  /** proposed path, relative to the folder */
  readonly path: string;
  readonly snippet: string;
}

/** Request: documentation of a diagnostic code, Markdown; null where there is none. */
export const EXPLAIN = 'countersign/explain';
export interface ExplainParams {
  readonly code: string;
}
export type ExplainResult = string | null;
