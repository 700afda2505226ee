// countersign diff: what a change lets agents do that they could not do before.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option } from 'commander';
import { differenceOf } from '../../core/analysis';
import type { AnalysisWorld, Difference } from '../../core/analysis';
import { ENGINE } from '../../core/policy';
import { incompleteParts, reviewOf } from '../../ide';
import { reportOf } from '../diff/findings';
import { githubDiff } from '../diff/github';
import { jsonDiff } from '../diff/json';
import { markdownDiff } from '../diff/markdown';
import type { DiffReport } from '../diff/report';
import { assumedOf, loadState, unknownModules } from '../diff/sides';
import { textDiff } from '../diff/text';
import { DIFF_FAIL_ON, failsDiff } from '../diff/verdict';
import type { DiffFailOn } from '../diff/verdict';
import { sarifReport } from '../reports';
import { printable } from '../terminal/cells';
import { style } from '../terminal/style';
import { checkoutPrefix } from './check';
import type { AddCommand, Context } from './command';
import { clock } from './simulate';

const FORMATS = ['text', 'json', 'markdown', 'sarif', 'github'] as const;

interface DiffOptions {
  readonly base: string;
  readonly head?: string;
  readonly world: AnalysisWorld;
  readonly format: (typeof FORMATS)[number];
  readonly failOn: DiffFailOn;
  readonly allowUnknown?: boolean;
  readonly allowIncomplete?: boolean;
  readonly at?: string;
}

export const diff: AddCommand = (program, run) => {
  program
    .command('diff')
    .description('say which requests are decided otherwise than before, exactly, each with an example')
    .requiredOption('--base <ref|dir>', 'the state before: a folder, else a git revision such as origin/main')
    .option('--head <ref|dir>', 'the state after (default: the working files)')
    .addOption(new Option('--world <world>', 'closed: what the workspace declares; open: any agent and any resource').choices(['closed', 'open']).default('closed'))
    .addOption(new Option('--format <format>', 'how to report').choices(FORMATS).default('text'))
    .addOption(new Option('--fail-on <change>', 'exit with 1 on regions that widened, on any change, or never').choices(DIFF_FAIL_ON).default('widened'))
    .option('--allow-unknown', 'do not fail because something cannot be told')
    .option('--allow-incomplete', 'do not fail because a rule of either state is malformed')
    .option('--at <time>', 'the time of all requests (default: any from now on)')
    .action(run<DiffOptions>(runDiff));
};

async function runDiff(context: Context, _: readonly string[], options: DiffOptions): Promise<number> {
  const at = options.at === undefined ? null : clock(context, options.at);
  const base = await loadState(context, '--base', options.base);
  const head = await loadState(context, '--head', options.head, base.loaded.workspace);
  const [before, after] = [base.loaded.workspace, head.loaded.workspace];
  const found = differenceOf(before.shared(ENGINE), after.shared(ENGINE), { world: options.world, now: context.host.now(), at });
  const modules = await unknownModules(context, base, head);
  const difference: Difference = {
    ...found, assumptions: [...found.assumptions, ...assumedOf(base), ...assumedOf(head)],
    ...(modules.length === 0 ? {} : { verdict: found.verdict === 'equal' ? 'unknown' : found.verdict, proved: false, gaveUp: true, reasons: [...modules, ...found.reasons] }),
  };
  const incomplete = [...incompleteParts(before).map((part) => `${part} (base)`), ...incompleteParts(after)];
  const review = reviewOf(before, after, difference);
  context.io.stdout.write(await print({ review, base, head, incomplete }, context, options));
  const [first, ...more] = incomplete;
  if (first !== undefined && !options.allowIncomplete) {
    context.io.stderr.write(`countersign: the policies are incomplete: ${printable(first)}${more.length > 0 ? ` and ${more.length} more` : ''}; mend it, or use \`--allow-incomplete\`\n`);
    return 2;
  }
  return failsDiff(review, { failOn: options.failOn, allowUnknown: options.allowUnknown === true }) ? 1 : 0;
}

async function print(report: DiffReport, context: Context, { format }: DiffOptions): Promise<string> {
  const { io } = context;
  const folder = report.head.folder ?? (await context.root());
  switch (format) {
    case 'json':
      return jsonDiff(report);
    case 'markdown':
      return markdownDiff(report);
    case 'sarif':
      return sarifReport(reportOf(report), { version: context.version, root: pathToFileURL(`${folder}${path.sep}`).href });
    case 'github':
      return githubDiff(report, { prefix: checkoutPrefix(folder, io.env['GITHUB_WORKSPACE']) });
    case 'text':
      return textDiff(report, { style: style(context.colour), columns: io.columns });
  }
}
