// Which files are read at all: by their path first, then by a glance at the text, so that other YAML and JSON costs next to nothing.
import { CONFIG_FILE, kindOfFileName } from '../core/documents';
import { mayBeForeign } from '../core/formats';
import { wanted as mayMatter } from '../core/workspace';
import type { Folder } from './folder';

const NEVER = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/;
const DATA = /\.(?:ya?ml|json)$/i;
/** a file that `.countersign.yaml` may extend has its fields */
const SETTINGS = /^(?:extends|exclude|standards|severity|locked|libraries|formats|overrides)\s*:/m;

/** What no workspace searches. */
export const isNever = (path: string): boolean => NEVER.test(path);

/** True for what is neither entered nor named. */
export const isLeftOut = (folder: Folder, path: string): boolean => isNever(path) || folder.workspace.settings.excluded(path);

/** By the path: true when the content could be ours or of a format that is known. */
export const wanted = (path: string): boolean => path === CONFIG_FILE || mayMatter(path);

/** By path and text: false for YAML and JSON of others. */
export const worthReading = (path: string, text: string): boolean =>
  path === CONFIG_FILE || !DATA.test(path) || kindOfFileName(path) !== null || mayBeForeign(path) || text.includes('countersign/v1') || (text.length < 100_000 && SETTINGS.test(text));
