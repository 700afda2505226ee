// Figures: percentiles of samples, and how they are written.

export const percentile = (samples, share) => {
  if (samples.length === 0) return null;
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))];
};
export const median = (samples) => percentile(samples, 0.5);
export const p95 = (samples) => percentile(samples, 0.95);

const none = (write) => (value) => (value === null || value === undefined ? '–' : write(value));
const digits = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));

/** How a column writes its values. */
export const as = {
  text: none(String),
  ms: none((value) => `${digits(value)} ms`),
  seconds: none((value) => `${(value / 1000).toFixed(2)} s`),
  mb: none((value) => `${(value / 1e6).toFixed(0)} MB`),
  kb: none((value) => `${(value / 1000).toFixed(0)} KB`),
  count: none((value) => Math.round(value).toLocaleString('en')),
  ratio: none((value) => (value >= 0.1 ? value.toFixed(2) : value.toPrecision(1))),
};

export const ratio = (ours, theirs) => (ours === null || ours === undefined || !theirs ? null : ours / theirs);

/** A budget from [value, limit] pairs: met when every value was measured and is within its limit, null when one was not measured. */
export const judge = (pairs) => (pairs.some(([value]) => value === null || value === undefined) ? null : pairs.every(([value, limit]) => value <= limit));

/** Repeats a measurement up to `times` times, but starts none when `enough` milliseconds have passed. */
export async function repeat(times, enough, work) {
  const began = performance.now();
  const results = [];
  for (let n = 1; n <= times && (n === 1 || performance.now() - began < enough); n++) results.push(await work(n));
  return results;
}
