// countersign adopt: manifests for agents that have none, from what their files tell.
import { Option } from 'commander';
import { adopt as filesFor, adoptable } from '../../ide';
import { UsageError } from '../io';
import { printable } from '../terminal/cells';
import { style } from '../terminal/style';
import { count } from '../terminal/wrap';
import type { AddCommand, Context } from './command';

interface AdoptOptions {
  readonly out: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

export const adopt: AddCommand = (program, run) => {
  program
    .command('adopt')
    .argument('[agent...]', 'the agents, by name or id; all that have no manifest when none is named')
    .description('write a manifest for each agent that has none, and the Catalog entries that they need; nothing is overwritten')
    .option('--out <folder>', 'where manifests go, within the workspace', 'agents')
    .option('--dry-run', 'print what would be written')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run<AdoptOptions>(runAdopt));
};

async function runAdopt(context: Context, names: readonly string[], options: AdoptOptions): Promise<number> {
  const folder = options.out.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, '');
  if (folder.startsWith('/') || /^[A-Za-z]:/.test(folder) || folder.split('/').includes('..')) throw new UsageError(`\`--out ${printable(options.out)}\` leads out of the workspace`);
  const { workspace } = await context.load();
  const known = adoptable(workspace);
  const unknown = names.find((name) => !known.some((agent) => agent.id === name || agent.name === name));
  if (unknown !== undefined) throw new UsageError(`\`${printable(unknown)}\` is no agent without a manifest; there are ${known.length === 0 ? 'none' : known.slice(0, 8).map((agent) => `\`${printable(agent.id)}\``).join(', ')}`);
  const files = filesFor(workspace, { agents: names.length > 0 ? names : null, folder: folder === '.' ? '' : folder });
  if (!options.dryRun) {
    const root = await context.root();
    for (const file of files) {
      // what was not listed may stand there all the same, as an excluded file does
      if ((await context.host.kind(`${root}/${file.path}`)) !== null) throw new UsageError(`\`${printable(file.path)}\` stands there already, and nothing was written over it`);
      await context.host.write(root, file.path, file.text);
    }
  }
  if (options.format === 'json') context.io.stdout.write(`${JSON.stringify({ written: !options.dryRun, files: files.map(({ path, text, agents, gaps }) => ({ file: path, agents, gaps, text })) }, null, 2)}\n`);
  else context.io.stdout.write(words(files, options.dryRun === true, context.colour));
  return 0;
}

function words(files: ReturnType<typeof filesFor>, dry: boolean, colour: boolean): string {
  if (files.length === 0) return 'Every agent has a manifest, or there is none: nothing to adopt.\n';
  const paint = style(colour);
  const lines = files.flatMap((file) => [paint.bold(printable(file.path)), ...(dry ? file.text.trimEnd().split('\n').map((line) => printable(`  ${line}`)) : file.gaps.map((gap) => printable(`  gap: ${gap}`))), '']);
  return `${lines.join('\n')}${count(files.length, 'file')} ${dry ? 'would be' : ''}${dry ? ' ' : ''}written. Fill in what is marked with \`gap\`, then run \`countersign check\`.\n`;
}
