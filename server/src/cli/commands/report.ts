// countersign report: how ready each agent is, by standard, with waivers and owners, for people who audit.
import path from 'node:path';
import { Option } from 'commander';
import { readinessOf } from '../readiness';
import { readinessHtml } from '../reports/readiness-html';
import { readinessMarkdown } from '../reports/readiness-markdown';
import type { AddCommand, Context } from './command';

interface ReportOptions {
  readonly format: 'markdown' | 'html' | 'json';
}

export const report: AddCommand = (program, run) => {
  program
    .command('report')
    .description('say how ready each agent is by each standard, which waivers there are until when, and who owns what')
    .addOption(new Option('--format <format>', 'how to print').choices(['markdown', 'html', 'json']).default('markdown'))
    .action(run<ReportOptions>(runReport));
};

async function runReport(context: Context, _: readonly string[], { format }: ReportOptions): Promise<number> {
  const { workspace, root } = await context.load(context.progress());
  const found = readinessOf(workspace);
  const name = path.basename(root) || root;
  context.io.stdout.write(format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : format === 'html' ? readinessHtml(found, name) : readinessMarkdown(found, name));
  return 0;
}
