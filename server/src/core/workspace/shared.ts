// Values made of all documents of some kinds at once (the agents, the Catalog, the decision engine): kept until such a document changes.
import { kindOfFileName, stemOfFileName, type Kind } from '../documents';
import { agentOfManifest, definitionOf } from '../model';
import type { FileFacts } from './facts';
import { keys, type Key } from './names';
import { UsedFiles } from './used-files';
import type { Workspace } from './workspace';

/** A kind of document; `files`: agent files of other tools and whatever text a manifest may govern; `owners`: what tells whose a file is, and by what names. */
export type SharedKind = 'Agent' | 'Policy' | 'Catalog' | 'Standard' | 'files' | 'owners';

/** How a value is made. `before` is the one that it replaces, for what can be kept of it. */
export interface Shared<T> {
  readonly id: string;
  readonly kinds: readonly SharedKind[];
  make(workspace: Workspace, before: T | undefined): T;
}

/** changes of a kind that are remembered, at the least */
const RECENT = 32;

const KINDS: ReadonlyMap<Kind, SharedKind> = new Map([['Agent', 'Agent'], ['Policy', 'Policy'], ['Catalog', 'Catalog'], ['Standard', 'Standard']]);
const OF_SCHEMA: ReadonlyMap<string | null, SharedKind> = new Map([['agent', 'Agent'], ['policy', 'Policy'], ['catalog', 'Catalog'], ['standard', 'Standard']]);

export class SharedValues {
  /** files of other tools' files */
  readonly used = new UsedFiles();
  readonly #files = new Map<SharedKind, Set<string>>();
  readonly #versions = new Map<SharedKind, number>();
  readonly #values = new Map<string, { readonly stamp: string; readonly value: unknown }>();
  readonly #sorted = new Map<SharedKind, readonly string[]>();
  /** the files that changed last, the newest at the end; each made the next version of its kind */
  readonly #recent = new Map<SharedKind, string[]>();
  readonly #prints = new WeakMap<FileFacts, ReadonlyMap<string, string>>();

  /** Takes note of a file's new facts. */
  replace(before: FileFacts | null, after: FileFacts | null, changed: Set<Key>): void {
    const path = after?.path ?? before?.path ?? '';
    const [old, now] = [kindsOf(before), kindsOf(after)];
    for (const kind of new Set([...old, ...now])) {
      this.touch(kind, changed);
      this.#note(kind, path);
      let files = this.#files.get(kind);
      if (!files) this.#files.set(kind, (files = new Set()));
      if (now.has(kind) !== files.has(path)) this.#sorted.delete(kind);
      if (now.has(kind)) files.add(path);
      else files.delete(path);
    }
    this.used.replace(before, after);
    const over = this.used.agentsOver(path);
    if (over) {
      changed.add(keys.permissions);
      changed.add(keys.agents);
      for (const name of over) changed.add(keys.agent(name));
    }
    if (before?.foreign?.permissions || after?.foreign?.permissions) {
      const [print, other] = [permitted(before), permitted(after)];
      if (print !== other) changed.add(keys.permissions);
    }
    if (old.has('Agent') || now.has('Agent') || before?.foreign || after?.foreign) noteAgents(this.#agentsOf(before, after), this.#agentsOf(after, before), changed);
  }

  /** Says that what rests on a kind is out of date. */
  touch(kind: SharedKind, changed: Set<Key>): void {
    this.#versions.set(kind, (this.#versions.get(kind) ?? 0) + 1);
    changed.add(keys.documents(kind));
  }

  #note(kind: SharedKind, path: string): void {
    const recent = this.#recent.get(kind) ?? [];
    this.#recent.set(kind, recent);
    recent.push(path);
    if (recent.length > 2 * RECENT) recent.splice(0, RECENT);
  }

  /** Grows with every change of the kind. */
  version(kind: SharedKind): number {
    return this.#versions.get(kind) ?? 0;
  }

  /** The files of the kind (not `owners`) that changed since it had a version; null where that is too long ago to tell. */
  changedSince(kind: SharedKind, version: number): readonly string[] | null {
    const recent = this.#recent.get(kind) ?? [];
    const count = this.version(kind) - version;
    return count > recent.length ? null : count === 0 ? [] : [...new Set(recent.slice(-count))];
  }

