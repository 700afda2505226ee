// Snippet libraries: the syntax of snippets, their files, where they belong, the libraries of a workspace, and their lock.
export * from './syntax';
export * from './expand';
export * from './read-file';
export * from './places';
export * from './sample';
export * from './version';
export * from './hoisted';
export * from './libraries';
export * from './lock';
export * from './lock-state';
export * from './shipped';
export * from './catalogue';
export * from './line-diff';
export * from './origin';
export * from './outdated';
export * from './merge';
