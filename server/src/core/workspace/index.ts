// The incremental workspace: texts in, facts, names and derived results out.
export * from './facts';
export * from './names';
export * from './settings';
export * from './derived';
export * from './workspace';
export { glob, globs } from './glob';
export { packageConfig } from './config';
export { resolvePath } from './paths';
export { SNIPPETS_LOCK, readFile, wanted } from './read-file';
export { ACCEPTED_FILE, isOurName, worthKeeping } from './interest';
export { type Shared, type SharedKind } from './shared';
export { AGENTS, type Agents } from './agents';
export { CATALOG } from './catalog';
export { type OwnerClaim, type OwnerReview, type PathOwners } from './owner-files';
export { agentsOfFile, changeApprovers, ownershipOfFile, subjectsOfFile, type ChangeApprover, type FileSubject } from './change-approvers';
export { ownershipOfAgent, ownershipOfDocument, ownershipOfName, ownershipOfPath, teamDetails, type Learned, type OwnerSource, type Ownership } from './ownership';
export { HANDLES, namedBy, ownerByClaims, pathsOf } from './owner-join';
export { PERMISSIONS, governsAgent, implicitAgent, joinPermissions, type ForeignFileAt, type PermissionSet, type Permissions } from './permissions';
