// Results kept per file, with the keys that each asked for. Forgetting to depend on something is not possible: there is no other way to ask.
import type { BackstageEntity } from '../formats';
import type { Agent, Handles } from '../model';
import { AGENTS, type Agents } from './agents';
import type { Dependencies } from './dependencies';
import type { FileFacts } from './facts';
import type { NameKind } from '../documents';
import { keys, type Declared, type Key } from './names';
import type { PathOwners } from './owner-files';
import { HANDLES, pathsOf } from './owner-join';
import type { Settings } from './settings';
import type { Shared, SharedKind } from './shared';
import type { Workspace } from './workspace';

/** All that a check may ask of the workspace. */
export interface Queries {
  /** true where the workspace declares anything of the kind */
  declares(kind: NameKind): boolean;
  /** true where the name is declared; spares those who need no more from being asked again when its content changes */
  has(kind: NameKind, name: string): boolean;
  /** the declarations of a name; their places may be out of date, see `places` */
  find(kind: NameKind, name: string): readonly Declared[];
  /** the same, for those who show where they stand */
  places(kind: NameKind, name: string): readonly Declared[];
  /** all names of a kind, sorted */
  names(kind: NameKind): readonly string[];
  /** all declarations of a kind with their content; asks for each, so only for kinds that are few */
  all(kind: NameKind): readonly Declared[];
  /** names a state of all declarations of a kind, for memos; who uses it must still ask for what it rests on */
  version(kind: NameKind): number;
  /** the agents of other tools' files that no manifest governs */
  looseAgents(): readonly Declared[];
  /** the files with a manifest that governs the file at a path */
  governors(path: string): readonly string[];
  /** a file or a folder that holds files */
  exists(path: string): boolean;
  facts(path: string): FileFacts | null;
  text(path: string): string | null;
  /** the agent of a name, as decisions see it: its purpose and the like may change without notice */
  agent(name: string): Agent | 'ambiguous' | null;
  /** what Backstage and CODEOWNERS say of a path */
  owners(path: string): PathOwners;
  /** the Catalog's teams and people by what other tools call them */
  handles(): Handles;
  /** true where the workspace holds documents of ours, or files that say whose its files are */
  governed(): boolean;
  /** the groups and users that Backstage's files declare */
  entities(): readonly BackstageEntity[];
  /** the documents and agent files, which somebody should own, sorted */
  ownedFiles(): readonly string[];
  /** all agents, in the same way */
  agents(): Agents;
  /** a value made of all documents of some kinds at once: depends on every one of them, or only on those of `on`, for who asks for the rest itself */
  shared<T>(shared: Shared<T>, on?: readonly SharedKind[]): T;
  readonly settings: Settings;
  /** whether packages may be read, and the snippet libraries that the configurations name */
  readonly libraries: Pick<Settings, 'packages' | 'libraries'>;
  /** milliseconds since 1970; results hold for the day */
  readonly now: number;
}

export interface DerivedCell {
  /** The result may not hold any longer. What it rested on is known until there is a new one. */
  forget(path: string): void;
  /** There will be no other result: the file vanished. */
  drop(path: string): void;
}

export class Derived<T> implements DerivedCell {
  readonly #memo = new Map<string, T>();

  constructor(
    readonly id: string,
    private readonly workspace: Workspace,
    private readonly dependencies: Dependencies,
    private readonly compute: (path: string, queries: Queries) => T,
  ) {}

  has(path: string): boolean {
    return this.#memo.has(path);
  }

  get(path: string): T {
    const known = this.#memo.get(path);
    if (known !== undefined) return known;
    const used = new Set<Key>([keys.file(path)]);
    const value = this.compute(path, queries(this.workspace, used));
    this.dependencies.set(`${this.id}\0${path}`, used);
    this.#memo.set(path, value);
    return value;
  }

  forget(path: string): void {
    this.#memo.delete(path);
  }

  drop(path: string): void {
    this.#memo.delete(path);
    this.dependencies.set(`${this.id}\0${path}`, NOTHING);
  }
}

const NOTHING: ReadonlySet<Key> = new Set();

/** Queries that note what they were asked in `used`. */
export function queries(workspace: Workspace, used: Set<Key>): Queries {
  const noted = new Map<NameKind, Set<string>>();
  /** most names of a long document are asked for again and again, and a key is a text to be made */
  const first = (kind: NameKind, name: string): boolean => {
    let names = noted.get(kind);
    if (!names) noted.set(kind, (names = new Set()));
    return !names.has(name) && names.add(name) !== null;
  };
  return {
    declares(kind) {
      used.add(keys.any(kind));
      return workspace.names(kind).size > 0;
    },
    has(kind, name) {
      if (first(kind, name)) used.add(keys.has(kind, name));
      return workspace.find(kind, name).length > 0;
    },
    find(kind, name) {
      used.add(keys.name(kind, name));
      return workspace.find(kind, name);
    },
    places(kind, name) {
      used.add(keys.place(kind, name));
      return workspace.find(kind, name);
    },
    names(kind) {
      used.add(keys.names(kind));
      return workspace.sortedNames(kind);
    },
    all(kind) {
      used.add(keys.names(kind));
      const all: Declared[] = [];
      for (const name of workspace.sortedNames(kind)) {
        used.add(keys.name(kind, name));
        all.push(...workspace.find(kind, name));
      }
      return all;
    },
    version: (kind) => workspace.version(kind),
    looseAgents() {
      used.add(keys.looseAgents);
      return workspace.looseAgents();
    },
    governors(path) {
      used.add(keys.governors(path));
      return workspace.governors(path);
    },
    exists(path) {
      used.add(keys.file(path));
      return workspace.exists(path);
    },
    facts(path) {
      used.add(keys.file(path));
      return workspace.facts(path);
    },
    text(path) {
      used.add(keys.file(path));
      return workspace.text(path);
    },
    agent(name) {
      used.add(keys.agent(name));
      used.add(keys.permissions);
      used.add(keys.looseAgents);
      const agents = workspace.shared(AGENTS);
      const found = agents.find(name);
      const named = found === 'ambiguous' ? agents.all.filter((agent) => agent.name === name) : found === null ? [] : [found];
      // what a manifest lacks is taken from the files that it governs
      for (const agent of named) {
        for (const file of agent.definition) used.add(keys.file(file));
        if (agent.owner?.source === 'manifest') continue;
        used.add(keys.handles);
        for (const file of pathsOf(agent)) used.add(keys.owner(file));
      }
      return found;
    },
    agents() {
      used.add(keys.agents);
      used.add(keys.documents('files'));
      used.add(keys.documents('owners'));
      return workspace.shared(AGENTS);
    },
    owners(path) {
      used.add(keys.owner(path));
      return workspace.owners(path);
    },
    handles() {
      used.add(keys.handles);
      return workspace.shared(HANDLES);
    },
    governed() {
      used.add(keys.governed);
      return workspace.governed;
    },
    entities() {
      used.add(keys.documents('owners'));
      return workspace.entities();
    },
    ownedFiles() {
      used.add(keys.owned);
      return workspace.ownedFiles();
    },
    shared(shared, on = shared.kinds) {
      for (const kind of on) used.add(keys.documents(kind));
      return workspace.shared(shared);
    },
    get settings() {
      used.add(keys.settings);
      return workspace.settings;
    },
    get libraries() {
      used.add(keys.libraries);
      return workspace.settings;
    },
    get now() {
      used.add(keys.clock);
      return workspace.now;
    },
  };
}
