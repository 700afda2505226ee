// Pieces of a workspace path, which always has forward slashes.

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const folders = (path: string): string[] => path.split('/').slice(0, -1);

/** True when the path is `tail`, or ends with it below any folder. */
export const endsWithPath = (path: string, tail: string): boolean => path === tail || path.endsWith(`/${tail}`);
