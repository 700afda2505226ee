// What the server says of whose files are: asked for several files at a time, kept until something changes.
import type { Disposable } from 'vscode';
import { OWNERSHIP, type FileOwnership, type OwnershipParams, type OwnershipResult } from '../../../server/src/protocol';
import type { Server } from '../server';

/** milliseconds for which questions are gathered */
const GATHER = 15;
const MAX_KEPT = 5_000;

export class Owners implements Disposable {
  private readonly known = new Map<string, Promise<FileOwnership | null>>();
  private waiting: { readonly uri: string; readonly answer: (found: FileOwnership | null) => void }[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly server: Server) {}

  /** Null for what holds nothing that somebody should own, and while no server runs. */
  of(uri: string): Promise<FileOwnership | null> {
    let found = this.known.get(uri);
    if (found) return found;
    found = new Promise((answer) => this.waiting.push({ uri, answer }));
    if (this.known.size >= MAX_KEPT) this.known.clear();
    this.known.set(uri, found);
    this.timer ??= setTimeout(() => void this.ask(), GATHER);
    return found;
  }

  forget(): void {
    this.known.clear();
  }

  private async ask(): Promise<void> {
    const asked = this.waiting;
    this.waiting = [];
    this.timer = undefined;
    const params: OwnershipParams = { uris: asked.map(({ uri }) => uri) };
    const result = await this.server.ask<OwnershipResult>(OWNERSHIP, params);
    if (!result) for (const { uri } of asked) this.known.delete(uri);
    asked.forEach(({ answer }, index) => answer(result?.files[index] ?? null));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const { answer } of this.waiting) answer(null);
  }
}
