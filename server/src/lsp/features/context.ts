// What all feature handlers start from: the file that a request speaks of, with its newest text.
import type { CancellationToken, Connection, RequestType } from 'vscode-languageserver';
import type { LineIndex } from '../../core/text';
import type { Ide, Place } from '../../ide';
import type { Client } from '../client';
import type { Documents } from '../documents';
import type { Folder } from '../folder';
import type { Folders } from '../folders';
import { uriOf, type Guard } from '../guard';
import type { Readiness } from '../readiness';

export interface FeatureContext {
  readonly connection: Connection;
  readonly client: Client;
  readonly guard: Guard;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly readiness: Readiness;
  readonly ide: Ide;
  /** the findings of a file that may be told now */
  findings(folder: Folder, path: string): ReturnType<Folder['linter']['get']>;
}

export interface FileAt {
  readonly folder: Folder;
  readonly path: string;
  readonly lines: LineIndex;
}

/** The file that the parameters name, or null when the server does not know it. */
export function fileOf(context: FeatureContext, params: unknown): FileAt | null {
  const uri = uriOf(params);
  context.folders.flush();
  const at = context.folders.locate(uri);
  const lines = at?.folder.lines(at.path);
  return at && lines ? { ...at, lines } : null;
}

/** Registers a request handler with the safe wrapper. */
export function handle<P, R, E>(context: FeatureContext, type: RequestType<P, R, E>, run: (params: P, token: CancellationToken) => R | Promise<R>): void {
  context.connection.onRequest(type.method, context.guard.request<P, unknown, []>(type.method, run));
}

/** A place as the protocol has it, or nothing where the file is not known. */
export function locationOf(folder: Folder, { path, span }: Place): { uri: string; range: ReturnType<LineIndex['range']> }[] {
  const lines = folder.lines(path);
  return lines ? [{ uri: folder.uriOf(path), range: lines.range(span) }] : [];
}

