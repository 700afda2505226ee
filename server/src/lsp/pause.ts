// Long work in slices: after a few milliseconds the input that waits comes first.
import type { Host } from './host';

/** milliseconds of work before others come first */
const SLICE = 8;

export interface Pause {
  /** True when the slice is used up. */
  due(): boolean;
  /** Waits for the input that came in, when the slice is used up. */
  ifDue(): Promise<void>;
}

export function createPause(host: Host): Pause {
  let started = host.now();
  let waiting: Promise<void> | null = null;
  const due = (): boolean => host.now() - started >= SLICE;
  return {
    due,
    ifDue() {
      if (waiting) return waiting;
      if (!due()) return Promise.resolve();
      waiting = new Promise((resume) => {
        host.timer.soon(() => {
          waiting = null;
          started = host.now();
          resume();
        });
      });
      return waiting;
    },
  };
}
