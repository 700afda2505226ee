// The programs that are measured: started, watched for their memory, and ended by their own handle, whatever happens.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const alive = new Set();
const endAll = () => {
  for (const child of alive) child.kill('SIGKILL');
};
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    endAll();
    process.exit(130);
  });
}

/** Starts a program that is ended with the benchmark at the latest. */
export function start(command, args, options) {
  const child = spawn(command, args, options);
  alive.add(child);
  child.once('close', () => alive.delete(child));
  child.once('error', () => alive.delete(child));
  return child;
}

/** Resident memory in bytes, { now, peak }; null where the system does not tell. */
export function memory(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) * 1024;
    const found = { now: field('VmRSS'), peak: field('VmHWM') };
    return Number.isNaN(found.now) ? null : found;
  } catch {
    if (process.platform === 'linux' || process.platform === 'win32') return null;
    const now = Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) * 1024;
    return now > 0 ? { now, peak: now } : null;
  }
}

/** Looks at the memory of a process again and again; `stop()` gives the highest that was seen, or null. */
export function watchMemory(pid, every = process.platform === 'linux' ? 20 : 200) {
  let highest = 0;
  const look = () => {
    highest = Math.max(highest, memory(pid)?.peak ?? 0);
  };
  const timer = setInterval(look, every);
  return {
    stop() {
      clearInterval(timer);
      look();
      return highest > 0 ? highest : null;
    },
  };
}

export const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** Something took longer than the benchmark waits; it is told as a result, not as a failure. */
export class TooSlow extends Error {}

/** The promise's value, or TooSlow after `ms`. */
export async function within(ms, what, promise) {
  let timer;
  try {
    return await Promise.race([promise, new Promise((_, reject) => (timer = setTimeout(() => reject(new TooSlow(`${what}: no answer within ${Math.round(ms / 1000)} s`)), ms)))]);
  } finally {
    clearTimeout(timer);
  }
}
