// What the decisions of a folder are compared with, and the texts of that state for the server.
import { RelativePattern, workspace, type Uri, type WorkspaceFolder } from 'vscode';
import { REVIEW_CONFIGURED, WANTED, type ReviewBase, type ReviewConfiguredParams, type WantedParams, type WantedResult } from '../../../server/src/protocol';
import { readText } from '../read-text';
import type { Server } from '../server';
import { changedFiles, changedSubmodules, commitOf, mergeBaseOf, textAt, type Git, type Repository } from './git';

/** What a user chose. `auto`: where the branch left the main one, else the last commit, else the last saved text. */
export type Choice =
  | { readonly kind: 'auto' | 'head' | 'saved' | 'off' }
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'folder'; readonly uri: string };

export interface FoundBase {
  readonly base: ReviewBase;
  /** what to say beside the label, or null */
  readonly note: string | null;
  /** the same as long as nothing of it changed */
  readonly stamp: string;
}

/** Files that are looked at by name, that git is asked for, and at one time. */
const MAX_NAMES = 20_000;
const MAX_FILES = 2_000;
const WIDTH = 8;

const CONFIG = '.countersign.yaml';
const MAY_MATTER = /\.(ya?ml|jsonc?|mdc?|toml|rego|cedar|code-snippets)$/i;
const EVERYTHING_THAT_MAY_MATTER = '**/*.{yaml,yml,json,jsonc,md,mdc,toml,rego,cedar,code-snippets}';

export class BaseFinder {
  /** what revisions say in files, which never changes */
  private readonly texts = new Map<string, string | null>();

  constructor(private readonly server: Server) {}

  /** Null: nothing is compared. A text says why it cannot be. */
  async find(folder: WorkspaceFolder, choice: Choice, git: Git | null): Promise<FoundBase | string | null> {
    if (choice.kind === 'off') return null;
    if (choice.kind === 'folder') {
      const other = workspace.workspaceFolders?.find(({ uri }) => uri.toString() === choice.uri);
      if (!other) return 'The folder to compare with is not open.';
      // the others are compared with it
      if (other.uri.toString() === folder.uri.toString()) return null;
      return { base: { kind: 'folder', label: other.name, uri: choice.uri }, note: 'folder', stamp: `folder ${choice.uri}` };
    }
    if (choice.kind === 'saved') return this.saved(folder, null);
    const repository = git?.repositoryOf(folder.uri) ?? null;
    if (!repository) return choice.kind === 'auto' ? this.saved(folder, git ? 'no Git repository' : 'no Git here') : 'There is no Git repository here.';
    if (choice.kind === 'ref') {
      const commit = await commitOf(repository, choice.ref);
      return commit === null ? `\`${choice.ref}\` is no revision of this repository.` : this.revision(folder, repository, commit, choice.ref);
    }
    const merge = choice.kind === 'auto' ? await mergeBaseOf(repository) : null;
    if (merge) return this.revision(folder, repository, merge.commit, merge.label);
    const head = await commitOf(repository, 'HEAD');
    return head === null ? this.saved(folder, 'no commit yet') : this.revision(folder, repository, head, 'HEAD');
  }

  private async saved(folder: WorkspaceFolder, note: string | null): Promise<FoundBase> {
    const files = await savedTexts(folder, new Set());
    return { base: { kind: 'texts', label: 'last saved text', follows: true, files }, note, stamp: `saved ${Date.now()}` };
  }

