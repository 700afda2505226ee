// What the status item of the client shows: sent when it changed, and not more often than eyes can follow.
import type { StatusParams } from '../protocol';
import type { Folders } from './folders';
import type { Host } from './host';

/** milliseconds between two messages */
const PACE = 150;

export interface Status {
  touch(): void;
}

export function createStatus(host: Host, folders: Folders, indexing: () => boolean, send: (status: StatusParams) => void): Status {
  let last = '';
  let pending = false;
  let sentAt = 0;
  const now = (): void => {
    pending = false;
    const status = count(folders, indexing());
    const text = JSON.stringify(status);
    if (text === last) return;
    last = text;
    sentAt = host.now();
    send(status);
  };
  return {
    touch() {
      if (pending) return;
      pending = true;
      const wait = sentAt + PACE - host.now();
      if (wait > 0) host.timer.after(wait, now);
      else host.timer.soon(now);
    },
  };
}

function count(folders: Folders, indexing: boolean): StatusParams {
  const sum = { files: 0, agents: 0, error: 0, warning: 0, information: 0, hint: 0, skipped: 0 };
  for (const folder of folders.all()) {
    const { sums } = folder.results;
    sum.files += sums.files;
    sum.error += sums.error;
    sum.warning += sums.warning;
    sum.information += sums.information;
    sum.hint += sums.hint;
    sum.agents += folder.workspace.count('agent');
    sum.skipped += folder.skipped.size;
  }
  return { state: indexing ? 'indexing' : 'ready', ...sum };
}
