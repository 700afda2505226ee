// countersign explain: the documentation of a code, or a list of all codes.
import { Option } from 'commander';
import { codeBody, codePage } from '../../core/lint';
import { allCodes, nearestCode } from '../documentation';
import { UsageError } from '../io';
import { printable } from '../terminal/cells';
import { terminalMarkdown } from '../terminal/markdown';
import { style } from '../terminal/style';
import { table } from '../terminal/table';
import type { AddCommand, Context } from './command';

interface ExplainOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly list?: boolean;
}

export const explain: AddCommand = (program, run) => {
  program
    .command('explain')
    .argument('[code]', 'such as reference/unknown-team')
    .description('say what a code means, why it matters and how to mend it; without CODE, list all codes')
    .option('--list', 'list all codes')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'markdown']).default('text'))
    .action(run<ExplainOptions>(runExplain));
};

async function runExplain(context: Context, args: readonly string[], options: ExplainOptions): Promise<number> {
  const { stdout } = context.io;
  const [code] = args;
  if (code === undefined || options.list) {
    stdout.write(list(context, options.format));
    return 0;
  }
  const doc = allCodes().find((known) => known.code === code);
  if (!doc) {
    const near = nearestCode(code);
    throw new UsageError(`there is no code \`${printable(code)}\`${near ? `; did you mean \`${near}\`` : ''}; \`countersign explain\` lists all`);
  }
  const { severity, title } = doc;
  if (options.format === 'json') stdout.write(`${JSON.stringify({ code, severity, title, markdown: codeBody(doc) }, null, 2)}\n`);
  else {
    const page = codePage(doc);
    stdout.write(options.format === 'markdown' ? page : terminalMarkdown(page, { colour: context.colour, columns: context.io.columns }));
  }
  return 0;
}

function list(context: Context, format: ExplainOptions['format']): string {
  const docs = allCodes();
  if (format === 'json') return `${JSON.stringify(docs.map(({ code, severity, title }) => ({ code, severity, title })), null, 2)}\n`;
  const rows = docs.map(({ code, severity, title }) => [code, severity, title]);
  if (format === 'markdown') return ['| code | severity | what is reported |', '| --- | --- | --- |', ...rows.map(([code, ...rest]) => `| \`${code}\` | ${rest.join(' | ')} |`), ''].join('\n');
  return table(['CODE', 'SEVERITY', 'WHAT IS REPORTED'], rows, style(context.colour));
}
