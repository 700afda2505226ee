// One file of `workspace.fs` as text, or why not. The limits are those of the server.
import { FileSystemError, workspace, type Uri } from 'vscode';
import type { SkippedFile } from '../../server/src/protocol';

const MAX_SIZE = 2_000_000;

export type ReadResult = { readonly text: string } | Omit<SkippedFile, 'uri'> | null;

/** null: there is no such file. */
export async function readText(uri: Uri): Promise<ReadResult> {
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > MAX_SIZE) return { reason: 'too-large', why: `it has ${size.toLocaleString('en')} bytes; files over ${MAX_SIZE.toLocaleString('en')} are not read` };
    const bytes = await workspace.fs.readFile(uri);
    if (bytes.includes(0)) return { reason: 'binary', why: 'it is not text (it holds a zero byte)' };
    return { text: decoder.decode(bytes) };
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return null;
    return { reason: 'unreadable', why: `it cannot be read (${error instanceof Error ? error.message : String(error)})` };
  }
}

const decoder = new TextDecoder('utf-8');
