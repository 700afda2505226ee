// Which files a workspace takes in: by their path first, then by a glance at the text, so that the YAML and JSON of others costs next to nothing.
import { CONFIG_FILE, kindOfFileName } from '../documents';
import { mayBeForeign, recogniseFile } from '../formats';
import { SNIPPETS_LOCK, wanted } from './read-file';

const DATA = /\.(?:ya?ml|json)$/i;

/** Changes of decisions that somebody accepted; no document of a kind, and read all the same. */
export const ACCEPTED_FILE = '.countersign/accepted.yaml';

/** True for a name that marks a Countersign document, its settings, or the changes that were accepted. */
export const isOurName = (path: string): boolean => path === CONFIG_FILE || path === ACCEPTED_FILE || kindOfFileName(path) !== null;

/** By path and text: false for what nobody recognises. What a workspace `needs` counts all the same. */
export const worthKeeping = (path: string, text: string): boolean =>
  isOurName(path) || path === SNIPPETS_LOCK || (wanted(path) && (!DATA.test(path) || text.includes('countersign/v1') || (mayBeForeign(path) && recogniseFile(path, text) !== null)));
