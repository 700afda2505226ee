// Says to the client that what a view shows may no longer hold: at most once a frame, however often it is touched.
import type { Host } from './host';
import type { Outbox } from './outbox';

/** milliseconds between two notifications: a frame of the screen */
const FRAME = 16;

/** Gives the function that touches the view. `watched`: whether the client has asked for anything yet. */
export function createFrameNotice(host: Host, outbox: Outbox, method: string, watched: () => boolean): () => void {
  let pending = false;
  let sentAt = 0;
  return () => {
    if (!watched() || pending) return;
    pending = true;
    const send = (): void => {
      pending = false;
      sentAt = host.now();
      outbox.notify(method, null);
    };
    const wait = sentAt + FRAME - host.now();
    if (wait > 0) host.timer.after(wait, send);
    else host.timer.soon(send);
  };
}
