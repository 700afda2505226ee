// The language's own documents: which they are, their shape, what they declare and name, and typed views of them.
export * from './schema';
export * from './kinds';
export * from './document';
export * from './formats';
export * from './party';
export * from './read-documents';
export * from './validate';
export * from './navigate';
export * from './names';
export * from './examples';
export * from './render';
export * from './edit-map';
export * from './snippet-text';
export * from './skeleton';
export { insertKey, keySnippet, pairSnippet, meant, type FixSource } from './fixes';
export * from './views';
