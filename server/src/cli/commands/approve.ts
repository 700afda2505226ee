// countersign approve: a person signs what an agent is and may do now.
import { Option } from 'commander';
import { peopleOfAll } from '../../core/model';
import type { Agent, AgentGate } from '../../core/model';
import { ENGINE, recordEdit, recordFault } from '../../core/policy';
import type { Engine, NewRecord } from '../../core/policy';
import { applyEdits, endOfDate, nearest } from '../../core/text';
import { changesSince } from '../approve/since';
import type { Since } from '../approve/since';
import { decisionTable, rowName } from '../approve/table';
import { UsageError } from '../io';
import type { Loaded } from '../load';
import { printable } from '../terminal/cells';
import { style } from '../terminal/style';
import type { AddCommand, Context } from './command';

const GATES = ['deploy', 'call', 'delegate'] as const;

interface ApproveOptions {
  readonly by: string;
  readonly ticket?: string;
  readonly expires?: string;
  readonly gate?: (typeof GATES)[number];
  readonly format: 'text' | 'json';
}

export const approve: AddCommand = (program, run) => {
  program
    .command('approve')
    .argument('<agent>', 'the agent that is approved')
    .description('write a record of an approval into the manifest of an agent, and say what is approved')
    .requiredOption('--by <person>', 'who approves')
    .option('--ticket <id>', 'where the approval was asked for')
    .option('--expires <date>', 'the last day on which it holds, such as 2027-03-01')
    .addOption(new Option('--gate <action>', 'only the gates before this action').choices(GATES))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run<ApproveOptions>(runApprove));
};

async function runApprove(context: Context, [name = '']: readonly string[], options: ApproveOptions): Promise<number> {
  if (/\s/.test(options.by) || options.by === '') throw new UsageError(`\`--by ${printable(options.by)}\` is no person: a name has no blanks`);
  if (options.expires !== undefined && endOfDate(options.expires) === null) throw new UsageError(`\`--expires ${printable(options.expires)}\` is no day; write it as 2027-03-01`);
  const loaded = await context.load();
  const engine = loaded.workspace.shared(ENGINE);
  const agent = agentOf(engine, name);
  const now = context.host.now();
  if (options.expires !== undefined && (endOfDate(options.expires) ?? 0) < now) throw new UsageError(`\`--expires ${options.expires}\` has passed`);
  const gates = gatesOf(agent, engine, options);
  const digest = engine.digest(agent);
  const record: NewRecord = {
    by: options.by, on: new Date(now).toISOString().slice(0, 10), digest,
    ...(options.expires === undefined ? {} : { expires: options.expires }), ...(options.ticket === undefined ? {} : { ticket: options.ticket }),
  };
  const check = { agent, catalog: engine.world.catalog, time: now, digest: () => digest };
  const open = gates.filter((gate) => !gate.records.some((one) => one.by === options.by && recordFault(gate, one, check) === null));
  const table = decisionTable(engine, agent, gates, now);
  const changes: Since[] = [];
  for (const gate of gates) changes.push(await changesSince(gate, { context, workspace: loaded.workspace, agent, now }));
  if (open.length > 0) await write(context, loaded, agent, open, record);
  if (options.format === 'json') {
    context.io.stdout.write(`${JSON.stringify({ agent: agent.id, file: agent.path, record, gates: gates.map((gate) => ({ index: gate.index, gate: gate.gate, environment: gate.environment, written: open.includes(gate) })), decisions: table, changed: changes.map(({ words }) => words), differences: changes.map(({ differences }) => differences) }, null, 2)}\n`);
    return 0;
  }
  const paint = style(context.colour);
  const lines = [paint.bold(`${printable(agent.id)} may, once its gates are open:`), ...table.map((row) => printable(`  ${rowName(row)}: ${row.words}`))];
  if (table.length === 0) lines.push('  nothing: it declares nothing, or no rule allows any of it');
  lines.push('');
  for (const [index, gate] of gates.entries()) {
    const { words = '', differences = null } = changes[index] ?? {};
    lines.push(printable(`${open.includes(gate) ? 'Approved' : 'Approved already'}: ${gateWords(gate)}. ${words}`));
    if (!differences) continue;
    lines.push(...differences.parts.map((line) => printable(`  ${line}`)));
    lines.push(...(differences.decisions.length > 0 ? ['  and so is decided otherwise:', ...differences.decisions.map((line) => printable(`    ${line}`))] : ['  and every decision is what it was']));
  }
  if (open.length > 0) lines.push(printable(`Written to ${agent.path}, with the digest ${digest}.`));
  context.io.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function agentOf(engine: Engine, name: string): Agent {
  const found = engine.world.agents.find(name);
  if (found === 'ambiguous') throw new UsageError(`two agents are called \`${printable(name)}\`; name one of ${engine.world.agents.all.filter((agent) => agent.name === name).map((agent) => `\`${agent.id}\``).join(', ')}`);
  if (!found) {
    const near = nearest(name, engine.world.agents.all.map((agent) => agent.id));
    throw new UsageError(`there is no agent \`${printable(name)}\`${near ? `; did you mean \`${near}\`` : ''}`);
  }
  if (found.format !== 'countersign') throw new UsageError(`\`${name}\` has no manifest to write a record into; \`${found.path}\` is of another tool`);
  return found;
}

/** The gates that this person can open. */
function gatesOf(agent: Agent, engine: Engine, options: ApproveOptions): readonly AgentGate[] {
  const wanted = agent.gates.filter((gate) => options.gate === undefined || gate.gate === options.gate);
  if (wanted.length === 0) throw new UsageError(`\`${agent.id}\` has no gate${options.gate ? ` before \`${options.gate}\`` : ''}: nothing of \`approvals\` asks for an approval`);
  const may = wanted.filter((gate) => peopleOfAll(gate.from, engine.world.catalog).people.includes(options.by));
  if (may.length === 0) throw new UsageError(`\`${printable(options.by)}\` is no declared member of ${[...new Set(wanted.flatMap((gate) => gate.from))].map((party) => `\`${printable(party)}\``).join(' or ')}, who approve this`);
  const owners = peopleOfAll((agent.owner?.teams ?? []).map((team) => `team:${team}`), engine.world.catalog).people;
  if (owners.includes(options.by)) throw new UsageError(`\`${printable(options.by)}\` belongs to \`${agent.owner?.team}\`, which owns \`${agent.id}\`, and nobody approves their own agent`);
  return may;
}

async function write(context: Context, { root, workspace }: Loaded, agent: Agent, gates: readonly AgentGate[], record: NewRecord): Promise<void> {
  const text = workspace.text(agent.path) ?? '';
  const edits = gates.map((gate) => recordEdit(agent.path, text, agent.document, gate.index, record));
  if (edits.some((edit) => edit === null)) throw new UsageError(`the record cannot be written into \`${agent.path}\`: \`approvals\` is not written as it must be`);
  try {
    await context.host.write(root, agent.path, applyEdits(text, edits.flatMap((edit) => edit ?? [])));
  } catch {
    throw new UsageError(`\`${agent.path}\` cannot be written`);
  }
}

const gateWords = (gate: AgentGate): string => `${gate.gate ?? 'every guarded action'}${gate.environment === null ? '' : ` in ${gate.environment}`}${gate.resources === null ? '' : ` of ${gate.resources.join(', ')}`}`;
