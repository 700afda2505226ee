// A progress bar that appears only when something takes long. It lives from its updates alone: no timer is left behind.
import { pad } from './cells';

export interface Progress {
  update(done: number, total: number, what: string): void;
  clear(): void;
}

export interface ProgressOptions {
  readonly write: (text: string) => void;
  readonly columns: number;
  readonly now: () => number;
  /** milliseconds of silence before the bar appears */
  readonly delay?: number;
}

export const SILENT: Progress = { update: () => undefined, clear: () => undefined };
const INTERVAL = 50;
const BAR = 24;

export function progressBar({ write, columns: room, now, delay = 300 }: ProgressOptions): Progress {
  // a terminal that does not know its width says 0
  const columns = room > 0 ? room : 80;
  const begun = now();
  let shown = -Infinity;
  return {
    update(done, total, what) {
      const time = now();
      if (time - begun < delay || time - shown < INTERVAL) return;
      shown = time;
      const part = total > 0 ? Math.min(1, done / total) : 0;
      const full = Math.round(part * BAR);
      const line = total > 0 ? `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${done}/${total} ${what}` : `${what} ${done}`;
      write(`\r${pad(line.slice(0, columns - 1), columns - 1)}`);
    },
    clear() {
      if (shown > -Infinity) write(`\r${' '.repeat(columns - 1)}\r`);
      shown = -Infinity;
    },
  };
}
