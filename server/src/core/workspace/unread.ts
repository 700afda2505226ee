// A file of policies that is there and cannot be read (too large, no text): what stands in for it, since denials may stand in it and decisions without it are incomplete.
import { kindOfFileName } from '../documents';
import { isOurName } from './interest';

/** Stands for the text: nothing can be read from it either. */
export const UNREAD_TEXT = '\u0000';

/** Whether the file counts though it cannot be read. */
export const holdsPolicies = (path: string): boolean => kindOfFileName(path) === 'Policy' && isOurName(path);