  /** The files with a document of the kind, sorted. */
  paths(kind: SharedKind): readonly string[] {
    let sorted = this.#sorted.get(kind);
    if (!sorted) this.#sorted.set(kind, (sorted = [...(this.#files.get(kind) ?? [])].sort()));
    return sorted;
  }

  /** What decisions can see of the agents of a file; made once where there is something to compare it with. */
  #agentsOf(facts: FileFacts | null, other: FileFacts | null): ReadonlyMap<string, string> {
    if (!facts || !other) return agentsOf(facts, false);
    let print = this.#prints.get(facts);
    if (!print) this.#prints.set(facts, (print = agentsOf(facts, true)));
    return print;
  }

  get<T>(shared: Shared<T>, workspace: Workspace): T {
    const stamp = shared.kinds.map((kind) => this.#versions.get(kind) ?? 0).join(' ');
    const known = this.#values.get(shared.id);
    if (known?.stamp === stamp) return known.value as T;
    const value = shared.make(workspace, known?.value as T | undefined);
    this.#values.set(shared.id, { stamp, value });
    return value;
  }
}

/** A document whose kind is misspelt, and a file that cannot be read, are of the kind that is meant. */
function kindsOf(facts: FileFacts | null): ReadonlySet<SharedKind> {
  const kinds = new Set<SharedKind>();
  if (!facts) return kinds;
  if (facts.role === 'foreign' || facts.role === 'none') kinds.add('files');
  for (const document of facts.documents) {
    const kind = (document.kind ? KINDS.get(document.kind) : undefined) ?? OF_SCHEMA.get(document.schema);
    if (kind) kinds.add(kind);
  }
  const named = facts.role === 'countersign' && facts.problems.length > 0 ? kindOfFileName(facts.path) : null;
  const meant = named ? KINDS.get(named) : undefined;
  if (meant) kinds.add(meant);
  return kinds;
}

/** What decisions can see of the agents of a file, by name; without `compared` the names alone, since there is nothing to compare with. */
function agentsOf(facts: FileFacts | null, compared: boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, print: string): void => void found.set(name, `${found.get(name) ?? ''}${print}\n`);
  for (const document of facts?.documents ?? []) {
    if (document.kind !== 'Agent') continue;
    if (!compared) {
      add(document.name ?? stemOfFileName(facts?.path ?? ''), '');
      continue;
    }
    const agent = agentOfManifest({ path: facts?.path ?? '', index: document.index, name: document.name, value: document.value, at: document.at, places: NOWHERE }, [], []);
    // what was signed is the whole manifest
    const signed = agent.gates.some((gate) => gate.records.length > 0);
    add(agent.name, JSON.stringify([{ ...agent, title: null, purpose: null, span: null }, definitionOf({ path: '', index: document.index, name: document.name, value: document.value, at: document.at, places: NOWHERE }), signed ? document.value : null], (key, value: unknown) => (key === 'span' ? undefined : value)));
  }
  for (const agent of facts?.foreign?.agents ?? []) add(agent.id, !compared ? '' : JSON.stringify(agent, (key, value: unknown) => (key === 'span' || key === 'fields' ? undefined : value)));
  // where permissions or the agent files of a tool come and go, the agent that stands for the tool does
  if (facts?.foreign?.tool !== undefined) add(facts.foreign.tool, JSON.stringify([facts.path, facts.foreign.agents.length > 0, (facts.foreign.permissions?.length ?? 0) > 0]));
  return found;
}

/** What a file permits, wherever it stands in the file. */
const permitted = (facts: FileFacts | null): string => JSON.stringify(facts?.foreign?.permissions ?? [], (key, value: unknown) => (key === 'span' ? undefined : value));

const NOWHERE = { value: () => null };

function noteAgents(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, changed: Set<Key>): void {
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    if (before.has(name) && before.get(name) === after.get(name)) continue;
    changed.add(keys.agent(name));
    changed.add(keys.agents);
  }
}
