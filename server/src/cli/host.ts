// What the command line needs of the machine that it runs on. Paths within a workspace are relative, with forward slashes.
import type { CedarEngine } from '../core/formats';

/** Why a file or folder was not read. */
export type SkipReason = 'unreadable' | 'binary' | 'too-large' | 'outside' | 'loop' | 'too-many';

export interface Skipped {
  readonly path: string;
  readonly reason: SkipReason;
  /** the reason in words, to follow `path: ` */
  readonly why: string;
  /** true where nothing stands there (any longer) */
  readonly gone?: boolean;
  /** true for a repository of its own that a revision names and that is not here */
  readonly submodule?: boolean;
  /** of a submodule: the commit that the revision names */
  readonly commit?: string;
}

export interface ListedFile {
  readonly path: string;
  /** for what was reached through a symbolic link: the path of the file itself */
  readonly target?: string;
}

export interface ReadFile {
  readonly text: string;
  /** offset of the first bytes that are not UTF-8 (they became U+FFFD), if there are any */
  readonly damagedAt?: number;
}

/** Where the files of a workspace come from: a folder of this machine, or a state of it that git holds. */
export interface FileSource {
  /** All files of a folder, in no order. `prune` is asked before a folder is entered or a file is named. */
  list(root: string, prune: (path: string) => boolean): AsyncIterable<ListedFile | Skipped>;
  read(root: string, path: string): Promise<ReadFile | Skipped>;
  /** what stands at `root/path`, links followed; null for nothing that can be read */
  kind(path: string): Promise<'file' | 'folder' | null>;
  /** milliseconds since 1970 */
  now(): number;
  /** the engine of Cedar, loaded; absent: Cedar is not evaluated */
  readonly cedar?: () => Promise<CedarEngine>;
  /** how many files are best read at one time */
  readonly width?: number;
}

/** A state of a workspace that git holds. Its files stand at the root `''`. */
export interface Revision {
  readonly files: FileSource;
}

export interface Host extends FileSource {
  /** the state of the workspace folder at a revision; `why` follows the name of one that cannot be had: `is no revision` */
  revision(root: string, name: string): Promise<Revision | { readonly why: string }>;
  /** the revisions that brought a text into, or took it out of, a file of the workspace, the oldest first; none where there is no history to read */
  revisionsWith(root: string, path: string, text: string): Promise<readonly string[]>;
  /** the absolute path without links; as it is where nothing stands there */
  real(path: string): Promise<string>;
  /** the text of a file (an absolute path), or of standard input where it is null, in pieces; throws where it cannot be read */
  input(file: string | null): AsyncIterable<string>;
  /** replaces the text of a file of the workspace */
  write(root: string, path: string, text: string): Promise<void>;
  /** runs the language server on the standard streams until its client ends it */
  serve(): Promise<number>;
}

export const isSkipped = (entry: ListedFile | ReadFile | Skipped): entry is Skipped => 'why' in entry;
