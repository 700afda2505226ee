// Which files are read at all: by their path first, then by a glance at the text, so that other YAML and JSON costs next to nothing.
import { mayBeForeign } from '../core/formats';
import { kindOfFileName } from '../core/documents';
import { CONFIG_FILE } from '../core/workspace';
import type { Folder } from './folder';

const MAYBE_OURS = /\.(?:ya?ml|json)$/;
const NEVER = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/;

/** What no workspace searches. */
export const isNever = (path: string): boolean => NEVER.test(path);

/** True for what is neither entered nor named. */
export const isLeftOut = (folder: Folder, path: string): boolean => isNever(path) || folder.workspace.settings.excluded(path);

/** By the path: true when the content could be ours or of a format that is known. */
export const wanted = (path: string): boolean => path === CONFIG_FILE || MAYBE_kindOfFileName(path) !== null || mayBeForeign(path);

/** By path and text: false for YAML and JSON of others. */
export const worthReading = (path: string, text: string): boolean => path === CONFIG_FILE || kindOfFileName(path) !== null || mayBeForeign(path) || text.includes('countersign/');
