// The features for editors, one line each: plain functions over a workspace.
import type { Ide } from './types';

export type * from './types';

export const ide: Ide = {};
