// countersign matrix: which agent may do what in an environment.
import { Option } from 'commander';
import { declaresOf } from '../../core/model';
import { ENGINE, matrixCell, matrixColumns } from '../../core/policy';
import type { MatrixCell, MatrixColumn, MatrixEffect } from '../../core/policy';
import { CATALOG } from '../../core/workspace';
import { nearest } from '../../core/text';
import { matrixCsv } from '../../ide';
import { UsageError } from '../io';
import { printable } from '../terminal/cells';
import { style } from '../terminal/style';
import type { Style } from '../terminal/style';
import { table } from '../terminal/table';
import type { AddCommand, Context } from './command';
import { clock } from './simulate';

interface MatrixOptions {
  readonly environment?: string;
  readonly at?: string;
  readonly format: 'text' | 'json' | 'csv';
}

const GLYPHS: Readonly<Record<MatrixEffect, string>> = { allow: '✓', require_approval: '⚠', deny: '✗', unknown: '?', depends: '?' };

export const matrix: AddCommand = (program, run) => {
  program
    .command('matrix')
    .description('show which agent may use what')
    .option('--environment <name>', 'where the agents run (default: no named environment)')
    .option('--at <time>', 'the clock (default: now)')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'csv']).default('text'))
    .action(run<MatrixOptions>(runMatrix));
};

async function runMatrix(context: Context, _: readonly string[], options: MatrixOptions): Promise<number> {
  const at = clock(context, options.at);
  const { workspace } = await context.load();
  const { environments } = workspace.shared(CATALOG);
  const environment = options.environment ?? null;
  if (environment !== null && environments.size > 0 && !environments.has(environment)) {
    const near = nearest(environment, environments.keys());
    throw new UsageError(`the Catalog has no environment \`${printable(environment)}\`${near ? `; did you mean \`${near}\`` : ''}`);
  }
  const engine = workspace.shared(ENGINE);
  const columns = matrixColumns(engine);
  const rows = engine.world.agents.all.map((agent) => columns.map((column) => matrixCell(engine, agent, column, { environment, at, args: null })));
  const { stdout } = context.io;
  if (options.format === 'json') stdout.write(json(environment, columns, rows));
  else if (options.format === 'csv') stdout.write(csv(columns, rows));
  else stdout.write(text(columns, rows, style(context.colour)));
  return 0;
}

function json(environment: string | null, columns: readonly MatrixColumn[], rows: readonly (readonly MatrixCell[])[]): string {
  const agents = rows.flatMap(([first]) => (first ? [{ id: first.agent.id, owner: first.agent.owner?.team ?? null, lifecycle: first.agent.lifecycle }] : []));
  const cells = rows.flat().map(({ agent, column, effect, cause }) => ({ agent: agent.id, action: column.action, resource: column.resource, effect, cause }));
  return `${JSON.stringify({ environment, agents, columns, cells }, null, 2)}\n`;
}

const csv = (columns: readonly MatrixColumn[], rows: readonly (readonly MatrixCell[])[]): string =>
  matrixCsv(columns, rows.flatMap((cells) => (cells[0] ? [{ agent: cells[0].agent.id, owner: cells[0].agent.owner?.team ?? null, effects: cells.map((cell) => cell.effect) }] : [])));

/** What the agent declares: the rest is denied anyway. */
const shown = (cell: MatrixCell | undefined): boolean => cell !== undefined && cell.cause !== 'undeclared' && declaresOf(cell.agent)(cell.column.action, cell.column.resource.slice(cell.column.resource.indexOf(':') + 1));

/** One table an action; resources that no agent may ever use are left out. */
function text(columns: readonly MatrixColumn[], rows: readonly (readonly MatrixCell[])[], paint: Style): string {
  if (rows.length === 0) return 'There is no agent here.\n';
  if (columns.length === 0) return 'There is nothing here that an agent could use: no Catalog entry, and no agent names anything.\n';
  const parts: string[] = [];
  for (const action of new Set(columns.map((column) => column.action))) {
    const used = columns.map((column, index) => ({ column, index })).filter(({ column, index }) => column.action === action && rows.some((cells) => shown(cells[index])));
    if (used.length === 0) continue;
    const lines = rows.flatMap((cells) => used.filter(({ index }) => shown(cells[index])).map(({ index, column }) => {
      const cell = cells[index];
      return cell ? [cell.agent.id, column.resource, `${GLYPHS[cell.effect]} ${wordsOf(cell)}`] : [];
    }));
    parts.push(`${paint.bold(action)}\n${table(['AGENT', 'RESOURCE', ''], lines, paint)}`);
  }
  return `${parts.join('\n')}\n✓ allowed   ⚠ needs approval   ✗ denied   ? the arguments decide\nWhat an agent does not declare is denied and left out.\n`;
}

function wordsOf({ effect, cause }: MatrixCell): string {
  const words = { allow: 'allowed', require_approval: 'needs approval', deny: 'denied', unknown: 'cannot tell', depends: 'the arguments decide' }[effect];
  return cause === 'rule' || cause === 'unknown' ? words : `${words} (${cause})`;
}
