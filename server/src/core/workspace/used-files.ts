// Files that other tools' files use: where one changes, those that use it mean something else, and so do their agents.
import type { FileFacts } from './facts';

export class UsedFiles {
  /** by the file that is used: the files that use it, with the names of their agents */
  readonly #users = new Map<string, Map<string, readonly string[]>>();

  /** Takes note of a file's new facts. */
  replace(before: FileFacts | null, after: FileFacts | null): void {
    for (const used of before?.foreign?.uses ?? []) {
      const users = this.#users.get(used);
      users?.delete(before?.path ?? '');
      if (users?.size === 0) this.#users.delete(used);
    }
    for (const used of after?.foreign?.uses ?? []) {
      let users = this.#users.get(used);
      if (!users) this.#users.set(used, (users = new Map()));
      users.set(after?.path ?? '', after?.foreign?.agents.map(({ id }) => id) ?? []);
    }
  }

  /** The names of the agents of all files that use the path, through others too; null where none does. */
  agentsOver(path: string): ReadonlySet<string> | null {
    if (!this.#users.has(path)) return null;
    const names = new Set<string>();
    const seen = new Set([path]);
    for (const at of seen) for (const [user, agents] of this.#users.get(at) ?? []) {
      seen.add(user);
      for (const name of agents) names.add(name);
    }
    return names;
  }

  has(path: string): boolean {
    return this.#users.has(path);
  }

  paths(): Iterable<string> {
    return this.#users.keys();
  }
}
