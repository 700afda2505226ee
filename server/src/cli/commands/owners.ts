// countersign owners: whose files are, and who must approve a change of them.
import { Option } from 'commander';
import { listOwners, type OwnersEntry } from '../owners';
import { style } from '../terminal/style';
import { table } from '../terminal/table';
import { count } from '../terminal/wrap';
import { namedPaths } from '../workspace-folder';
import type { AddCommand, Context } from './command';

interface OwnersOptions {
  readonly format: 'text' | 'json';
}

export const owners: AddCommand = (program, run) => {
  program
    .command('owners')
    .argument('[path...]', 'these files, and of these folders what holds agents and documents (default: all of those)')
    .description('say whose files are, and who must approve a change of them')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run<OwnersOptions>(runOwners));
};

async function runOwners(context: Context, paths: readonly string[], options: OwnersOptions): Promise<number> {
  const { files, folders } = await namedPaths(context.host, await context.root(), context.io.cwd, paths);
  const { workspace } = await context.load();
  const below = workspace.ownedFiles().filter((file) => folders.some((folder) => file.startsWith(folder)));
  const found = listOwners(workspace, paths.length === 0 ? null : [...files, ...below]);
  context.io.stdout.write(options.format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : text(found, context));
  return 0;
}

const SOURCES: Readonly<Record<string, string>> = { manifest: 'manifest', metadata: 'its metadata', backstage: 'Backstage', codeowners: 'CODEOWNERS', catalog: 'Catalog' };

function text(found: readonly OwnersEntry[], context: Context): string {
  if (found.length === 0) return 'There is nothing here that somebody should own: no Countersign document and no agent file.\n';
  const rows = found.map((entry) => [entry.file, entry.owner?.team ?? 'nobody', entry.owner ? (SOURCES[entry.owner.source] ?? '') : '', entry.oncall ?? entry.contact ?? '', approvers(entry), entry.reviewers.join(' ')]);
  const unowned = found.filter((entry) => entry.owner === null).length;
  return `${table(['FILE', 'OWNER', 'BY', 'REACHED', 'CHANGES NEED', 'REVIEWERS'], rows, style(context.colour))}\n${count(found.length, 'file')}${unowned > 0 ? `, ${unowned} without an owner` : ''}.\n`;
}

/** `2 of risk-office, and finance or legal` */
function approvers(entry: OwnersEntry): string {
  const words = entry.approvers.filter((one) => !one.optional).map(({ from, count: needed }) => `${needed > 1 ? `${needed} of ` : ''}${from.join(' or ')}`);
  return words.length === 0 ? 'nobody in particular' : [...new Set(words)].join(', and ');
}
