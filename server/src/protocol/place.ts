// A place in a file of the workspace, as the client takes it.

/** A place in a file, for a link; lines and columns from 0. */
export interface FilePlace {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } };
}
