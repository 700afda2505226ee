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

/** Writes a file of the workspace as a whole: it is never there by halves. A link stays one; a new file and its folders are made inside the workspace only. */
export async function write(root: string, file: string, text: string): Promise<void> {
  const wanted = path.join(root, file);
  const known = await fs.realpath(wanted).catch(() => null);
  const target = known ?? (await newFile(root, wanted));
  const part = `${target}.${process.pid}.part`;
  try {
    await fs.writeFile(part, text, known === null ? {} : { mode: (await fs.stat(known)).mode });
    await fs.rename(part, target);
  } catch (error) {
    await fs.rm(part, { force: true });
    throw error;
  }
}

/** Where a new file goes, its folders made; a folder that is a link to somewhere else is not followed. */
async function newFile(root: string, wanted: string): Promise<string> {
  const base = await fs.realpath(root);
  let folder = path.dirname(wanted);
  while ((await fs.realpath(folder).catch(() => null)) === null) folder = path.dirname(folder);
  const inside = path.relative(base, await fs.realpath(folder));
  if (inside.startsWith('..') || path.isAbsolute(inside)) throw new Error(`\`${wanted}\` lies outside the workspace`);
  await fs.mkdir(path.dirname(wanted), { recursive: true });
  return path.join(await fs.realpath(path.dirname(wanted)), path.basename(wanted));
}
