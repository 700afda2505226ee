// Waiting until our server has read its workspace.
import { pause, within } from '../processes.mjs';

const PATIENCE = 60_000;
/** milliseconds without a finding sent */
const QUIET = 2_000;

/** Resolves with the status when everything is read. To be called before anything else is sent after `initialized`. */
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

/** Resolves when everything is read and checked: what is measured then is not the rest of the beginning. Findings are asked for, or awaited until no more are sent. */
export async function whenChecked(session, ms = PATIENCE) {
  await whenReady(session, ms);
  if (session.server.mode === 'pull') return void (await session.request('workspace/diagnostic', { previousResultIds: [] }, ms));
  let last = performance.now();
  const stop = session.onPublish(() => (last = performance.now()));
  while (performance.now() - last < QUIET) await pause(QUIET / 4);
  stop();
}
