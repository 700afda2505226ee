// Preloaded into the host's server: it ends when the process that started it is gone, even one that could not say goodbye.
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env.COUNTERSIGN_PARENT === String(process.ppid)) {
  process.stdin.once('close', () => {
    // The server heads its process group; its extension hosts would wait hours for somebody to reconnect.
    if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
    process.exit();
  });
  process.stdin.resume();
}
