// The findings that rest on all documents at once: made when nothing else is left to do, in slices, and begun anew by every edit.
// They join those of single files; a file that did not change keeps its last ones until the new ones are there.
import { ANALYSIS_RUN, type AnalysisRun, type Finding } from '../core/lint';
import type { FileFacts } from '../core/workspace';
import type { Folder } from './folder';
import type { Folders } from './folders';
import type { Host } from './host';

export interface Analysis {
  /** what is known of a file now */
  findings(folder: Folder, path: string): readonly Finding[];
  /** Says that the checks of single files are done. */
  idle(): void;
}

interface Last {
  readonly run: AnalysisRun;
  readonly found: ReadonlyMap<string, { readonly facts: FileFacts | null; readonly findings: readonly Finding[]; readonly text: string }>;
}

interface AnalysisOptions {
  readonly host: Host;
  readonly folders: Folders;
  fault(where: string, error: unknown): void;
  /** something was found, or is no longer: the files are marked */
  changed(): void;
}

/** The longest that a slice takes, in milliseconds. */
const SLICE = 8;
/** Milliseconds without an edit before the first slice; longer where the last analysis took longer, since typing goes on. */
const PAUSE = 500;
const LONGEST_PAUSE = 1500;
const NONE: readonly Finding[] = [];

export function createAnalysis({ host, folders, fault, changed }: AnalysisOptions): Analysis {
  const last = new Map<Folder, Last>();
  const failed = new WeakSet<AnalysisRun>();
  let scheduled = false;
  let idleAt = 0;
  let pending: readonly AnalysisRun[] = [];
  /** milliseconds that the slices took since the last edit, and those of the last run that came to its end */
  let spent = 0;
  let cost = 0;

  const runOf = (folder: Folder): AnalysisRun => folder.workspace.shared(ANALYSIS_RUN).run(folder.workspace);

  function take(folder: Folder, run: AnalysisRun): boolean {
    const before = last.get(folder)?.found;
    const found = new Map([...(run.found ?? [])].map(([path, findings]) => [path, { facts: folder.workspace.facts(path), findings, text: JSON.stringify(findings) }] as const));
    last.set(folder, { run, found });
    let any = false;
    for (const path of new Set([...(before?.keys() ?? []), ...found.keys()])) {
      if (before?.get(path)?.text === found.get(path)?.text && before?.get(path)?.facts === found.get(path)?.facts) continue;
      folder.dirty.add(path);
      any = true;
    }
    return any;
  }

  /** Whether there is another run to make than when it was last asked; who only asks for findings does not put it off. */
  function edited(): boolean {
    const before = pending;
    pending = folders.all().filter((folder) => folder.ready).map(runOf);
    return pending.length !== before.length || pending.some((run, index) => run !== before[index]);
  }

  function slice(): void {
    scheduled = false;
    const wait = idleAt + Math.min(Math.max(PAUSE, cost), LONGEST_PAUSE) - host.now();
    if (wait > 0) return schedule(wait);
    const started = host.now();
    try {
      work(started);
    } finally {
      spent += host.now() - started;
    }
  }

  function work(started: number): void {
    for (const known of [...last.keys()]) if (known.removed) last.delete(known);
    for (const folder of folders.all()) {
      // edits that are not looked at yet come first
      if (!folder.ready || folder.dirty.size > 0) continue;
      try {
        const run = runOf(folder);
        if (last.get(folder)?.run === run || failed.has(run)) continue;
        try {
          while (!run.step()) if (host.now() - started >= SLICE) return schedule(0);
        } catch (error) {
          failed.add(run);
          throw error;
        }
        cost = spent + host.now() - started;
        if (take(folder, run)) changed();
      } catch (error) {
        fault('the analysis', error);
      }
      if (host.now() - started >= SLICE) return schedule(0);
    }
  }

  function schedule(pause: number): void {
    if (scheduled) return;
    scheduled = true;
    if (pause > 0) host.timer.after(pause, slice);
    else host.timer.soon(slice);
  }

  return {
    findings(folder, path) {
      const known = last.get(folder)?.found.get(path);
      return known && known.facts === folder.workspace.facts(path) ? known.findings : NONE;
    },
    idle() {
      if (edited()) {
        idleAt = host.now();
        spent = 0;
      }
      schedule(PAUSE);
    },
  };
}
