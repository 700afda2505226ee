// One workspace folder: texts in, facts and names out. Changed by one method; what is derived from it is kept until a key that it asked for changes.
import { CONFIG_FILE, type NameKind } from '../documents';
import type { BackstageEntity, CedarEngine } from '../formats';
import { parseYaml, plainValue, type SourceTree } from '../yaml';
import { configSource, settingsOf } from './config';
import { Dependencies } from './dependencies';
import { Derived, queries, type DerivedCell, type Queries } from './derived';
import type { FileFacts } from './facts';
import { Folders } from './folders';
import { KeptTrees } from './kept-trees';
import { LooseAgents } from './loose-agents';
import { Names, keys, type Declared, type Key } from './names';
import { OwnerFiles, type PathOwners } from './owner-files';
import { fileMemo, readFile, type FileMemo } from './read-file';
import { joinSettings, type Settings, type SettingsSource } from './settings';
import { SharedValues, type Shared, type SharedKind } from './shared';

export interface Change {
  /** texts by path (relative, forward slashes); null where a file vanished */
  readonly files?: Iterable<readonly [path: string, text: string | null]>;
  /** files that exist but whose text is not given: true where one appeared, false where it vanished */
  readonly listed?: Iterable<readonly [path: string, exists: boolean]>;
  /** the editor's settings */
  readonly settings?: SettingsSource;
  /** whether configurations of npm packages may be read, which only a trusted workspace may name; not until it is said */
  readonly packages?: boolean;
  /** milliseconds since 1970 */
  readonly now?: number;
  /** the engine of Cedar, once it is loaded: files that wait for it are read again */
  readonly cedar?: CedarEngine;
}

interface Entry {
  readonly text: string;
  facts: FileFacts;
}

const DAY = 86_400_000;
/** files under edit whose stretches of text are kept */
const MEMOS = 8;

function dropOldest(map: Map<string, unknown>, limit: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= limit) return;
    map.delete(oldest);
  }
}

export class Workspace {
  readonly #files = new Map<string, Entry>();
  readonly #listed = new Set<string>();
  readonly #folders = new Folders();
  readonly #loose = new LooseAgents();
  readonly #names = new Names();
  readonly #owners = new OwnerFiles();
  readonly #shared = new SharedValues();
  readonly #dependencies = new Dependencies();
  readonly #cells = new Map<string, DerivedCell>();
  readonly #memos = new Map<string, FileMemo>();
  readonly #trees = new KeptTrees();
  #editor: SettingsSource = {};
  #settings: Settings = joinSettings([]);
  #packages = false;
  /** files that the configuration extends, there or not */
  readonly #extended = new Set<string>();
  #now = 0;
  #cedar: CedarEngine | null = null;
  /** files that were read without Cedar and hold some */
  readonly #awaiting = new Set<string>();
  #revision = 0;

  /** `lend`: facts that are known of a text already, as another state of the workspace may have them */
  constructor(private readonly lend?: (path: string, text: string, settings: Settings) => FileFacts | null) {}

