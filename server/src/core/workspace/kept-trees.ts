// The trees of files, kept no longer than they are used: what nobody looks at is told by the facts, and a tree is quick to make again from its text.
import { parseJson, parseYaml, type ParseMemo, type SourceTree } from '../yaml';

/** the most text of which trees are kept, in UTF-16 units; a tree takes some twenty times the memory */
const MAX_TEXT = 500_000;

/** The tree of a text, as JSON or YAML by the file's name. */
export function parseFile(path: string, text: string, memo?: ParseMemo): SourceTree {
  if (/\.json$/i.test(path)) return parseJson(text);
  return /\.code-snippets$/i.test(path) ? parseJson(text, { comments: true }) : parseYaml(text, 0, memo);
}

export class KeptTrees {
  readonly #kept = new Map<string, { readonly text: string; readonly tree: SourceTree }>();
  #length = 0;

  /** The tree of a file's text. Those asked for longest ago are let go. */
  of(path: string, text: string, memo?: ParseMemo): SourceTree {
    const known = this.#kept.get(path);
    this.#kept.delete(path);
    const kept = known?.text === text ? known : { text, tree: parseFile(path, text, memo) };
    this.#kept.set(path, kept);
    if (kept !== known) this.#length += text.length - (known?.text.length ?? 0);
    for (const [oldest, { text: dropped }] of this.#kept) {
      if (this.#length <= MAX_TEXT || oldest === path) break;
      this.#kept.delete(oldest);
      this.#length -= dropped.length;
    }
    return kept.tree;
  }

  forget(path: string): void {
    this.#length -= this.#kept.get(path)?.text.length ?? 0;
    this.#kept.delete(path);
  }
}
