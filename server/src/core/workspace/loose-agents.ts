// Agents of other tools' files that no manifest governs: each is an agent of its own, with what its format tells.
import type { FileFacts } from './facts';
import type { Declared } from './names';
import { resolvePath } from './paths';

/** The files that a document's `definition` names, as paths of the workspace. */
export function definitionsOf(facts: FileFacts): string[] {
  const paths: string[] = [];
  for (const document of facts.documents) {
    if (document.kind !== 'Agent') continue;
    for (const r of document.references) if (r.kind === 'file' && r.path[1] === 'definition') {
      const target = resolvePath(facts.path, r.name, false);
      if (target !== null) paths.push(target);
    }
  }
  return paths;
}

export class LooseAgents {
  readonly #governed = new Map<string, readonly string[]>();
  readonly #foreign = new Map<string, readonly Declared[]>();
  #list: readonly Declared[] | null = null;
  #fingerprint = '';

  /** Takes note of a file's new facts and gives the files that other manifests govern now. */
  replace(before: FileFacts | null, after: FileFacts | null): ReadonlySet<string> {
    if (!concerns(before) && !concerns(after)) return NONE;
    const path = after?.path ?? before?.path ?? '';
    const [old, now] = [new Set(before ? definitionsOf(before) : []), new Set(after ? definitionsOf(after) : [])];
    const changed = new Set([...old].filter((p) => !now.has(p)).concat([...now].filter((p) => !old.has(p))));
    for (const target of changed) this.#set(target, now.has(target) ? [...this.governors(target), path].sort() : this.governors(target).filter((p) => p !== path));
    const agents = after?.role === 'foreign' ? after.declared.filter((d) => d.kind === 'agent') : [];
    if (agents.length > 0) this.#foreign.set(path, agents);
    else this.#foreign.delete(path);
    this.#list = null;
    return changed;
  }

  governs(path: string): boolean {
    return this.#governed.has(path);
  }

  /** The paths that manifests govern, there or not. */
  governed(): string[] {
    return [...this.#governed.keys()];
  }

  /** The files whose manifests govern the file at a path, sorted. */
  governors(path: string): readonly string[] {
    return this.#governed.get(path) ?? [];
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

  #set(path: string, governors: readonly string[]): void {
    if (governors.length > 0) this.#governed.set(path, governors);
    else this.#governed.delete(path);
  }
}

const NONE: ReadonlySet<string> = new Set();
const concerns = (facts: FileFacts | null): boolean => facts !== null && (facts.role === 'foreign' || facts.documents.some((d) => d.kind === 'Agent'));
