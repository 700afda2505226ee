// Which files are read and kept: by their path first, then by a glance at the text, so that the YAML and JSON of others costs next to nothing.
import { CONFIG_FILE, kindOfFileName } from '../core/documents';
import { mayBeForeign } from '../core/formats';
import { wanted } from '../core/workspace';
import { parseYaml, resolve, textOf, valueOf } from '../core/yaml';
import { workspacePath } from './workspace-path';

/** True for a name that marks a Countersign document or its settings. */
export const isOurName = (path: string): boolean => path === CONFIG_FILE || kindOfFileName(path) !== null;

/** True for a file that may be ours or of a format that is known. */
export const mayBeRead = (path: string): boolean => path === CONFIG_FILE || wanted(path);

/** False for YAML and JSON of others. */
export const worthKeeping = (path: string, text: string): boolean => isOurName(path) || mayBeForeign(path) || !/\.(ya?ml|json)$/i.test(path) || text.includes('countersign/');

/** The files of the workspace that a settings file extends. */
export function extendedBy(path: string, text: string): readonly string[] {
  const written = valueOf(parseYaml(text).documents[0]?.root, 'extends');
  const names = written?.kind === 'seq' ? written.items.map((item) => textOf(resolve(item))) : [textOf(written)];
  const folder = path.split('/').slice(0, -1).join('/');
  return names.flatMap((name) => (name !== null && (/^\.{1,2}\//.test(name) || /\.ya?ml$/.test(name)) ? workspacePath(folder, name) ?? [] : []));
}
