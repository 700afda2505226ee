// The incremental workspace: texts in, facts, names and derived results out.
export * from './facts';
export * from './names';
export * from './settings';
export * from './derived';
export * from './workspace';
export { glob, globs } from './glob';
export { resolvePath } from './paths';
export { wanted } from './read-file';
export { isOurName, worthKeeping } from './interest';
export { type Shared, type SharedKind } from './shared';
export { AGENTS, type Agents } from './agents';
export { CATALOG } from './catalog';
