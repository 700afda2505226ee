// Which check asked for which key, both ways: a change of keys gives exactly the checks to run again.
import type { Key } from './names';

/** Who asked for a key. Most keys have one user (a file asks for itself), and a set for one is large. */
interface Users {
  readonly key: Key;
  users: string | Set<string>;
}

export class Dependencies {
  readonly #byKey = new Map<Key, Users>();
  readonly #byUser = new Map<string, readonly Users[]>();

  /** Says that `user` (a path) was computed from `used`, and from nothing else that can change. */
  set(user: string, used: ReadonlySet<Key>): void {
    const before = this.#byUser.get(user) ?? [];
    for (const entry of before) if (!used.has(entry.key)) this.#drop(entry, user);
    const entries: Users[] = [];
    let count = 0;
    for (const key of used) {
      // most questions are asked again in the order of the last time
      const same = before[count++];
      entries.push(same?.key === key ? same : this.#add(key, user));
    }
    if (count === 0) this.#byUser.delete(user);
    else this.#byUser.set(user, entries.slice());
  }

  users(key: Key): Iterable<string> {
    const users = this.#byKey.get(key)?.users;
    return users === undefined ? [] : typeof users === 'string' ? [users] : users;
  }

  #add(key: Key, user: string): Users {
    const entry = this.#byKey.get(key);
    if (!entry) {
      const made = { key, users: user };
      this.#byKey.set(key, made);
      return made;
    }
    if (typeof entry.users !== 'string') entry.users.add(user);
    else if (entry.users !== user) entry.users = new Set([entry.users, user]);
    return entry;
  }

  #drop(entry: Users, user: string): void {
    if (typeof entry.users === 'string') {
      if (entry.users === user) this.#byKey.delete(entry.key);
      return;
    }
    entry.users.delete(user);
    if (entry.users.size === 0) this.#byKey.delete(entry.key);
  }
}
