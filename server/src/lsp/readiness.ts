// When results may be told: at once if all files of the folder are read, else after a short patience with what a file says by itself.
import type { CancellationToken } from 'vscode-languageserver';
import type { Finding } from '../core/lint';
import type { FileFacts, Settings } from '../core/workspace';
import type { Folder } from './folder';
import { checkCancelled } from './guard';
import type { Host } from './host';

export interface Readiness {
  /** False while it is better to wait for more files than to tell half of it. */
  mayTell(folder: Folder): boolean;
  /** Resolves when results may be told, or the request is cancelled; `toTheEnd`: only when all files are read. */
  settled(folder: Folder, token: CancellationToken, toTheEnd: boolean): Promise<void>;
  /** The findings of a file; while files are unread those that hold whatever these say, looked for once, since what else is read changes none of them. */
  tellable(folder: Folder, path: string, find: () => readonly Finding[]): readonly Finding[];
  /** Waits with telling for something that is under way, no longer than the patience. */
  until(promise: Promise<unknown>): void;
  /** Says that files are being read: who asks meanwhile is answered a little later, and rightly. */
  reading(promise: Promise<unknown>): void;
}

/** milliseconds: a small folder is read by then, and nobody waits longer for the first syntax error of a large one */
const PATIENCE = 400;
/** milliseconds after which a client that was to send the files is not waited for any longer */
const CLIENT_PATIENCE = 10_000;

/** milliseconds that an answer waits for files that are being read */
const READING = 300;

const ALONE = ['syntax/', 'schema/', 'format/', 'internal/', 'condition/syntax', 'condition/unsafe-pattern'];

export function createReadiness(host: Host, wake: () => void): Readiness {
  const impatient = new Set<Folder>();
  const timed = new WeakMap<Folder, Promise<void>>();
  const early = new WeakMap<FileFacts, { readonly settings: Settings; readonly findings: readonly Finding[] }>();
  let waitingFor: Promise<unknown>[] = [];
  const underWay = new Set<Promise<unknown>>();

  /** Starts the patience of a folder when it is first asked about. */
  const patience = (folder: Folder): Promise<void> => {
    let timer = timed.get(folder);
    if (timer) return timer;
    timer = new Promise((resolve) => {
      host.timer.after(PATIENCE, () => {
        impatient.add(folder);
        resolve();
        wake();
      });
      if (folder.source === 'client') {
        host.timer.after(CLIENT_PATIENCE, () => {
          folder.finishReading();
          wake();
        });
      }
    });
    timed.set(folder, timer);
    return timer;
  };
  const mayTell = (folder: Folder): boolean => {
    if (impatient.has(folder)) return true;
    void patience(folder);
    return folder.ready && waitingFor.length === 0;
  };

  const tellable = (folder: Folder, path: string, find: () => readonly Finding[]): readonly Finding[] => {
    if (folder.ready) return find();
    const { workspace } = folder;
    const facts = workspace.facts(path);
    const known = facts && early.get(facts);
    if (known?.settings === workspace.settings) return known.findings;
    const findings = find().filter(({ code }) => ALONE.some((family) => code.startsWith(family)));
    if (facts) early.set(facts, { settings: workspace.settings, findings });
    return findings;
  };

  return {
    mayTell,
    async settled(folder, token, toTheEnd) {
      if (underWay.size > 0) {
        let stop = (): void => {};
        const late = new Promise<void>((resolve) => (stop = host.timer.after(READING, resolve)));
        await Promise.race([Promise.all(underWay), late]);
        stop();
        checkCancelled(token);
      }
      if (mayTell(folder) && (folder.ready || !toTheEnd)) return;
      const cancelled = new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
      const ready = Promise.all([folder.whenReady, Promise.race([Promise.all(waitingFor), patience(folder)])]);
      await Promise.race(toTheEnd ? [ready, cancelled] : [ready, cancelled, patience(folder)]);
      checkCancelled(token);
    },
    tellable,
    reading(promise) {
      const settled = promise.catch(() => {}).finally(() => underWay.delete(settled));
      underWay.add(settled);
    },
    until(promise) {
      waitingFor.push(promise);
      void promise.catch(() => {}).then(() => {
        waitingFor = waitingFor.filter((other) => other !== promise);
        wake();
      });
    },
  };
}
