// countersign can: all that an agent can do.
import { Option } from 'commander';
import { answerJson, can as ask } from '../../core/analysis';
import { ENGINE } from '../../core/policy';
import { nearest } from '../../core/text';
import { canText, namingAgents } from '../answer';
import { UsageError } from '../io';
import { printable } from '../terminal/cells';
import { style } from '../terminal/style';
import type { AddCommand, Context } from './command';
import { timeOf } from './who';

interface CanOptions {
  readonly agent: string;
  readonly at?: string;
  readonly format: 'text' | 'json';
}

export const can: AddCommand = (program, run) => {
  program
    .command('can')
    .description('say all that an agent can do')
    .requiredOption('--agent <name>', 'the agent')
    .option('--at <time>', 'at that time alone (default: from now on)')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run<CanOptions>(runCan));
};

async function runCan(context: Context, _: readonly string[], options: CanOptions): Promise<number> {
  const at = timeOf(context, options.at);
  const { workspace } = await context.load();
  const engine = workspace.shared(ENGINE);
  const { agents } = engine.world;
  const found = agents.find(options.agent);
  if (found === 'ambiguous') throw new UsageError(`two agents are called \`${printable(options.agent)}\`; name one of ${agents.all.filter((agent) => agent.name === options.agent).map((agent) => printable(agent.id)).join(', ')}`);
  if (!found) {
    const near = nearest(options.agent, agents.all.map((agent) => agent.id));
    throw new UsageError(`the workspace has no agent \`${printable(options.agent)}\`${near ? `; did you mean \`${near}\`` : ''}`);
  }
  const answer = namingAgents(ask(engine, found.id, { now: context.host.now(), at }));
  context.io.stdout.write(options.format === 'json' ? `${JSON.stringify({ agent: found.id, ...answerJson(answer, engine) }, null, 2)}\n` : canText(engine, found.id, answer, { style: style(context.colour), columns: context.io.columns }));
  return 0;
}
