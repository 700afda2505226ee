// The two states that are compared: a folder, a revision that git holds, or the working files.
import path from 'node:path';
import type { Context } from '../commands/command';
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

/** `given`: a folder, from the current one; else a revision; undefined for the working files. */
export async function loadState(context: Context, option: string, given: string | undefined): Promise<State> {
  const progress = context.progress();
  try {
    if (given === undefined) return { label: WORKING_FILES, loaded: await context.load(progress), folder: await context.root() };
    const folder = path.resolve(context.io.cwd, given);
    const state = (await context.host.kind(folder)) === 'folder' && given !== ''
      ? { label: given, loaded: await loadWorkspace(context.host, folder, progress), folder }
      : { label: given, loaded: await loadRevision(context, option, given), folder: null };
    progress.clear();
    saySkipped(state.loaded, context.io);
    return state;
  } finally {
    progress.clear();
  }
}

async function loadRevision(context: Context, option: string, name: string): Promise<Loaded> {
  const revision = await context.host.revision(await context.root(), name);
  if ('why' in revision) throw new UsageError(`\`${option} ${printable(name)}\` ${revision.why}`);
  return loadWorkspace(revision.files, '');
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
