// Which folders hold files: counted, so that a path to a folder can be told from one to nothing.

export class Folders {
  readonly #counts = new Map<string, number>();

  has(folder: string): boolean {
    return this.#counts.has(folder);
  }

  /** Counts a file in (+1) or out (-1) and names each folder that appeared or vanished. */
  count(path: string, by: 1 | -1, changed: (folder: string) => void): void {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      const before = this.#counts.get(folder) ?? 0;
      if (before + by <= 0) this.#counts.delete(folder);
      else this.#counts.set(folder, before + by);
      if (before === 0 || before + by <= 0) changed(folder);
    }
  }
}