  private async revision(folder: WorkspaceFolder, repository: Repository, commit: string, label: string): Promise<FoundBase> {
    const inside = (await changedFiles(repository, commit)).filter((uri) => pathIn(folder, uri) !== null).slice(0, MAX_NAMES);
    const paths = inside.map((uri) => pathIn(folder, uri) ?? '');
    const params: WantedParams = { folder: folder.uri.toString(), paths };
    // where the configuration differs, it may have excluded other files then: all that could matter are told
    const reconfigured = (await this.server.ask<boolean>(REVIEW_CONFIGURED, params satisfies ReviewConfiguredParams)) ?? paths.includes(CONFIG);
    const wanted = reconfigured ? paths.map((path) => MAY_MATTER.test(path)) : ((await this.server.ask<WantedResult>(WANTED, params)) ?? paths.map(() => true));
    const files: { uri: string; text: string | null }[] = [];
    const all = inside.filter((_, index) => wanted[index] === true);
    const asked = all.slice(0, MAX_FILES);
    if (reconfigured) files.push(...(await this.leftOut(folder, new Set(inside.map((uri) => uri.toString())))));
    for (let at = 0; at < asked.length; at += WIDTH) {
      files.push(...(await Promise.all(asked.slice(at, at + WIDTH).map(async (uri) => ({ uri: uri.toString(), text: await this.textAt(repository, commit, uri) })))));
    }
    const known = new Set(files.map(({ uri }) => uri));
    files.push(...(await savedTexts(folder, known)));
    const modules = changedSubmodules(repository, inside);
    const note = [
      ...(asked.length < all.length ? [`only ${MAX_FILES.toLocaleString('en')} of ${all.length.toLocaleString('en')} changed files`] : []),
      ...(modules.length > 0 ? [`${modules.slice(0, 2).join(', ')}${modules.length > 2 ? ` and ${modules.length - 2} more submodules` : ''} as it is now`] : []),
    ].join('; ') || null;
    return { base: { kind: 'texts', label, files }, note, stamp: JSON.stringify([commit, label, files.map(({ uri }) => uri).sort()]) };
  }

  /** Files that the server does not read now, and that did not change since. */
  private async leftOut(folder: WorkspaceFolder, changed: ReadonlySet<string>): Promise<{ uri: string; text: string | null }[]> {
    const found = await workspace.findFiles(new RelativePattern(folder, EVERYTHING_THAT_MAY_MATTER), '**/{.git,node_modules}/**', MAX_NAMES);
    const params: WantedParams = { folder: folder.uri.toString(), paths: found.map((uri) => pathIn(folder, uri) ?? '') };
    const wanted = (await this.server.ask<WantedResult>(WANTED, params)) ?? [];
    const unread = found.filter((uri, index) => wanted[index] === false && !changed.has(uri.toString())).slice(0, MAX_FILES);
    const texts = await Promise.all(unread.map(async (uri) => ({ uri: uri.toString(), read: await readText(uri) })));
    return texts.flatMap(({ uri, read }) => (read && 'text' in read ? [{ uri, text: read.text }] : []));
  }

  private async textAt(repository: Repository, commit: string, uri: Uri): Promise<string | null> {
    const key = `${commit} ${uri.toString()}`;
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    const text = await textAt(repository, commit, uri);
    if (this.texts.size > MAX_FILES) this.texts.clear();
    this.texts.set(key, text);
    return text;
  }
}

/** What the disk says of the open documents: the editor may say something else, and whether it does is told a moment later than the edit itself. */
async function savedTexts(folder: WorkspaceFolder, known: ReadonlySet<string>): Promise<{ uri: string; text: string | null }[]> {
  const open = workspace.textDocuments.filter(({ isUntitled, uri }) => !isUntitled && pathIn(folder, uri) !== null && !known.has(uri.toString())).slice(0, MAX_FILES);
  const read = await Promise.all(open.map(async ({ isDirty, uri }) => ({ uri: uri.toString(), isDirty, found: await readText(uri) })));
  // what cannot be read is only said of what was edited
  return read.flatMap(({ uri, isDirty, found }): { uri: string; text: string | null }[] => (found && 'text' in found ? [{ uri, text: found.text }] : isDirty ? [{ uri, text: null }] : []));
}

/** The path within the folder, with forward slashes, or null. */
function pathIn(folder: WorkspaceFolder, uri: Uri): string | null {
  if (uri.scheme !== folder.uri.scheme || uri.authority !== folder.uri.authority) return null;
  const root = folder.uri.path.replace(/\/$/, '');
  return uri.path.startsWith(`${root}/`) ? uri.path.slice(root.length + 1) : null;
}
