// countersign lsp: the language server, for editors.
import { UsageError } from '../io';
import type { AddCommand, Context } from './command';

interface LspOptions {
  readonly stdio?: boolean;
}

export const lsp: AddCommand = (program, run) => {
  program
    .command('lsp')
    .description('run the language server for an editor')
    .option('--stdio', 'speak over standard input and output')
    .action(run<LspOptions>(runLsp));
};

async function runLsp(context: Context, _: readonly string[], options: LspOptions): Promise<number> {
  if (!options.stdio) throw new UsageError('name how the editor speaks to the server: `countersign lsp --stdio`');
  return context.host.serve();
}
