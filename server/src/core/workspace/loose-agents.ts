// Agents of other tools' files that no manifest governs: each is an agent of its own, with what its format tells.
import type { FileFacts } from './facts';
import type { Declared } from './names';

/** The files that a document's `definition` names, as paths of the workspace. */
export function definitionsOf(facts: FileFacts): string[] {
  const paths: string[] = [];
  for (const document of facts.documents) {
    if (document.kind !== 'Agent') continue;
    for (const r of document.references) if (r.kind === 'file' && r.path[1] === 'definition') paths.push(r.name.replace(/^\.\//, ''));
  }
  return paths;
}

export class LooseAgents {
  readonly #governed = new Map<string, number>();
  readonly #foreign = new Map<string, readonly Declared[]>();
  #list: readonly Declared[] | null = null;
  #fingerprint = '';

  /** Takes note of a file's new facts. */
  replace(before: FileFacts | null, after: FileFacts | null): void {
    if (!concerns(before) && !concerns(after)) return;
    for (const path of before ? definitionsOf(before) : []) this.#count(path, -1);
    for (const path of after ? definitionsOf(after) : []) this.#count(path, 1);
    const path = after?.path ?? before?.path ?? '';
    const agents = after?.role === 'foreign' ? after.declared.filter((d) => d.kind === 'agent') : [];
    if (agents.length > 0) this.#foreign.set(path, agents);
    else this.#foreign.delete(path);
    this.#list = null;
  }

  governs(path: string): boolean {
    return this.#governed.has(path);
  }

  list(): readonly Declared[] {
    return (this.#list ??= [...this.#foreign].filter(([path]) => !this.#governed.has(path)).flatMap(([, agents]) => agents));
  }

  /** True when the set of names is another than at the last call. */
  settle(): boolean {
    if (this.#list !== null) return false;
    const fingerprint = this.list().map((d) => d.name).sort().join('\0');
    const changed = fingerprint !== this.#fingerprint;
    this.#fingerprint = fingerprint;
    return changed;
  }

  #count(path: string, by: number): void {
    const count = (this.#governed.get(path) ?? 0) + by;
    if (count <= 0) this.#governed.delete(path);
    else this.#governed.set(path, count);
  }
}

const concerns = (facts: FileFacts | null): boolean => facts !== null && (facts.role === 'foreign' || facts.documents.some((d) => d.kind === 'Agent'));
