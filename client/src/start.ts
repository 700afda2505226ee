// Puts the parts together: the client with its options, then one line a feature.
import { commands, window, workspace, type ExtensionContext } from 'vscode';
import { State, type LanguageClientOptions } from 'vscode-languageclient';
import { STATUS, type InitializationOptions, type StatusParams } from '../../server/src/protocol';
import { registerAdopt } from './adopt';
import { registerAgents } from './agents';
import { registerCommands } from './commands';
import { Crashes, onlyOurWords } from './crashes';
import { isVirtual, selector } from './documents';
import { registerExample } from './example';
import { DOCS, registerExplanations } from './explain';
import { foldOnlyOurs, formatOnlyOurs } from './others';
import { registerMatrix } from './matrix';
import { registerMoves } from './moves';
import { registerNewDocument } from './new-document';
import { registerOwnership } from './ownership';
import { followHintSetting, hintsWanted } from './ownership/hints';
import type { Platform } from './platform';
import { Server } from './server';
import { SECTION, settings } from './settings';
import { registerReview } from './review';
import { registerSimulator } from './simulator';
import { registerSnippets } from './snippets';
import { createStatusItem } from './status';
import { registerTests } from './tests';
import { followLensSetting, lensesWanted } from './tests/lenses';
import { registerRuleUses } from './tests/rule-uses';
import { restartWhenTrusted } from './trust';
import { provideFiles } from './virtual-files';

export function start(context: ExtensionContext, platform: Platform): Server {
  const log = window.createOutputChannel('Countersign', { log: true });
  const crashes = new Crashes(log);
  const initializationOptions = (): InitializationOptions => ({ trusted: workspace.isTrusted, clientFiles: !platform.serverHasFiles, settings: settings(), docs: DOCS });
  const options: LanguageClientOptions = {
    documentSelector: selector(),
    initializationOptions,
    outputChannel: log,
    errorHandler: crashes,
    initializationFailedHandler: () => false,
    synchronize: { configurationSection: SECTION },
    diagnosticCollectionName: 'countersign',
    middleware: { provideFoldingRanges: foldOnlyOurs, ...lensesWanted, ...hintsWanted },
    // A tab that has no document yet is covered by the workspace's diagnostics.
    diagnosticPullOptions: { onChange: true, onSave: false, match: () => false },
  };
  const client = platform.createClient(SECTION, 'Countersign', options);
  onlyOurWords(client);
  client.registerFeature(formatOnlyOurs(client));
  const server = new Server(client, log, crashes);

  const status = createStatusItem();
  status.show('starting');
  context.subscriptions.push(
    log,
    { dispose: () => client.dispose().catch(() => undefined) },
    status,
    client.onNotification(STATUS, (params: StatusParams) => status.show(params)),
    client.onDidChangeState(({ newState }) => {
      crashes.state(newState);
      if (newState === State.Starting) status.show('starting');
      if (newState === State.Running) log.info(`The server of Countersign ${String((context.extension.packageJSON as { readonly version: unknown }).version)} is running.`);
      if (newState === State.Stopped || newState === State.StartFailed) status.show('stopped');
    }),
    ...registerCommands(server),
    ...registerNewDocument(server),
    ...registerExplanations(server),
    ...registerSimulator(server, context),
    ...registerMatrix(server, context),
    ...registerAgents(server, context),
    ...registerAdopt(server),
    ...registerExample(context, platform.serverHasFiles),
    ...registerSnippets(server, context),
    ...registerReview(server, context),
    ...registerTests(server),
    ...registerOwnership(server),
    registerMoves(server),
    followLensSetting(client),
    ...registerRuleUses(server),
    followHintSetting(client),
    restartWhenTrusted(server),
    provideFiles(server, (folder) => !platform.serverHasFiles || isVirtual(folder.uri)),
  );
  void commands.executeCommand('setContext', 'countersign.active', true);
  // Not awaited: the editor need not wait for the server to go on.
  void server.start();
  return server;
}
