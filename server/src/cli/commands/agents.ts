// countersign agents: the agents that are known, one a file that defines one.
import { Option } from 'commander';
import { listAgents } from '../agents';
import type { AgentEntry } from '../agents';
import { style } from '../terminal/style';
import { table } from '../terminal/table';
import { count } from '../terminal/wrap';
import type { AddCommand, Context } from './command';

interface AgentsOptions {
  readonly format: 'text' | 'json';
}

export const agents: AddCommand = (program, run) => {
  program
    .command('agents')
    .description('list the agents of the workspace, whose they are and what they declare')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run<AgentsOptions>(runAgents));
};

async function runAgents(context: Context, _: readonly string[], options: AgentsOptions): Promise<number> {
  const { workspace } = await context.load();
  const found = listAgents(workspace);
  context.io.stdout.write(options.format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : text(found, context));
  return 0;
}

function text(found: readonly AgentEntry[], context: Context): string {
  if (found.length === 0) return 'There is no agent here: no Agent manifest and no agent file of a format that Countersign reads.\n';
  const rows = found.map((agent) => [agent.id, agent.owner?.team ?? 'nobody', agent.lifecycle ?? '', tools(agent), agent.model ?? '', agent.file]);
  const unowned = found.filter((agent) => agent.owner === null).length;
  const closing = `${count(found.length, 'agent')}${unowned > 0 ? `, ${unowned} without an owner` : ''}.`;
  return `${table(['AGENT', 'OWNER', 'LIFECYCLE', 'TOOLS', 'MODEL', 'FILE'], rows, style(context.colour))}\n${closing}\n`;
}

const SHOWN = 3;

function tools({ tools, except }: AgentEntry): string {
  if (tools.length === 0) return 'none';
  const names = tools.length === 1 && tools[0] === '*' ? 'all' : tools.slice(0, SHOWN).join(', ') + (tools.length > SHOWN ? ` and ${tools.length - SHOWN} more` : '');
  return except.length > 0 ? `${names} but ${except.length === 1 ? except[0] : count(except.length, 'pattern')}` : names;
}
