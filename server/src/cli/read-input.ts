// Files that are named on the command line and need not belong to the workspace; `-` is standard input.
import path from 'node:path';
import type { Context } from './commands/command';
import { UsageError } from './io';
import { printable } from './terminal/cells';

const MAX_LENGTH = 50_000_000;

/** The text in pieces. What cannot be read is wrong use. */
export async function* readInput(context: Context, file: string): AsyncIterable<string> {
  try {
    yield* context.host.input(file === '-' ? null : path.resolve(context.io.cwd, file));
  } catch {
    throw new UsageError(file === '-' ? 'standard input cannot be read' : `\`${printable(file)}\` is not there or cannot be read`);
  }
}

export async function readWhole(context: Context, file: string): Promise<string> {
  let text = '';
  for await (const piece of readInput(context, file)) {
    text += piece;
    if (text.length > MAX_LENGTH) throw new UsageError(`\`${printable(file)}\` is too large to be a request; for many requests use \`--batch\``);
  }
  return text;
}

export async function* linesOf(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
