// Files that were left out are named on stderr, where they do not mix with a report.
import type { Io } from './io';
import type { Loaded } from './load';
import { printable } from './terminal/cells';
import { count } from './terminal/wrap';

const MOST = 20;

export function saySkipped({ skipped }: Loaded, io: Io): void {
  for (const { path, why } of skipped.slice(0, MOST)) io.stderr.write(`countersign: skipped ${printable(path === '' ? 'the rest' : path)}: ${printable(why)}\n`);
  if (skipped.length > MOST) io.stderr.write(`countersign: skipped ${count(skipped.length - MOST, 'more file')}\n`);
}
