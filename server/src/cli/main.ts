// The command line: arguments in, an exit code out. 0 is good, 1 says that something was found, 2 is wrong use or an unreadable workspace.
import { Command, CommanderError } from 'commander';
import type { OptionValues } from 'commander';
import { COMMANDS } from './commands';
import type { Action, Context, Run } from './commands/command';
import type { Host } from './host';
import { UsageError } from './io';
import type { Io } from './io';
import { loadWorkspace } from './load';
import { saySkipped } from './say-skipped';
import { printable } from './terminal/cells';
import { SILENT, progressBar } from './terminal/progress';
import { useColour } from './terminal/style';
import { findWorkspace, openBeside } from './workspace-folder';

interface GlobalOptions {
  readonly workspace?: string;
  readonly folder?: readonly string[];
  readonly color?: boolean;
}

const EXAMPLES = `
Examples:
  countersign check                                  all findings of this workspace
  countersign check agents --fail-on warning         those in the folder agents, stricter
  countersign check --format sarif > findings.sarif  for code scanning
  countersign explain reference/unknown-team         what a code means
  countersign agents                                 which agents there are, and whose
  countersign simulate --request request.json        what would be decided, and why
  countersign test                                   the PolicyTests
  countersign who --action call --resource tool:s/t  which agents can do it, and when
  countersign diff --base origin/main                what a change lets agents do

Exit codes:
  0  nothing found that fails
  1  something found
  2  wrong use, or the workspace cannot be read
`;

/** `argv` holds the arguments alone, without the program's name. */
export async function main(argv: readonly string[], io: Io, host: Host, version: string): Promise<number> {
  let exit = 0;
  const program = new Command('countersign');
  const run: Run = <Options extends OptionValues>(action: Action<Options>) => async (...given: unknown[]) => {
    const command = given.at(-1) as Command;
    exit = await action(contextOf(program.opts<GlobalOptions>(), io, host, version), command.args, command.opts<Options>());
  };
  program
    .description('Who owns an agent, what it may do, who must approve it: checked.')
    .usage('<command> [options]')
    .option('--workspace <folder>', 'the workspace (default: the nearest folder upwards with .countersign.yaml or .git, else this one)')
    .option('--folder <folder>', 'a folder beside the workspace whose snippet libraries it may use, as `libraries: [{ path: ../folder }]` names them; may be given more than once', (one: string, before: readonly string[] = []) => [...before, one])
    .option('--color', 'colours also where the output is no terminal')
    .option('--no-color', 'no colours')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: () => undefined, getOutHelpWidth: () => io.columns, getOutHasColors: () => false })
    .exitOverride();
  for (const add of COMMANDS) add(program, run);
  for (const command of program.commands) command.copyInheritedSettings(program).helpOption('-h, --help', 'print this help');
  try {
    if (argv.length === 0) throw new UsageError('name a command, such as `countersign check`; `countersign --help` lists them');
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    io.stderr.write(`countersign: ${oneLine(error)}\n`);
    return 2;
  }
}

/** One line, whatever went wrong. A fault of ours says so. */
function oneLine(error: unknown): string {
  if (error instanceof UsageError) return printable(error.message);
  if (error instanceof CommanderError) return printable(error.message.replace(/^error: /, ''));
  return printable(`this is a fault of Countersign, please report it: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
}

function contextOf(options: GlobalOptions, io: Io, host: Host, version: string): Context {
  const root = (): Promise<string> => findWorkspace(host, io.cwd, options.workspace);
  return {
    io,
    host,
    version,
    colour: useColour(options.color, io.env, io.isTTY),
    root,
    async load(progress = SILENT, like) {
      const folder = await root();
      const loaded = await loadWorkspace(host, folder, { progress, outside: await openBeside(host, io.cwd, folder, options.folder ?? []), like });
      progress.clear();
      saySkipped(loaded, io);
      return loaded;
    },
    progress: () => (io.isErrorTTY ? progressBar({ write: (text) => io.stderr.write(text), columns: io.columns, now: () => host.now() }) : SILENT),
  };
}