  /** grows with every change */
  get revision(): number {
    return this.#revision;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** the editor's part of the settings */
  get editorSettings(): SettingsSource {
    return this.#editor;
  }

  get now(): number {
    return this.#now;
  }

  /** The engine of Cedar; null as long as it is not loaded. */
  get cedar(): CedarEngine | null {
    return this.#cedar;
  }

  /** True where a file holds Cedar and its engine is not there. */
  get awaitsCedar(): boolean {
    return this.#awaiting.size > 0;
  }

  /** Applies a change and gives the paths whose derived results are no longer known to hold (changed files included, vanished ones too). */
  applyChange(change: Change): ReadonlySet<string> {
    this.#revision++;
    const changed = new Set<Key>();
    const stale = new Set<string>();
    if (change.now !== undefined) {
      if (Math.floor(change.now / DAY) !== Math.floor(this.#now / DAY)) changed.add(keys.clock);
      this.#now = change.now;
    }
    for (const [path, exists] of change.listed ?? []) {
      if (exists === this.#listed.has(path)) continue;
      const known = this.#knows(path);
      if (exists) this.#listed.add(path);
      else this.#listed.delete(path);
      this.#recount(path, known, changed);
    }
    let settingsMayDiffer = change.settings !== undefined || (change.packages !== undefined && change.packages !== this.#packages);
    if (change.packages !== undefined) this.#packages = change.packages;
    if (change.settings) this.#editor = change.settings;
    if (change.cedar && change.cedar !== this.#cedar) {
      this.#cedar = change.cedar;
      for (const path of [...this.#awaiting]) this.#reread(path, this.#settings, changed, stale);
    }
    for (const [path, text] of change.files ?? []) {
      const before = this.#files.get(path);
      if (before && before.text === text) continue;
      if (!before && text === null) continue;
      stale.add(path);
      const known = this.#knows(path);
      if (before?.facts.role === 'config' || this.#extended.has(path)) settingsMayDiffer = true;
      const after = text === null ? null : { text, facts: this.lend?.(path, text, this.#settings) ?? readFile(path, text, this.#settings, this.#trees, before ? this.#memo(path) : undefined, this.#cedar) };
      if (after?.facts.role === 'config') settingsMayDiffer = true;
      if (after) this.#files.set(path, after);
      else {
        this.#files.delete(path);
        this.#memos.delete(path);
        this.#trees.forget(path);
      }
      this.#noteAwaiting(path, after?.facts ?? null);
      this.#recount(path, known, changed);
      this.#names.replace(before?.facts.declared ?? [], after?.facts.declared ?? [], changed);
      this.#shared.replace(before?.facts ?? null, after?.facts ?? null, changed);
      if (this.#owners.replace(before?.facts ?? null, after?.facts ?? null, changed)) this.#shared.touch('owners', changed);
      for (const governed of this.#loose.replace(before?.facts ?? null, after?.facts ?? null)) changed.add(keys.governors(governed));
    }
    if (settingsMayDiffer) this.#resettle(changed, stale);
    if (this.#loose.settle()) changed.add(keys.looseAgents);
    this.#owners.settle(changed);
    for (const key of changed) for (const user of this.#dependencies.users(key)) this.#forget(user, stale);
    for (const path of stale) {
      const gone = !this.#files.has(path);
      for (const cell of this.#cells.values()) {
        if (gone) cell.drop(path);
        else cell.forget(path);
      }
    }
    return stale;
  }

  /** The kept stretches of a file under edit; the files edited longest ago lose theirs. */
  #memo(path: string): FileMemo {
    const memo = this.#memos.get(path) ?? fileMemo();
    this.#memos.delete(path);
    this.#memos.set(path, memo);
    dropOldest(this.#memos, MEMOS);
    return memo;
  }

  /** A file that the configuration extends. */
  #readConfig(path: string): ReturnType<typeof configSource> | null {
    if (path !== CONFIG_FILE) this.#extended.add(path);
    const text = this.#files.get(path)?.text;
    return text === undefined ? null : configSource(plainValue(parseYaml(text).documents[0]?.root ?? null));
  }

  /** Joins the settings anew and reads again what they include or leave out now. */
  #resettle(changed: Set<Key>, stale: Set<string>): void {
    this.#extended.clear();
    const sources = settingsOf(CONFIG_FILE, this.#packages, (path) => this.#files.get(path)?.facts ?? null, (path) => this.#readConfig(path));
    const settings = joinSettings([...sources, this.#editor], this.#packages);
    const before = this.#settings;
    const same = settings.fingerprint === this.#settings.fingerprint;
    if (same && JSON.stringify(settings.libraries) === JSON.stringify(this.#settings.libraries)) return;
    this.#settings = settings;
    changed.add(keys.libraries);
    // nothing else rests on the libraries that are named
    if (same) return;
    changed.add(keys.settings);
    for (const [path, { facts }] of [...this.#files]) {
      // of our own documents nothing else rests on the settings
      if (facts.role === 'countersign' && before.excluded(path) === settings.excluded(path)) continue;
      this.#reread(path, settings, changed, stale);
    }
  }

  #noteAwaiting(path: string, facts: FileFacts | null): void {
    if (facts?.foreign?.awaits === 'cedar') this.#awaiting.add(path);
    else this.#awaiting.delete(path);
  }

  /** Reads a file again, since it may mean something else now. */
  #reread(path: string, settings: Settings, changed: Set<Key>, stale: Set<string>): void {
    const entry = this.#files.get(path);
    if (!entry) return;
    const facts = readFile(path, entry.text, settings, this.#trees, undefined, this.#cedar);
    if (facts.role === entry.facts.role && facts.format === entry.facts.format && facts.foreign?.awaits === entry.facts.foreign?.awaits) return;
    changed.add(keys.file(path));
    stale.add(path);
    this.#noteAwaiting(path, facts);
    this.#names.replace(entry.facts.declared, facts.declared, changed);
    this.#shared.replace(entry.facts, facts, changed);
    if (this.#owners.replace(entry.facts, facts, changed)) this.#shared.touch('owners', changed);
    for (const governed of this.#loose.replace(entry.facts, facts)) changed.add(keys.governors(governed));
    entry.facts = facts;
  }

  #forget(user: string, stale: Set<string>): void {
    const at = user.indexOf('\0');
    const path = user.slice(at + 1);
    this.#cells.get(user.slice(0, at))?.forget(path);
    stale.add(path);
  }

  /** All files that are known by content, sorted. */
  paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  text(path: string): string | null {
    return this.#files.get(path)?.text ?? null;
  }

  /** The tree of a file, as JSON or YAML by its name; those asked for last are kept. */
  tree(path: string): SourceTree | null {
    const text = this.text(path);
    if (text === null) return null;
    return this.#trees.of(path, text, this.#memos.get(path)?.parse);
  }

  facts(path: string): FileFacts | null {
    return this.#files.get(path)?.facts ?? null;
  }

  /** A file, read or not, or a folder that holds one. */
  exists(path: string): boolean {
    return this.#knows(path) || this.#folders.has(path);
  }

  /** The agents of other tools' files that no manifest governs. */
  looseAgents(): readonly Declared[] {
    return this.#loose.list();
  }

  /** The files with a manifest that governs the file at a path. */
  governors(path: string): readonly string[] {
    return this.#loose.governors(path);
  }

  /** What Backstage and CODEOWNERS say of a path, which need not be known. */
  owners(path: string): PathOwners {
    return this.#owners.of(path);
  }

  /** True where there is a document of ours, or a file of Backstage or CODEOWNERS. */
  get governed(): boolean {
    return this.#owners.any;
  }

  /** The documents and agent files, which somebody should own, sorted. */
  ownedFiles(): readonly string[] {
    return this.#owners.owned();
  }

  /** The entities of Backstage's files. */
  entities(): readonly BackstageEntity[] {
    return this.#owners.entities();
  }

  /** True for a file that the `definition` of a manifest names. */
  governs(path: string): boolean {
    return this.#loose.governs(path);
  }

  /** True for a file that the configuration extends, there or not. */
  extends(path: string): boolean {
    return this.#extended.has(path);
  }

  /** The files that the configuration extends, there or not; that of a package stands under its name in the workspace's own `node_modules`, wherever it was found. */
  extendedFiles(): readonly string[] {
    return [...this.#extended];
  }

  /** True for a file whose text counts whatever it is: the configuration extends it, or a manifest governs it and it is signed with it. */
  needs(path: string): boolean {
    return this.#extended.has(path) || this.#loose.governs(path) || this.#shared.used.has(path);
  }

  /** The files that are needed and whose text was not given; of those that manifests govern only what is there. */
  lacking(): string[] {
    const unread = (path: string): boolean => !this.#files.has(path);
    return [...new Set([...[...this.#extended].filter(unread), ...[...this.#loose.governed(), ...this.#shared.used.paths()].filter((path) => unread(path) && this.#listed.has(path))])];
  }

  /** Queries for one question, without a memo. */
  ask(): Queries {
    return queries(this, new Set());
  }

  #knows(path: string): boolean {
    return this.#files.has(path) || this.#listed.has(path);
  }

  #recount(path: string, known: boolean, changed: Set<Key>): void {
    changed.add(keys.file(path));
    if (this.#knows(path) !== known) this.#folders.count(path, known ? -1 : 1, (folder) => changed.add(keys.file(folder)));
  }

  /** Files that exist, read or not. */
  *known(): Iterable<string> {
    yield* this.#files.keys();
    for (const path of this.#listed) if (!this.#files.has(path)) yield path;
  }

  find(kind: NameKind, name: string): readonly Declared[] {
    return this.#names.find(kind, name);
  }

  names(kind: NameKind): ReadonlyMap<string, readonly Declared[]> {
    return this.#names.names(kind);
  }

  /** How many declarations of a kind there are. */
  count(kind: NameKind): number {
    return this.#names.count(kind);
  }

  /** Grows whenever a declaration of the kind comes, goes or changes. */
  version(kind: NameKind): number {
    return this.#names.version(kind);
  }

  sortedNames(kind: NameKind): readonly string[] {
    return this.#names.sorted(kind);
  }

  /** The files with a document of a kind, sorted. */
  filesOf(kind: SharedKind): readonly string[] {
    return this.#shared.paths(kind);
  }

  /** Grows with every change of a document of the kind. */
  versionOf(kind: SharedKind): number {
    return this.#shared.version(kind);
  }

  /** The files of the kind that changed since that version; null where that is too long ago to tell. */
  changedSince(kind: SharedKind, version: number): readonly string[] | null {
    return this.#shared.changedSince(kind, version);
  }

  /** A value made of all documents of some kinds, kept until one of them changes. */
  shared<T>(shared: Shared<T>): T {
    return this.#shared.get(shared, this);
  }

  /** A memo per file: `compute` may know the workspace only through the queries it is given, which note what it asked for. */
  derive<T>(id: string, compute: (path: string, queries: Queries) => T): Derived<T> {
    const derived = new Derived<T>(id, this, this.#dependencies, compute);
    this.#cells.set(id, derived);
    return derived;
  }
}
