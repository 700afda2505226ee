// The language server: puts the parts together over a connection and a host. Nothing here knows Node or a browser.
import { DidChangeWorkspaceFoldersNotification, type Connection, type InitializeParams, type InitializeResult } from 'vscode-languageserver';
import { createAnalysisMemo, differenceSteps, type AnalysisMemo } from '../core/analysis';
import type { Finding } from '../core/lint';
import { ide as allFeatures, type Ide } from '../ide';
import { NEEDED, STATUS } from '../protocol';
import { createAgentTree, type AgentTree } from './agents';
import { createAnalysis } from './analysis';
import { capabilitiesOf } from './capabilities';
import { createCedar } from './cedar';
import { createChecker, type Checker } from './checker';
import { acceptFiles } from './client-files';
import { readClient } from './client';
import { createConfiguration, registerConfiguration } from './configuration';
import { registerCustom } from './custom';
import { createSnippetFolders } from './snippet-folders';
import { registerSnippets } from './snippets';
import { createDiskReader } from './disk';
import { syncDocuments } from './documents-sync';
import { createDocuments } from './documents';
import { registerFeatures } from './features';
import type { Folder } from './folder';
import { createFolders } from './folders';
import { createGuard, describe, type Guard } from './guard';
import type { Host } from './host';
import { createIndexer } from './indexer';
import { createOutbox, safeHost, type Outbox } from './outbox';
import { createOwnership, type OwnershipRequests } from './ownership';
import { createPause } from './pause';
import { createProgress } from './progress';
import { createPull } from './pull';
import { createPush, type Reporter } from './push';
import { createReadiness } from './readiness';
import { createMatrix, type Matrix } from './matrix';
import { createReviews, type Reviews } from './review';
import { createSimulator, type Simulator } from './simulator';
import { createStatus } from './status';
import { createTests, type Tests } from './tests';
import { toDiagnostics } from './to-protocol';
import { isMissed, unreadFindings } from './unread';
import { registerWatchers, watchFiles } from './watch';

export interface ServerOptions {
  readonly version?: string;
  /** the features offered; all that there are when absent */
  readonly ide?: Ide;
}

/** Serves a client over the connection, which is listened to from here on. */
export function startServer(connection: Connection, host: Host, { version, ide = allFeatures }: ServerOptions = {}): void {
  const outbox = createOutbox(connection);
  const guard = createGuard(outbox.error);
  const safe = safeHost(host, (error) => outbox.error(`A fault of Countersign: ${describe(error)}`));
  connection.onInitialize((params) => {
    const begin = assemble(connection, outbox, safe, guard, ide, params);
    connection.onInitialized(() => {
      if (guard.phase !== 'created') return;
      guard.phase = 'initialized';
      begin.run();
    });
    const result: InitializeResult = { capabilities: begin.capabilities, serverInfo: { name: 'countersign', version } };
    return result;
  });
  connection.onShutdown(() => {
    guard.phase = 'shutdown';
  });
  connection.listen();
}

