// What the server says of the changes, kept for all that shows them; asked again when it says that it may be another.
import { EventEmitter, type Disposable } from 'vscode';
import { REVIEW, REVIEW_CHANGED, type ReviewChange, type ReviewFolder, type ReviewParams, type ReviewResult } from '../../../server/src/protocol';
import type { Server } from '../server';

export interface Placed {
  readonly folder: string;
  readonly base: string;
  readonly change: ReviewChange;
}

export class ReviewModel implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private digest: string | undefined;
  private asking: Promise<void> | undefined;
  private stale = false;
  private readonly parts: Disposable[];
  folders: readonly ReviewFolder[] = [];

  constructor(private readonly server: Server) {
    this.parts = [this.changed, server.client.onNotification(REVIEW_CHANGED, () => void this.refresh())];
  }

  /** One question at a time; what changes meanwhile is asked after it. */
  refresh(): Promise<void> {
    this.stale = true;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async ask(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      const params: ReviewParams = { known: this.digest };
      const result = await this.server.ask<ReviewResult>(REVIEW, params);
      if (!result) return;
      this.digest = result.digest;
      if (!result.folders) continue;
      this.folders = result.folders;
      this.changed.fire();
    }
  }

  /** All changes with their folder, in order. */
  all(): readonly Placed[] {
    return this.folders.flatMap(({ folder, base, changes }) => changes.map((change) => ({ folder, base, change })));
  }

  /** Those that stand in a file. */
  in(uri: string): readonly Placed[] {
    return this.all().filter(({ change }) => change.place?.uri === uri);
  }

  find(folder: unknown, key: unknown): Placed | undefined {
    return this.all().find((one) => one.folder === folder && one.change.key === key);
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}
