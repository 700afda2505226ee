// Requests of our own client that are no part of the protocol for editors.
import { codeDoc, codePage } from '../core/lint';
import { adopt, adoptable } from '../ide';
import { ADOPT, EXPLAIN, NEW_DOCUMENT, type AdoptParams, type AdoptResult, type ExplainParams, type ExplainResult, type NewDocumentParams, type NewDocumentResult } from '../protocol';
import type { FeatureContext } from './features/context';
import { Malformed } from './guard';

export function registerCustom({ connection, guard, folders, ide }: FeatureContext): void {
  connection.onRequest(
    EXPLAIN,
    guard.request(EXPLAIN, (params: ExplainParams): ExplainResult => {
      if (typeof params?.code !== 'string') throw new Malformed('`code` must be a text');
      const doc = codeDoc(params.code);
      return doc ? codePage(doc) : null;
    }),
  );
  connection.onRequest(
    ADOPT,
    guard.request(ADOPT, (params: AdoptParams): AdoptResult | null => {
      folders.flush();
      const folder = (typeof params?.folder === 'string' ? folders.named(params.folder) : null) ?? folders.all().at(-1);
      if (!folder) return null;
      const chosen = Array.isArray(params?.agents) ? params.agents.filter((id): id is string => typeof id === 'string') : null;
      return {
        folder: folder.uri,
        agents: adoptable(folder.workspace).map(({ id, format, path }) => ({ id, format, file: path })),
        files: adopt(folder.workspace, { agents: chosen, folder: 'agents' }).map(({ path, text, gaps }) => ({ path, text, gaps })),
      };
    }),
  );
  const { newDocument } = ide;
  if (!newDocument) return;
  connection.onRequest(
    NEW_DOCUMENT,
    guard.request(NEW_DOCUMENT, (params: NewDocumentParams): NewDocumentResult | null => {
      if (typeof params?.kind !== 'string' || typeof params.name !== 'string') throw new Malformed('`kind` and `name` must be texts');
      folders.flush();
      const folder = (typeof params.folder === 'string' ? folders.named(params.folder) : null) ?? folders.all().at(-1);
      return folder ? newDocument(folder.workspace, params.kind, params.name) : null;
    }),
  );
}
