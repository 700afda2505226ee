// countersign explain: the documentation of a code, or a list of all codes.
import { Option } from 'commander';
import { STANDARDS, codeBody, codePage, type CodeDoc } from '../../core/lint';
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
  const doc = allCodes().find((known) => known.code === code) ?? (code.startsWith('standard/') ? await ownRequirement(context, code) : null);
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

/** A requirement of a Standard of the workspace, as that says it. */
async function ownRequirement(context: Context, code: string): Promise<CodeDoc | null> {
  const { workspace } = await context.load();
  for (const { path, requirements } of workspace.shared(STANDARDS).all) {
    const found = path === null ? undefined : requirements.find((requirement) => requirement.code === code);
    if (!found) continue;
    const { message, severity, when, require, references } = found;
    const parts = [
      `${message.trim()}\n\nThis requirement is the workspace's own: it stands in \`${path}\`.`,
      `Asked ${when === null ? 'of every agent' : `of agents for which this holds:\n\n\`\`\`\n${when.trim()}\n\`\`\``}`,
      `It is met where this holds:\n\n\`\`\`\n${require.trim()}\n\`\`\``,
      ...(references.length > 0 ? [`References: ${references.join('; ')}.`] : []),
    ];
    return { code, severity, title: message.trim().replace(/\.$/, ''), doc: parts.join('\n\n') };
  }
  return null;
}

function list(context: Context, format: ExplainOptions['format']): string {
  const docs = allCodes();
  if (format === 'json') return `${JSON.stringify(docs.map(({ code, severity, title }) => ({ code, severity, title })), null, 2)}\n`;
  const rows = docs.map(({ code, severity, title }) => [code, severity, title]);
  if (format === 'markdown') return ['| code | severity | what is reported |', '| --- | --- | --- |', ...rows.map(([code, ...rest]) => `| \`${code}\` | ${rest.join(' | ')} |`), ''].join('\n');
  return table(['CODE', 'SEVERITY', 'WHAT IS REPORTED'], rows, style(context.colour));
}
