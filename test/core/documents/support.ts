// From a text to its documents and their problems, as the layers above do it.
import { readConfig, readDocuments, type CountersignDocument, type DocumentProblem } from '../../../server/src/core/documents';
import { parseJson, parseYaml, type SourceTree } from '../../../server/src/core/yaml';

export const treeOf = (path: string, text: string): SourceTree => (path.endsWith('.json') ? parseJson(text) : parseYaml(text));

export const documentsOf = (path: string, text: string): CountersignDocument[] => readDocuments(treeOf(path, text), path, text);

/** The only document of a text. */
export function documentOf(text: string, path = 'x.agent.yaml'): CountersignDocument {
  const document = documentsOf(path, text)[0];
  if (!document) throw new Error('no document');
  return document;
}

export function problemsOf(path: string, text: string): readonly DocumentProblem[] {
  if (path.endsWith('.countersign.yaml')) return readConfig(treeOf(path, text), text)?.problems ?? [];
  return documentsOf(path, text).flatMap((document) => document.problems);
}
