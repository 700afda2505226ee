// How steady this machine is at the moment: the same piece of work, timed again and again.
import { median, p95 } from './figures.mjs';

const TIMES = 60;

export function noise() {
  const samples = [];
  let kept = 0;
  for (let n = 0; n < TIMES + 10; n++) {
    const began = performance.now();
    for (let k = 0; k < 1_000_000; k++) kept = (kept * 31 + k) % 65_521;
    if (n >= 10) samples.push(performance.now() - began);
  }
  // `kept` is used, so that the work is done
  return { median: median(samples), p95: p95(samples), kept };
}
