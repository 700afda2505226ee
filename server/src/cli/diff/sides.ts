// The two states that are compared: a folder, a revision that git holds, or the working files.
import path from 'node:path';
import type { Workspace } from '../../core/workspace';
import type { Context } from '../commands/command';
import { isSkipped } from '../host';
import { UsageError } from '../io';
import { loadWorkspace } from '../load';
import type { Loaded } from '../load';
import { saySkipped } from '../say-skipped';
import { printable } from '../terminal/cells';

export interface State {
  /** as it was named */
  readonly label: string;
  readonly loaded: Loaded;
  /** the folder on this machine; null for a revision */
  readonly folder: string | null;
}

export const WORKING_FILES = 'working files';

/** `given`: a folder, from the current one; else a revision; undefined for the working files. `like`: the other state, where it is loaded. */
export async function loadState(context: Context, option: string, given: string | undefined, like?: Workspace): Promise<State> {
  const progress = context.progress();
  try {
    if (given === undefined) return { label: WORKING_FILES, loaded: await context.load(progress, like), folder: await context.root() };
    const folder = path.resolve(context.io.cwd, given);
    const state = (await context.host.kind(folder)) === 'folder' && given !== ''
      ? { label: given, loaded: await loadWorkspace(context.host, folder, { progress, like }), folder }
      : { label: given, loaded: await loadRevision(context, option, given, like), folder: null };
    progress.clear();
    saySkipped(state.loaded, context.io);
    return state;
  } finally {
    progress.clear();
  }
}

async function loadRevision(context: Context, option: string, name: string, like: Workspace | undefined): Promise<Loaded> {
  const revision = await context.host.revision(await context.root(), name);
  if ('why' in revision) throw new UsageError(`\`${option} ${printable(name)}\` ${revision.why}`);
  return loadWorkspace(revision.files, '', { like });
}

/** What is taken for granted of a state besides what the analysis assumes, in sentences. */
export function assumedOf({ label, loaded, folder }: State): readonly string[] {
  const modules = loaded.skipped.filter((one) => one.submodule === true).map((one) => one.path);
  const named = modules.slice(0, MOST_NAMED).map((path) => `\`${path}\``).join(', ');
  return [
    ...(modules.length === 0 ? [] : [`What the ${modules.length === 1 ? 'submodule' : 'submodules'} ${named}${modules.length > MOST_NAMED ? ` and ${modules.length - MOST_NAMED} more` : ''} held at \`${label}\` is not known here and left out.`]),
    ...(folder === null && loaded.workspace.paths().some((path) => path.includes('node_modules/')) ? [`Packages at \`${label}\` are those that are installed now.`] : []),
  ];
}

const MOST_NAMED = 3;

/** Of submodules that one side could not read and that are not the same on the other, that nothing is known of their change, in sentences. */
export async function unknownModules(context: Context, base: State, head: State): Promise<readonly string[]> {
  const [before, after] = [modulesOf(base), modulesOf(head)];
  // the working files say nothing of a submodule that is not checked out; the last commit names what belongs there
  const root = await context.root();
  for (const [state, modules, other] of [[base, before, after], [head, after, before]] as const) {
    if (state.folder !== root || other.size === 0) continue;
    const last = await context.host.revision(root, 'HEAD');
    if ('why' in last) continue;
    for await (const one of last.files.list('', (path) => ![...other.keys()].some((module) => module === path || module.startsWith(`${path}/`)))) {
      if (isSkipped(one) && one.commit !== undefined && (await context.host.kind(`${root}/${one.path}/.git`)) === null) modules.set(one.path, one.commit);
    }
  }
  const differing = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
  return differing.map((path) => `What the change of the submodule \`${path}\` does is not known: its commit at ${before.has(path) ? `\`${base.label}\`` : `\`${head.label}\``} is not here. Fetch it (\`git submodule update --init\`), or exclude the folder in \`.countersign.yaml\`.`);
}

const modulesOf = ({ loaded }: State): Map<string, string> => new Map(loaded.skipped.flatMap((one) => (one.submodule === true ? [[one.path, one.commit ?? ''] as const] : [])));
