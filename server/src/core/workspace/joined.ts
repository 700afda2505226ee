// Files of other tools together with the files that they use: what they mean as a whole.
import type { ForeignFile, JoinedFile, OtherFiles } from '../formats';
import type { Shared } from './shared';
import type { Workspace } from './workspace';

interface Joined {
  readonly whole: ForeignFile;
  readonly of: ForeignFile;
  /** what it was made of: another file of the same path means another whole */
  readonly asked: ReadonlyMap<string, unknown>;
}

const NONE: readonly string[] = [];

/** The paths of files by their format; a list is the same object as long as it is equal. */
export const FORMATS: Shared<ReadonlyMap<string, readonly string[]>> = {
  id: 'files-by-format',
  kinds: ['files'],
  make(workspace, before) {
    const found = new Map<string, string[]>();
    for (const path of workspace.filesOf('files')) {
      const format = workspace.facts(path)?.foreign?.format;
      if (format === undefined) continue;
      const there = found.get(format);
      if (there) there.push(path);
      else found.set(format, [path]);
    }
    let same = before?.size === found.size;
    const kept = new Map([...found].map(([format, paths]): [string, readonly string[]] => {
      const known = before?.get(format);
      const equal = known?.length === paths.length && known.every((path, index) => path === paths[index]);
      same &&= equal === true;
      return [format, equal && known ? known : paths];
    }));
    return same && before ? before : kept;
  },
};

export interface JoinedFiles {
  readonly files: ReadonlyMap<string, Joined>;
}

export const JOINED: Shared<JoinedFiles> = {
  id: 'joined-files',
  kinds: ['files'],
  make(workspace, before) {
    const files = new Map<string, Joined>();
    let same = true;
    for (const path of workspace.filesOf('files')) {
      const of = workspace.facts(path)?.foreign;
      if (!of?.joined) continue;
      const known = before?.files.get(path);
      const kept = known && known.of === of && [...known.asked].every(([key, value]) => answer(workspace, key) === value) ? known : null;
      same &&= kept !== null;
      files.set(path, kept ?? join(workspace, of));
    }
    return before && same && before.files.size === files.size ? before : { files };
  },
};

/** The file as it is with those that it uses; null where the path has none. */
export const wholeFile = (workspace: Workspace, path: string): ForeignFile | null => workspace.shared(JOINED).files.get(path)?.whole ?? workspace.facts(path)?.foreign ?? null;

export const otherFiles = (workspace: Workspace): OtherFiles => ({ file: (path) => workspace.facts(path)?.foreign ?? null, text: (path) => workspace.text(path), exists: (path) => workspace.exists(path), ofFormat: (format) => workspace.shared(FORMATS).get(format) ?? [], cedar: workspace.cedar });

/** The file with what it means as a whole. */
export function withJoined(of: ForeignFile, others: OtherFiles): ForeignFile {
  const joined: JoinedFile | undefined = of.joined?.(others);
  return joined ? { ...of, agents: joined.agents, permissions: joined.permissions } : of;
}

function answer(workspace: Workspace, key: string): unknown {
  if (key === 'c') return workspace.cedar;
  const path = key.slice(1);
  if (key.startsWith('l')) return workspace.shared(FORMATS).get(path) ?? NONE;
  return key.startsWith('f') ? (workspace.facts(path)?.foreign ?? null) : key.startsWith('t') ? workspace.text(path) : workspace.exists(path);
}

function join(workspace: Workspace, of: ForeignFile): Joined {
  const asked = new Map<string, unknown>();
  const note = <T>(key: string, value: T): T => {
    asked.set(key, value);
    return value;
  };
  const others = otherFiles(workspace);
  return { of, asked, whole: withJoined(of, { file: (path) => note(`f${path}`, others.file(path)), text: (path) => note(`t${path}`, others.text(path)), exists: (path) => note(`e${path}`, others.exists(path)), ofFormat: (format) => note(`l${format}`, workspace.shared(FORMATS).get(format) ?? NONE), cedar: note('c', others.cedar) }) };
}
