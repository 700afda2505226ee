// `--policy-source FILE`: an engine over the permissions of one file, of the workspace or outside it.
import path from 'node:path';
import { readForeign } from '../core/formats';
import type { ForeignFile } from '../core/formats';
import { engineOfSource } from '../core/policy';
import type { Engine } from '../core/policy';
import type { Context } from './commands/command';
import { UsageError } from './io';
import type { Loaded } from './load';
import { readWhole } from './read-input';
import { printable } from './terminal/cells';

export interface SourceEngine {
  readonly engine: Engine;
  text(file: string): string;
}

export async function sourceEngine(context: Context, loaded: Loaded, written: string): Promise<SourceEngine> {
  const { workspace } = loaded;
  const shown = printable(written);
  const found = await findSource(context, loaded, written);
  if (!found.file) throw new UsageError(`\`${shown}\` has no format that Countersign reads`);
  const engine = engineOfSource(workspace, found.path, found.file);
  if (!engine) throw new UsageError(`\`${shown}\` says nothing of what is permitted`);
  return { engine, text: (file) => (file === found.path ? found.text : (workspace.text(file) ?? '')) };
}

/** From the current folder, else from the workspace's. */
async function findSource(context: Context, { root, workspace }: Loaded, written: string): Promise<{ path: string; text: string; file: ForeignFile | null }> {
  const relative = path.relative(root, path.resolve(context.io.cwd, written)).split(path.sep).join('/');
  for (const name of [relative, path.posix.normalize(written)]) {
    const text = workspace.text(name);
    if (text !== null) return { path: name, text, file: workspace.facts(name)?.foreign ?? null };
  }
  const text = await readWhole(context, written);
  // its path says what it is, wherever it lies
  const name = path.resolve(context.io.cwd, written).split(path.sep).join('/').replace(/^\/+/, '');
  const file = readForeign(name, text, undefined, workspace.cedar);
  // outside the workspace nobody has asked for Cedar yet
  return { path: name, text, file: file?.awaits === 'cedar' ? readForeign(name, text, undefined, (await context.host.cedar?.().catch(() => null)) ?? null) : file };
}
