// Files that other tools own: recognised, read with spans, and checked for what governance needs.
export * from './format';
export { resolveBeside } from './paths';
export { cedarEngine, type CedarEngine, type CedarModule } from './cedar';
export * from './permissions';
export type { ForeignHook, HookScope } from './hook';
export * from './rule';
export * from './registry';
export * from './frontmatter';
export { CODEOWNERS_PATHS, codeOwnersOf, type CodeOwnersMatch } from './codeowners';
export { entityRef } from './backstage/entity-ref';
