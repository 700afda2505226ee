// countersign who: which agents can do something, and under what conditions.
import { Option } from 'commander';
import { answerJson, who as ask } from '../../core/analysis';
import { ACTIONS, RESOURCE_TYPES } from '../../core/documents';
import { RESOURCE_OF_ACTION } from '../../core/model';
import { ENGINE } from '../../core/policy';
import { nearest } from '../../core/text';
import { namingAgents, whoText } from '../answer';
import { UsageError } from '../io';
import { printable } from '../terminal/cells';
import { style } from '../terminal/style';
import type { AddCommand, Context } from './command';
import { clock } from './simulate';

interface WhoOptions {
  readonly action: string;
  readonly resource: string;
  readonly environment?: string;
  readonly world: 'open' | 'closed';
  readonly at?: string;
  readonly format: 'text' | 'json';
}

export const who: AddCommand = (program, run) => {
  program
    .command('who')
    .description('say which agents can do something, and under what conditions')
    .requiredOption('--action <action>', 'what is done, such as call')
    .requiredOption('--resource <type:id>', 'what it is done to, such as tool:payments/refund')
    .option('--environment <name>', 'where (default: in any environment, and in none)')
    .option('--at <time>', 'at that time alone (default: from now on)')
    .addOption(new Option('--world <world>', 'closed: the agents of the workspace; open: any agent').choices(['closed', 'open']).default('closed'))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run<WhoOptions>(runWho));
};

async function runWho(context: Context, _: readonly string[], options: WhoOptions): Promise<number> {
  const action = ACTIONS.find((known) => known === options.action);
  if (!action) {
    const near = nearest(options.action, ACTIONS);
    throw new UsageError(`\`${printable(options.action)}\` is no action${near ? `; did you mean \`${near}\`` : ''}; there are ${ACTIONS.join(', ')}`);
  }
  const colon = options.resource.indexOf(':');
  const type = RESOURCE_TYPES.find((known) => known === options.resource.slice(0, Math.max(0, colon)));
  const id = options.resource.slice(colon + 1);
  if (!type || id === '') throw new UsageError(`--resource needs a type and a name, such as ${RESOURCE_OF_ACTION[action]}:name`);
  if (RESOURCE_OF_ACTION[action] !== type) throw new UsageError(`\`${action}\` goes with \`${RESOURCE_OF_ACTION[action]}:...\`, not with \`${type}:...\``);
  const time = timeOf(context, options.at);
  if (options.environment !== undefined && action === 'deploy' && options.environment !== id) throw new UsageError('--environment and --resource differ; a deployment has one environment');
  const { workspace } = await context.load();
  const engine = workspace.shared(ENGINE);
  const answer = namingAgents(ask(engine, { action, resource: { type, id }, ...(options.environment === undefined ? {} : { environment: options.environment }) }, { world: options.world, now: context.host.now(), at: time }));
  const json = { action, resource: options.resource, environment: options.environment ?? null, ...answerJson(answer, engine) };
  context.io.stdout.write(options.format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : whoText(engine, { action, resource: options.resource, environment: options.environment ?? null }, answer, { style: style(context.colour), columns: context.io.columns }));
  return 0;
}

/** Null where no time is given. */
export const timeOf = (context: Context, text: string | undefined): number | null => (text === undefined ? null : clock(context, text));
