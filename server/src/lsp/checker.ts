// Who is checked when: the newest text wins, open documents come first, and long work is cut into slices between which edits come in.
// A result is computed and handed on without a pause between, so it cannot be older than the text that it speaks of.
import type { Finding } from '../core/lint';
import type { Diagnostic } from 'vscode-languageserver';
import type { Documents } from './documents';
import type { Folder } from './folder';
import type { Folders } from './folders';
import { digestOf } from './digest';
import type { Host } from './host';
import type { Result } from './results';

/** A file after its check. */
export interface Checked {
  readonly folder: Folder;
  readonly path: string;
  readonly before: Result | undefined;
  /** undefined for a file that vanished */
  readonly after: Result | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Checker {
  /** Says that there may be something to do. */
  wake(): void;
  /** Checks one file now if its last result may not hold; gives what it shows. */
  check(folder: Folder, path: string): Checked;
  /** Resolves when nothing is left to check. */
  idle(): Promise<void>;
}

interface CheckerOptions {
  readonly host: Host;
  readonly folders: Folders;
  readonly documents: Documents;
  /** the findings that may be told now */
  findings(folder: Folder, path: string): readonly Finding[];
  convert(folder: Folder, findings: readonly Finding[]): Diagnostic[];
  /** false while a folder's results should wait for more of its files */
  mayCheck(folder: Folder): boolean;
  onChecked(checked: Checked): void;
  onIdle(): void;
}

/** the longest that a burst of edits is waited for, in milliseconds */
const FRAME = 16;
const SLICE = 8;
/** so long after an edit, in milliseconds, the slices are shorter: somebody is typing, and waits for them at every key */
const TYPING = 1000;
const SHORT_SLICE = 2;

export function createChecker(options: CheckerOptions): Checker {
  const { host, folders, documents } = options;
  let scheduled = false;
  let since = 0;
  let seen = -1;
  let edits = -1;
  let editedAt = -Infinity;
  let waiters: (() => void)[] = [];

  function check(folder: Folder, path: string): Checked {
    folder.dirty.delete(path);
    const before = folder.results.get(path);
    if (!folder.has(path)) {
      folder.results.delete(path);
      return { folder, path, before, after: undefined, diagnostics: [] };
    }
    const findings = options.findings(folder, path);
    const diagnostics = options.convert(folder, findings);
    const counts = { error: 0, warning: 0, information: 0, hint: 0 };
    for (const finding of findings) counts[finding.severity]++;
    const after = { digest: digestOf(diagnostics), counts, counted: (folder.workspace.facts(path)?.role ?? 'none') !== 'none' };
    folder.results.set(path, after);
    return { folder, path, before, after, diagnostics };
  }

  function* next(): Iterable<readonly [Folder, string]> {
    const open = [...documents.all()].sort((a, b) => b.touched - a.touched);
    for (const document of open) {
      const at = folders.locate(document.uri);
      if (at?.folder.dirty.has(at.path) && options.mayCheck(at.folder)) yield [at.folder, at.path];
    }
    for (const folder of folders.all()) {
      if (!folder.ready || !options.mayCheck(folder)) continue;
      for (const path of folder.dirty) yield [folder, path];
    }
  }

  function run(): void {
    try {
      slice();
    } catch (error) {
      // whatever it was, later changes must be seen
      scheduled = false;
      throw error;
    }
  }

  function slice(): void {
    if (documents.edits !== seen && host.now() - since < FRAME) {
      // edits are still coming in: the newest wins
      seen = documents.edits;
      host.timer.soon(run);
      return;
    }
    folders.flush();
    const started = host.now();
    if (documents.edits !== edits) editedAt = started;
    edits = documents.edits;
    const slice = started - editedAt < TYPING ? SHORT_SLICE : SLICE;
    for (const [folder, path] of next()) {
      options.onChecked(check(folder, path));
      if (host.now() - started < slice) continue;
      since = host.now();
      seen = documents.edits;
      host.timer.soon(run);
      return;
    }
    scheduled = false;
    options.onIdle();
    const done = waiters;
    waiters = [];
    for (const resolve of done) resolve();
  }

  const checker: Checker = {
    wake() {
      if (scheduled) return;
      scheduled = true;
      since = host.now();
      seen = -1;
      host.timer.soon(run);
    },
    check,
    idle: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        checker.wake();
      }),
  };
  return checker;
}
