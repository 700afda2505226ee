// Preloaded into the host's server: it ends when the process that started it is gone, even one that could not say goodbye.
import { isMainThread } from 'node:worker_threads'

if (isMainThread && process.env.COUNTERSIGN_PARENT === String(process.ppid)) {
  process.stdin.once('close', () => process.exit()).resume()
}