function assemble(connection: Connection, outbox: Outbox, host: Host, guard: Guard, ide: Ide, params: InitializeParams) {
  const log = outbox.warn;
  const client = readClient(params);
  const documents = createDocuments();
  const fault = (where: string, error: unknown): void => outbox.error(`A fault of Countersign in ${where}: ${describe(error)}`);
  const folders = createFolders({ host, documents, clientFiles: client.clientFiles, trusted: client.trusted, fault });
  const pause = createPause(host);
  // the parts know each other in a circle; these are filled in below
  const late: { checker?: Checker; reporter?: Reporter; simulator?: Simulator; tests?: Tests; agents?: AgentTree; reviews?: Reviews; ownership?: OwnershipRequests; matrix?: Matrix } = {};
  const wake = (): void => {
    late.checker?.wake();
    late.simulator?.touch();
    late.matrix?.touch();
    late.tests?.touch();
    late.agents?.touch();
    late.reviews?.touch();
    late.ownership?.touch();
    status.touch();
  };
  const readiness = createReadiness(host, wake);
  const status = createStatus(host, folders, () => folders.all().some((folder) => !folder.ready) || indexer.busy, (sent) => outbox.notify(STATUS, sent));
  const disk = createDiskReader({ host, pause, inDeeper: folders.inDeeper, changed: wake });
  const indexer = createIndexer({
    host, disk, readiness, log,
    progress: createProgress(connection, host, () => client.progress),
    request: (folder, paths) => outbox.notify(NEEDED, { folder: folder.uri, paths }),
    changed: wake,
  });
  const beside = createSnippetFolders(folders);
  const cedar = createCedar(host, folders, outbox, wake);
  const followNeeded = (folder: Folder): void => {
    cedar.follow(folder);
    indexer.followNeeded(folder);
    if (beside.follow(folder)) wake();
  };
  const configuration = createConfiguration(connection, client, guard, folders, log, wake);

  const analysis = createAnalysis({ host, folders, fault, changed: () => late.checker?.wake() });
  const findings = (folder: Folder, path: string): readonly Finding[] => readiness.tellable(folder, path, () => [...findingsOf(folder, path, fault), ...analysis.findings(folder, path)]);
  const checker = createChecker({
    host,
    folders,
    documents,
    findings,
    convert: (folder, found) => toDiagnostics(client, folder, found),
    mayCheck: readiness.mayTell,
    onChecked(checked) {
      late.reporter?.checked(checked);
      status.touch();
    },
    onIdle() {
      for (const folder of folders.all()) {
        indexer.followSettings(folder);
        followNeeded(folder);
      }
      late.reporter?.idle();
      analysis.idle();
      late.agents?.touch();
      late.reviews?.touch();
      late.ownership?.touch();
      status.touch();
    },
  });
  const reporter = client.pulls
    ? createPull({ connection, outbox, client, host, guard, documents, folders, checker, pause, followNeeded, settled: readiness.settled })
    : createPush(outbox, documents, folders);
  late.checker = checker;
  late.reporter = reporter;

  const clientFiles = acceptFiles({ connection, guard, folders, documents, configuration, pause, readiness, changed: wake });
  syncDocuments({ connection, guard, documents, folders, disk, clientFiles, readiness, reporter, log, changed: wake });
  watchFiles({ connection, host, guard, folders, disk, readiness, log });
  const context = { connection, client, guard, documents, folders, readiness, ide, findings };
  registerFeatures(context);
  registerCustom(context);
  registerSnippets(context, async (folder) => {
    followNeeded(folder);
    await disk.libraries(folder, true).catch((error: unknown) => log(`Reading the libraries of ${folder.uri} failed: ${describe(error)}`));
  });
  let memo: AnalysisMemo | null = null;
  const reviews = createReviews(context, host, outbox, (before, after, options) => differenceSteps(before, after, options, (memo ??= createAnalysisMemo())));
  late.reviews = reviews;
  late.simulator = createSimulator(context, host, outbox, reviews.baseOf);
  late.matrix = createMatrix(context, host, outbox);
  late.tests = createTests(context, host, outbox);
  late.agents = createAgentTree(context, host, outbox);
  late.ownership = createOwnership(context, host, outbox);

  function changeFolders(added: readonly string[], removed: readonly string[]): void {
    const change = folders.change(added, removed);
    for (const folder of change.added) {
      configuration.begin(folder);
      indexer.start(folder);
    }
    for (const { folder, prefix } of change.uncovered) if (folder.source === 'disk') indexer.rescan(folder, prefix);
    reporter.foldersChanged();
    wake();
  }

  /** Once a day the dates are looked at anew. */
  function followClock(): void {
    const day = 86_400_000;
    host.timer.after(day - (host.now() % day) + 1000, () => {
      for (const folder of folders.all()) folder.apply({ now: host.now() });
      wake();
      followClock();
    });
  }

  return {
    capabilities: capabilitiesOf(ide, client),
    run(): void {
      connection.onNotification(
        DidChangeWorkspaceFoldersNotification.type,
        guard.notification('workspace/didChangeWorkspaceFolders', async ({ event }) => {
          changeFolders(urisOf(event?.added), urisOf(event?.removed));
          await configuration.ask();
        }),
      );
      for (const folder of folders.all()) configuration.begin(folder);
      changeFolders(client.folders, []);
      if (client.configuration) readiness.until(configuration.ask());
      registerConfiguration(outbox, client);
      registerWatchers(outbox, client);
      followClock();
    },
  };
}

/** What the checks say of a file. A check that throws is our fault, is told as such, and takes nothing else down. */
function findingsOf(folder: Folder, path: string, fault: (where: string, error: unknown) => void): readonly Finding[] {
  const own = unreadFindings(folder, path);
  const failed: Finding = {
    path, code: 'internal/fault', severity: 'error', span: { start: 0, end: 0 },
    message: 'Countersign failed while it checked this file; its log says where. This is a fault of Countersign, not of the file; please report it.',
  };
  if (folder.faults.has(path)) return [...own, failed];
  // a text that stands in for one that cannot be read has no faults of its own
  if (folder.workspace.text(path) === null || isMissed(folder.skipped.get(path))) return own;
  try {
    const found = folder.linter.get(path);
    return own.length > 0 ? [...own, ...found] : found;
  } catch (error) {
    fault(folder.uriOf(path), error);
    return [...own, failed];
  }
}

const urisOf = (list: readonly { uri?: unknown }[] | undefined): string[] => (Array.isArray(list) ? list.map((entry: { uri?: unknown } | null) => entry?.uri).filter((uri) => typeof uri === 'string') : []);
