// Keeps the server's bases what was chosen: found anew when a repository, a saved file or the choice changes.
import { EventEmitter, RelativePattern, workspace, type Disposable, type Memento } from 'vscode';
import { REVIEW_BASE, type ReviewBaseParams } from '../../../server/src/protocol';
import type { Server } from '../server';
import { BaseFinder, type Choice } from './base';
import { findGit, type Git, type Repository } from './git';

/** where the workspace remembers what it is compared with */
const REMEMBERED = 'countersign.review.base';
/** what happens together is looked at once */
const SETTLE_MS = 300;

export class Bases implements Disposable {
  private git: Git | null | undefined;
  private timer: unknown;
  private working: Promise<void> | undefined;
  private again = false;
  private watcher: Disposable | undefined;
  private readonly followed = new Map<Repository, Disposable>();
  private readonly stamps = new Map<string, string>();
  private readonly parts: Disposable[];
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  /** what to say beside the base of a folder, and what is wrong with it */
  readonly notes = new Map<string, { readonly note: string | null; readonly fault: string | null }>();

  constructor(private readonly server: Server, private readonly memory: Memento, private readonly finder = new BaseFinder(server)) {
    this.parts = [
      server.onRunning(() => {
        this.stamps.clear();
        this.refresh();
      }),
      workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
      workspace.onDidSaveTextDocument(() => this.refresh()),
      this.changed,
    ];
  }

  get choice(): Choice {
    const kept = this.memory.get<Partial<Choice> & { ref?: string; uri?: string }>(REMEMBERED);
    if (kept?.kind === 'ref' && typeof kept.ref === 'string') return { kind: 'ref', ref: kept.ref };
    if (kept?.kind === 'folder' && typeof kept.uri === 'string') return { kind: 'folder', uri: kept.uri };
    return kept?.kind === 'head' || kept?.kind === 'saved' || kept?.kind === 'off' ? { kind: kept.kind } : { kind: 'auto' };
  }

  /** Resolves when the server knows. */
  async choose(choice: Choice): Promise<void> {
    await this.memory.update(REMEMBERED, choice);
    this.stamps.clear();
    await this.update();
  }

  async gitHere(): Promise<Git | null> {
    if (this.git === undefined) {
      this.git = await findGit();
      if (this.git) this.parts.push(this.git.onDidChange(() => this.refresh()));
    }
    return this.git;
  }

  refresh(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), SETTLE_MS);
  }

  /** One at a time; what changes meanwhile is looked at after it. */
  update(): Promise<void> {
    this.again = true;
    this.working ??= this.updateAll().catch((error: unknown) => this.server.log.error(`Finding what to compare with: ${String(error)}`)).finally(() => (this.working = undefined));
    return this.working;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher?.dispose();
    for (const part of [...this.followed.values(), ...this.parts]) part.dispose();
  }

  private async updateAll(): Promise<void> {
    const git = await this.gitHere();
    while (this.again) {
      this.again = false;
      if (!this.server.running) return;
      let saved = false;
      for (const folder of workspace.workspaceFolders ?? []) {
        const repository = git?.repositoryOf(folder.uri);
        if (repository && !this.followed.has(repository)) this.followed.set(repository, repository.state.onDidChange(() => this.refresh()));
        const uri = folder.uri.toString();
        const found = await this.finder.find(folder, this.choice, git).catch((error: unknown) => `Git does not answer: ${error instanceof Error ? error.message : String(error)}`);
        const fault = typeof found === 'string' ? found : null;
        const base = typeof found === 'string' || found === null ? null : found.base;
        const stamp = typeof found === 'string' || found === null ? String(found) : found.stamp;
        saved ||= base?.kind === 'texts' && stamp.startsWith('saved ');
        this.notes.set(uri, { note: typeof found === 'object' && found ? found.note : null, fault });
        if (this.stamps.get(uri) === stamp) continue;
        const params: ReviewBaseParams = { folder: uri, base };
        if ((await this.server.ask<boolean>(REVIEW_BASE, params)) !== undefined) this.stamps.set(uri, stamp);
      }
      this.watch(saved);
      this.changed.fire();
    }
  }

  /** Where the last saved text counts, what others save counts too. */
  private watch(saved: boolean): void {
    if (!saved) {
      this.watcher?.dispose();
      this.watcher = undefined;
    } else if (!this.watcher) {
      const watchers = (workspace.workspaceFolders ?? []).map((folder) => workspace.createFileSystemWatcher(new RelativePattern(folder, '**/*')));
      const parts = watchers.flatMap((watcher) => [watcher, watcher.onDidCreate(() => this.refresh()), watcher.onDidChange(() => this.refresh()), watcher.onDidDelete(() => this.refresh())]);
      this.watcher = { dispose: () => parts.forEach((part) => part.dispose()) };
    }
  }
}
