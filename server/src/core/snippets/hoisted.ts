// Where an installed package really lies: in the workspace's own `node_modules`, or, as Node looks for it, in one further up that package managers put it into for several folders of a repository.

/** the most steps up */
const MAX_UP = 10;

/**
 * The folder of a package as seen from the workspace (`node_modules/x`, `../../node_modules/x`), the nearest first; null where it is not installed.
 * Nothing above the root of the repository that holds the workspace is looked at, and without a repository nothing above the workspace: what lies there may be anybody's.
 */
export async function findPackage(folder: string, kind: (path: string) => Promise<'file' | 'folder' | null>): Promise<string | null> {
  if ((await kind(folder)) === 'folder') return folder;
  const above: string[] = [];
  for (let up = ''; above.length <= MAX_UP; up += '../') {
    if (up !== '') above.push(`${up}${folder}`);
    if ((await kind(`${up}.git`)) === null) continue;
    for (const one of above) if ((await kind(one)) === 'folder') return one;
    return null;
  }
  return null;
}

/** Whether a path lies in a package, wherever that was found; `folder` without a slash at its end. */
export const isOfPackage = (folder: string, path: string): boolean => path.replace(/^(?:\.\.\/)+/, '').startsWith(`${folder}/`);

/** Whether a path is that of a package above the workspace, and not of another folder that is open. */
export const isHoisted = (path: string): boolean => /^(?:\.\.\/)+node_modules\//.test(path);
