// countersign test: the PolicyTests of the workspace.
import { Option } from 'commander';
import { UsageError } from '../io';
import { style } from '../terminal/style';
import { printable } from '../terminal/cells';
import { jsonOf, junitOf, textOf } from '../tests/reports';
import { lcovOf, runAll } from '../tests/run';
import { suggestOutput } from '../tests/suggest';
import { pathFilter } from '../workspace-folder';
import type { AddCommand, Context } from './command';
import { clock } from './simulate';

interface TestOptions {
  readonly coverage?: boolean;
  readonly suggest?: boolean;
  readonly allowIncomplete?: boolean;
  readonly at?: string;
  readonly format: 'text' | 'json' | 'junit' | 'lcov';
}

export const test: AddCommand = (program, run) => {
  program
    .command('test')
    .argument('[path...]', 'run only the tests in these files and folders')
    .description('run the PolicyTests')
    .option('--coverage', 'say which rules and which branches of their conditions the cases reach')
    .option('--suggest', 'write cases for what no test covers, as a PolicyTest, from requests that the rules decide')
    .option('--allow-incomplete', 'do not fail because a rule of the tested policies is malformed')
    .option('--at <time>', 'the clock of cases that name none (default: now)')
    .addOption(new Option('--format <format>', 'how to report').choices(['text', 'json', 'junit', 'lcov']).default('text'))
    .action(run<TestOptions>(runTest));
};

async function runTest(context: Context, paths: readonly string[], options: TestOptions): Promise<number> {
  const { host, io } = context;
  const now = clock(context, options.at);
  const within = await pathFilter(host, await context.root(), io.cwd, paths);
  const { workspace } = await context.load();
  const result = runAll(workspace, { now, within, coverage: options.coverage === true || options.suggest === true || options.format === 'lcov' });
  if (options.suggest) {
    if (options.format !== 'text' && options.format !== 'json') throw new UsageError(`\`--suggest\` has the formats text and json, not ${options.format}`);
    const { out, notes } = suggestOutput(workspace, result.coverage ?? [], { now, json: options.format === 'json' });
    io.stdout.write(out);
    for (const note of notes) io.stderr.write(`countersign: ${note}\n`);
    return 0;
  }
  if (options.format === 'json') io.stdout.write(jsonOf(result));
  else if (options.format === 'junit') io.stdout.write(junitOf(result));
  else if (options.format === 'lcov') io.stdout.write(lcovOf(workspace, result.coverage ?? []));
  else io.stdout.write(textOf(result, { style: style(context.colour), columns: io.columns }));
  const [first, ...more] = result.incomplete;
  if (first !== undefined && !options.allowIncomplete) {
    io.stderr.write(`countersign: the tested policies are incomplete: ${printable(first)}${more.length > 0 ? ` and ${more.length} more` : ''}; mend it, or use \`--allow-incomplete\`\n`);
    return 2;
  }
  return result.cases.some((one) => !one.result.passed) ? 1 : 0;
}
