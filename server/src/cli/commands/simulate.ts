// countersign simulate: the decision on a request, with the reason.
import { Option } from 'commander';
import { parseRequest, parseTime } from '../../core/model';
import type { Request } from '../../core/model';
import { ENGINE, decisionJson } from '../../core/policy';
import type { Engine } from '../../core/policy';
import { CATALOG } from '../../core/workspace';
import { parseYaml, plainValue } from '../../core/yaml';
import type { PlainValue } from '../../core/yaml';
import { argumentsOf, jsonMap, jsonValue } from '../arguments';
import { decisionText } from '../decision-text';
import { UsageError } from '../io';
import { sourceEngine } from '../policy-source';
import type { Loaded } from '../load';
import { linesOf, readInput, readWhole } from '../read-input';
import { printable } from '../terminal/cells';
import { style } from '../terminal/style';
import type { AddCommand, Context } from './command';

const EFFECTS = ['allow', 'require_approval', 'deny', 'unknown'] as const;

interface SimulateOptions {
  readonly agent?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly environment?: string;
  readonly arg?: readonly string[];
  readonly args?: string;
  readonly principal?: string;
  readonly context?: string;
  readonly request?: string;
  readonly policySource?: string;
  readonly batch?: string;
  readonly at?: string;
  readonly assume?: boolean;
  readonly expect?: (typeof EFFECTS)[number];
  readonly format: 'text' | 'json';
}

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

export const simulate: AddCommand = (program, run) => {
  program
    .command('simulate')
    .description('say what would be decided on a request, and why')
    .option('--agent <name>', 'the agent that asks')
    .option('--action <action>', 'what it wants to do, such as call')
    .option('--resource <type:id>', 'what it wants to use, such as tool:payments/refund')
    .option('--environment <name>', 'where it runs')
    .option('--arg <name=value>', 'an argument of the tool; may be given several times, dots nest', collect)
    .option('--args <json>', 'the arguments of the tool as JSON')
    .option('--principal <json>', 'the person on whose behalf, such as {"id":"maria","roles":["clerk"]}')
    .option('--context <json>', 'what else is known, such as {"channel":"email"}')
    .option('--request <file>', 'a request as JSON or YAML, short or as AuthZEN has it; - for standard input')
    .option('--batch <file>', 'requests as JSON Lines, answered one a line in their order; - for standard input')
    .option('--policy-source <file>', "decide under another tool's file of permissions alone, such as .claude/settings.json")
    .option('--at <time>', 'the clock, such as 2026-11-22T10:00:00Z (default: now)')
    .option('--assume', 'take the agent as the request describes it, whatever the workspace says of it')
    .addOption(new Option('--expect <effect>', 'exit with 1 on any other effect').choices(EFFECTS))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run<SimulateOptions>(runSimulate));
};

async function runSimulate(context: Context, _: readonly string[], options: SimulateOptions): Promise<number> {
  const at = clock(context, options.at);
  const given = ['agent', 'action', 'resource', 'environment', 'args', 'principal', 'context'].filter((name) => options[name as keyof SimulateOptions] !== undefined).concat(options.arg ? ['arg'] : []);
  const whole = options.batch !== undefined ? '--batch' : options.request !== undefined ? '--request' : null;
  if (options.batch !== undefined && options.request !== undefined) throw new UsageError('give `--batch` or `--request`, not both');
  if (whole && given.length > 0) throw new UsageError(`\`${whole}\` brings whole requests; leave out \`--${given[0]}\``);
  if (!whole) for (const name of ['agent', 'action', 'resource'] as const) if (options[name] === undefined) throw new UsageError(`\`--${name}\` is missing`);
  const loaded = await context.load();
  const { engine, text } = options.policySource === undefined ? { engine: loaded.workspace.shared(ENGINE), text: (file: string): string => loaded.workspace.text(file) ?? '' } : await sourceEngine(context, loaded, options.policySource);
  if (options.batch !== undefined) return runBatch(context, options, options.batch, engine, text, at);
  const value = options.request === undefined ? requestOf(options, loaded) : await readRequest(context, options.request);
  const parsed = parseRequest(value, { assume: options.assume === true });
  if ('bad' in parsed) throw new UsageError(`bad request: ${parsed.bad.message}`);
  const decision = engine.decide(parsed.request, { at });
  context.io.stdout.write(options.format === 'json' ? `${JSON.stringify(decisionJson(decision, text), null, 2)}\n` : decisionText(decision, parsed.request, { style: style(context.colour), columns: context.io.columns, text }));
  return options.expect !== undefined && decision.effect !== options.expect ? 1 : 0;
}

/** `--at`, else the clock of the machine. */
export function clock(context: Context, at: string | undefined): number {
  if (at === undefined) return context.host.now();
  const time = parseTime(at) ?? parseTime(`${at}T00:00:00Z`);
  if (time === null) throw new UsageError(`\`--at ${printable(at)}\` is no time; write it as 2026-11-22T10:00:00Z`);
  return time;
}

function requestOf(options: SimulateOptions, loaded: Loaded): PlainValue {
  const { agent = '', action = '', resource = '' } = options;
  const tool = resource.startsWith('tool:') ? loaded.workspace.shared(CATALOG).tools.get(resource.slice(5)) : undefined;
  const args = argumentsOf(options.args, options.arg ?? [], tool?.input);
  return {
    agent: options.assume && agent.trimStart().startsWith('{') ? jsonMap('--agent', agent) : agent, action, resource,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(args === null ? {} : { args }),
    ...(options.principal === undefined ? {} : { principal: principalOf(options.principal) }),
    ...(options.context === undefined ? {} : { context: jsonMap('--context', options.context) }),
  };
}

/** JSON, or the bare name of a person. */
const principalOf = (written: string): PlainValue => (/^(?!(null|true|false)$)[A-Za-z][\w.@-]*$/.test(written) ? { id: written } : jsonValue('--principal', written));

async function readRequest(context: Context, file: string): Promise<PlainValue> {
  const text = await readWhole(context, file);
  try {
    return JSON.parse(text) as PlainValue;
  } catch {
    const [document, second] = parseYaml(text).documents;
    const problem = document?.problems[0];
    if (!document || problem || second || file.endsWith('.json')) throw new UsageError(`\`${printable(file)}\` holds no request: ${problem ? printable(problem.message) : 'it is not valid JSON'}`);
    return plainValue(document.root);
  }
}

async function runBatch(context: Context, options: SimulateOptions, file: string, engine: Engine, text: (path: string) => string, at: number): Promise<number> {
  let exit = 0;
  let number = 0;
  for await (const line of linesOf(readInput(context, file))) {
    number++;
    if (line.trim() === '') continue;
    const request = batchRequest(line, options.assume === true);
    if (typeof request === 'string') {
      exit = 2;
      context.io.stdout.write(`${JSON.stringify({ error: request, line: number })}\n`);
      continue;
    }
    const decision = engine.decide(request, { at });
    if (options.expect !== undefined && decision.effect !== options.expect && exit === 0) exit = 1;
    context.io.stdout.write(`${JSON.stringify(decisionJson(decision, text))}\n`);
  }
  return exit;
}

/** The request of a line, or what is wrong with it. */
function batchRequest(line: string, assume: boolean): Request | string {
  let value: PlainValue;
  try {
    value = JSON.parse(line) as PlainValue;
  } catch {
    return 'the line is not JSON';
  }
  const parsed = parseRequest(value, { assume });
  return 'bad' in parsed ? parsed.bad.message : parsed.request;
}
