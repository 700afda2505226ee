// Which check asked for which key, both ways: a change of keys gives exactly the checks to run again.
import type { Key } from './names';

export class Dependencies {
  readonly #byKey = new Map<Key, Set<string>>();
  readonly #byUser = new Map<string, ReadonlySet<Key>>();

  /** Says that `user` (a path) was computed from `used`, and from nothing else that can change. */
  set(user: string, used: ReadonlySet<Key>): void {
    const before = this.#byUser.get(user);
    for (const key of before ?? []) if (!used.has(key)) this.#drop(key, user);
    for (const key of used) {
      if (before?.has(key)) continue;
      let users = this.#byKey.get(key);
      if (!users) this.#byKey.set(key, (users = new Set()));
      users.add(user);
    }
    if (used.size === 0) this.#byUser.delete(user);
    else this.#byUser.set(user, used);
  }

  users(key: Key): Iterable<string> {
    return this.#byKey.get(key) ?? [];
  }

  #drop(key: Key, user: string): void {
    const users = this.#byKey.get(key);
    users?.delete(user);
    if (users?.size === 0) this.#byKey.delete(key);
  }
}
