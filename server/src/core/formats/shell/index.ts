// Command lines of shells, as permission rules look at them.
export * from './command-line';
export * from './split';
export * from './programs';
