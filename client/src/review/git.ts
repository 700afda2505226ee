// The Git extension of the editor, as far as a review asks it: what a revision said, and which files differ from it. It is not everywhere.
import { Uri, extensions, type Disposable, type Event } from 'vscode';

interface Change {
  readonly uri: Uri;
  readonly originalUri: Uri;
  readonly renameUri: Uri | undefined;
  readonly status: number;
}

interface Branch {
  readonly name?: string;
  readonly remote?: string;
  readonly commit?: string;
}

export interface Repository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: Branch | undefined;
    readonly workingTreeChanges: readonly Change[];
    readonly untrackedChanges?: readonly Change[];
    readonly submodules?: readonly { readonly path: string }[];
    readonly onDidChange: Event<void>;
  };
  show(ref: string, path: string): Promise<string>;
  diffWith(ref: string): Promise<Change[]>;
  getMergeBase(one: string, other: string): Promise<string | undefined>;
  getCommit(ref: string): Promise<{ readonly hash: string }>;
  getBranchBase?(name: string): Promise<Branch | undefined>;
  getRefs?(query: { readonly count?: number; readonly sort?: string }): Promise<readonly { readonly name?: string; readonly type: number }[]>;
}

interface Api {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: Event<unknown>;
  readonly onDidOpenRepository: Event<Repository>;
  readonly onDidCloseRepository: Event<Repository>;
  getRepository(uri: Uri): Repository | null;
}

const UNTRACKED = 7;
const MAIN_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

export interface Git {
  repositoryOf(folder: Uri): Repository | null;
  /** Calls back when repositories come or go. */
  onDidChange(callback: () => void): Disposable;
}

/** Null where there is no Git extension, or it is switched off. */
export async function findGit(): Promise<Git | null> {
  const extension = extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): Api }>('vscode.git');
  if (!extension) return null;
  try {
    const api = (extension.isActive ? extension.exports : await extension.activate()).getAPI(1);
    return {
      repositoryOf: (folder) => api.getRepository(folder),
      onDidChange(callback) {
        const parts = [api.onDidChangeState(callback), api.onDidOpenRepository(callback), api.onDidCloseRepository(callback)];
        return { dispose: () => parts.forEach((part) => part.dispose()) };
      },
    };
  } catch {
    return null;
  }
}

/** The commit that a name stands for, or null. */
export const commitOf = (repository: Repository, ref: string): Promise<string | null> => repository.getCommit(ref).then(({ hash }) => hash, () => null);

/** Where the current branch left the main one, and how that is called; null on the main branch itself, and where none is known. */
export async function mergeBaseOf(repository: Repository): Promise<{ readonly commit: string; readonly label: string } | null> {
  const { HEAD } = repository.state;
  const names = HEAD?.name ? [nameOf(await repository.getBranchBase?.(HEAD.name).catch(() => undefined))] : [];
  for (const name of [...names, ...MAIN_BRANCHES]) {
    if (name === null || name === undefined || name === HEAD?.name) continue;
    const commit = (await commitOf(repository, name)) === null ? undefined : await repository.getMergeBase('HEAD', name).catch(() => undefined);
    if (commit) return { commit, label: name.replace(/^origin\//, '').replace(/^HEAD$/, 'main') };
  }
  return null;
}

const nameOf = (branch: Branch | undefined): string | null => (branch?.name ? (branch.remote ? `${branch.remote}/${branch.name}` : branch.name) : null);

/** Files of which the working tree says something else than the revision. */
export async function changedFiles(repository: Repository, ref: string): Promise<readonly Uri[]> {
  const changes = await repository.diffWith(ref);
  const untracked = [...(repository.state.untrackedChanges ?? []), ...repository.state.workingTreeChanges.filter(({ status }) => status === UNTRACKED)];
  const found = new Map<string, Uri>();
  for (const { uri, originalUri, renameUri } of [...changes, ...untracked]) for (const one of [uri, originalUri, renameUri]) if (one) found.set(one.toString(), one);
  return [...found.values()];
}

/** Of the files that differ those that are a submodule at another commit: of these only the present state can be read. */
export const changedSubmodules = ({ rootUri, state }: Repository, changed: readonly Uri[]): readonly string[] =>
  (state.submodules ?? []).map(({ path }) => path).filter((path) => changed.some((uri) => uri.toString() === Uri.joinPath(rootUri, path).toString()));

/** What a revision says in a file; null where it has none. */
export const textAt = (repository: Repository, ref: string, uri: Uri): Promise<string | null> => repository.show(ref, uri.fsPath).then((text) => text.replace(/^\ufeff/, ''), () => null);

/** Names of branches and tags, the newest first. */
export async function refsOf(repository: Repository): Promise<readonly string[]> {
  const refs = await repository.getRefs?.({ count: 200, sort: 'committerdate' }).catch(() => []);
  return (refs ?? []).flatMap(({ name }) => name ?? []);
}
