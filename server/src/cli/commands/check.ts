// countersign check: the findings of a workspace.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option } from 'commander';
import { checkSource } from '../check-source';
import { FAIL_ON, REPORTS, REPORT_FORMATS, fails, makeReport } from '../reports';
import type { FailOn, ReportFormat } from '../reports';
import { pathFilter } from '../workspace-folder';
import type { AddCommand, Context } from './command';

interface CheckOptions {
  readonly format: ReportFormat;
  readonly failOn: FailOn;
}

export const check: AddCommand = (program, run) => {
  program
    .command('check')
    .argument('[path...]', 'report only what is in these files and folders')
    .description('check the documents and agent files of the workspace')
    .addOption(new Option('--format <format>', 'how to report').choices(REPORT_FORMATS).default('text'))
    .addOption(new Option('--fail-on <severity>', 'exit with 1 on findings of this severity or worse').choices(FAIL_ON).default('error'))
    .action(run<CheckOptions>(runCheck));
};

async function runCheck(context: Context, paths: readonly string[], options: CheckOptions): Promise<number> {
  const { host, io } = context;
  const root = await context.root();
  const within = await pathFilter(host, root, io.cwd, paths);
  const progress = context.progress();
  let report;
  try {
    report = makeReport(checkSource(await context.load(progress), within, progress));
  } finally {
    progress.clear();
  }
  io.stdout.write(
    REPORTS[options.format](report, {
      text: { colour: context.colour, columns: io.columns },
      sarif: { version: context.version, root: pathToFileURL(`${root}${path.sep}`).href },
      github: { prefix: checkoutPrefix(root, io.env['GITHUB_WORKSPACE']) },
      junit: { failOn: options.failOn },
    }),
  );
  return report.findings.some((finding) => fails(finding.severity, options.failOn)) ? 1 : 0;
}

/** Annotations name files from the root of the checked-out repository, which the workspace may be a folder of. */
export function checkoutPrefix(root: string, checkout: string | undefined): string {
  if (!checkout) return '';
  const relative = path.relative(checkout, root);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) return '';
  return `${relative.split(path.sep).join('/')}/`;
}
