// Which files are read at all, by their path alone.
import { mayBeForeign } from '../core/formats';
import { CONFIG_FILE } from '../core/workspace';

const OURS = /\.(agent|policy|standard|catalog|policytest|snippets)\.(yaml|yml|json)$/;

/** True for a name that marks a Countersign document or its settings. */
export const isOurName = (path: string): boolean => OURS.test(path) || path === CONFIG_FILE;

/** True for a file that may be ours or of a format that is known. */
export const mayBeRead = (path: string): boolean => /\.(ya?ml|json)$/.test(path) || path === CONFIG_FILE || mayBeForeign(path);
