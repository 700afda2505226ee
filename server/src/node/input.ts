// Text that the command line reads and writes apart from the workspace: requests from a file or from standard input, and a file of the workspace changed in place.
import { createReadStream, promises as fs } from 'node:fs';
import path from 'node:path';

/** The text of a file (an absolute path) or of standard input, in pieces. */
export async function* input(file: string | null): AsyncIterable<string> {
  const stream = file === null ? process.stdin : createReadStream(file);
  stream.setEncoding('utf8');
  let first = true;
  for await (const piece of stream) {
    const text = String(piece);
    yield first && text.startsWith('\ufeff') ? text.slice(1) : text;
    first = false;
  }
}

/** Replaces a file of the workspace as a whole: it is never there by halves. A link stays one. */
export async function write(root: string, file: string, text: string): Promise<void> {
  const target = await fs.realpath(path.join(root, file));
  const part = `${target}.${process.pid}.part`;
  try {
    await fs.writeFile(part, text, { mode: (await fs.stat(target)).mode });
    await fs.rename(part, target);
  } catch (error) {
    await fs.rm(part, { force: true });
    throw error;
  }
}
