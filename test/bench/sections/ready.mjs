// Waiting until our server has read its workspace.
import { within } from '../processes.mjs';

const PATIENCE = 60_000;

/** Resolves with the status when everything is indexed and checked. To be called before anything else is sent after `initialized`. */
export function whenReady(session, ms = PATIENCE) {
  const seen = new Promise((resolve) => {
    const listener = session.connection.onNotification('countersign/status', (status) => {
      if (status.state !== 'ready') return;
      listener.dispose();
      resolve(status);
    });
  });
  return within(ms, 'countersign/status', seen);
}
