// What the server needs of the machine that it runs on. Paths within a folder are relative, with forward slashes.
import type { CedarEngine } from '../core/formats';

/** A file or folder that was not read, and why: `path: why` is a line of the log. */
export interface Skipped {
  readonly path: string;
  readonly reason: 'unreadable' | 'binary' | 'too-large' | 'outside' | 'loop' | 'too-many';
  readonly why: string;
  /** true where nothing stands there at all */
  readonly gone?: boolean;
}

export interface ListedFile {
  readonly path: string;
  /** for what was reached through a symbolic link: the path of the file itself */
  readonly target?: string;
}

export interface ReadFile {
  readonly text: string;
  /** offset of the first bytes that are not UTF-8, if there are any */
  readonly damagedAt?: number;
}

/** The file system under a workspace folder; bounded, and nothing outside the folder is read. Folders are URIs as the client writes them. */
export interface Disk {
  /** false where only the client can read the folder */
  reads(folder: string): boolean;
  /** All files of a folder, in no order. `prune` is asked before a folder is entered or a file is named. */
  list(folder: string, prune: (path: string) => boolean): AsyncIterable<ListedFile | Skipped>;
  read(folder: string, path: string): Promise<ReadFile | Skipped>;
  kind(folder: string, path: string): Promise<'file' | 'folder' | null>;
}

/** The engine of Cedar, loaded; `fetchModule` has the client hand over its module, for a host without files. */
export type LoadCedar = (fetchModule: () => Promise<Uint8Array>) => Promise<CedarEngine>;

export interface Timer {
  /** after the input that waits already */
  soon(run: () => void): void;
  /** gives the function that calls it off; does not keep the process alive */
  after(milliseconds: number, run: () => void): () => void;
}

export interface Host {
  /** null where there is no file system: the client sends the files */
  readonly disk: Disk | null;
  readonly timer: Timer;
  /** milliseconds since 1970 */
  now(): number;
  /** absent: Cedar is not evaluated */
  readonly cedar?: LoadCedar;
}

export const isSkipped = (entry: object): entry is Skipped => 'why' in entry;
