// The command line, for the entry that gives it a machine.
export { main } from './main';
export { isSkipped } from './host';
export type { FileSource, Host, ListedFile, ReadFile, Revision, SkipReason, Skipped } from './host';
export type { Io, Sink } from './io';
