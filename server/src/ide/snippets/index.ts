// Snippets in the editor: what is offered, saving one, new libraries, what changed.
export * from './insert';
export * from './new-library';
export * from './save';
export * from './updates';
