// countersign sources: every file that was read, and what it was taken for.
import { wholeFile } from '../../core/workspace';
import { Option } from 'commander';
import { rulesOfFile } from '../rules-of-file';
import type { SourceRule } from '../rules-of-file';
import { printable } from '../terminal/cells';
import { count } from '../terminal/wrap';
import { style } from '../terminal/style';
import { table } from '../terminal/table';
import type { AddCommand, Context } from './command';

interface SourcesOptions {
  readonly format: 'text' | 'json';
}

interface Source {
  readonly file: string;
  readonly format: string;
  readonly servers: readonly string[];
  readonly rules?: readonly SourceRule[];
}

export const sources: AddCommand = (program, run) => {
  program
    .command('sources')
    .description('list the files that Countersign reads, what it takes them for, and the rules in them')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run<SourcesOptions>(runSources));
};

async function runSources(context: Context, _: readonly string[], options: SourcesOptions): Promise<number> {
  const { workspace } = await context.load();
  const found = workspace.paths().flatMap((file) => {
    const facts = workspace.facts(file);
    if (!facts || facts.role === 'none') return [];
    const agents = facts.foreign?.agents ?? [];
    const servers = [...(facts.foreign?.servers ?? []), ...agents.flatMap((agent) => agent.servers)].map((server) => server.name);
    const source: Source = { file, format: facts.format ?? 'countersign', servers: [...new Set(servers)] };
    // only files that have room for rules have the list
    const whole = wholeFile(workspace, file);
    return [whole?.permissions?.length ? { ...source, rules: rulesOfFile(whole, workspace.text(file) ?? '') } : source];
  });
  if (options.format === 'json') context.io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.length === 0) context.io.stdout.write('No file here is a Countersign document or has a format that Countersign reads.\n');
  else {
    const rows = found.map(({ file, format, servers }) => [file, format, servers.join(', ')]);
    const rules = found.flatMap(({ file, rules: all = [] }) => (all.length === 0 ? [] : [`${file}\n${all.map(ruleLine).join('')}\n`]));
    context.io.stdout.write(`${table(['FILE', 'FORMAT', 'SERVERS'], rows, style(context.colour))}\n${rules.join('')}${count(found.length, 'file')}.\n`);
  }
  return 0;
}

const MAX_RULE = 100;

function ruleLine({ rule, effect, line, ignored }: SourceRule): string {
  const shown = printable(rule).slice(0, MAX_RULE);
  return `  ${effect.padEnd(16)}  ${shown}${rule.length > MAX_RULE ? '…' : ''}  (line ${line + 1}${ignored === undefined ? '' : '; no effect'})\n`;
}
