// A client for tests: a real connection over streams, which keeps what the server sent.
import { PassThrough } from 'node:stream';
import {
  createConnection, createProtocolConnection, DidChangeTextDocumentNotification, DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, DocumentDiagnosticRequest,
  InitializedNotification, InitializeRequest, PublishDiagnosticsNotification, WorkspaceDiagnosticRequest,
  type ClientCapabilities, type Diagnostic, type DocumentDiagnosticReport, type InitializeResult, type ProtocolConnection, type PublishDiagnosticsParams,
  type TextDocumentContentChangeEvent, type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { Ide } from '../../server/src/ide';
import { startServer } from '../../server/src/lsp';
import { STATUS, type StatusParams } from '../../server/src/protocol';
import type { MemoryHost } from './memory-host';

export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly result: InitializeResult;
  /** raw bytes to the server */
  readonly toServer: PassThrough;
  /** all that was published, in order */
  readonly published: PublishDiagnosticsParams[];
  readonly log: string[];
  readonly status: StatusParams[];
  readonly registered: { method: string; registerOptions?: unknown }[];
  refreshes: number;
  /** answers of the client to `workspace/configuration` */
  configuration: (scopes: readonly (string | undefined)[]) => unknown;
  open(uri: string, text: string, version?: number, languageId?: string): void;
  change(uri: string, version: number, ...changes: (string | TextDocumentContentChangeEvent)[]): void;
  close(uri: string): void;
  /** the diagnostics of a file, pulled */
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** codes of a file, pulled, sorted */
  codes(uri: string): Promise<string[]>;
  pullAll(previousResultIds?: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport>;
  /** the last published diagnostics of a file */
  last(uri: string): PublishDiagnosticsParams | undefined;
  stop(): void;
}

export interface TestOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[] | null;
  readonly initializationOptions?: unknown;
  readonly ide?: Ide;
  /** false: neither initialize nor initialized is sent */
  readonly initialize?: boolean;
}

export const PULL: ClientCapabilities = { textDocument: { diagnostic: { relatedInformation: true, dataSupport: true } }, workspace: { diagnostics: { refreshSupport: true } } };
export const PUSH: ClientCapabilities = { textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } } };

export async function connect(host: MemoryHost, options: TestOptions = {}): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const watchDog = { shutdownReceived: false, initialize() {}, exit() {} };
  const server = createConnection((logger) => createProtocolConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), logger), watchDog);
  startServer(server, host, options.ide ? { ide: options.ide } : {});
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const client: Omit<TestClient, 'result'> & { result?: InitializeResult } = {
    connection,
    toServer,
    published: [],
    log: [],
    status: [],
    registered: [],
    refreshes: 0,
    configuration: () => null,
    open: (uri, text, version = 1, languageId = 'yaml') => void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version, text } }),
    change: (uri, version, ...changes) =>
      void connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: changes.map((change) => (typeof change === 'string' ? { text: change } : change)),
      }),
    close: (uri) => void connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    pull: (uri, previousResultId) => connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri }, previousResultId }),
    async codes(uri) {
      return codesOf(await client.pull(uri));
    },
    pullAll: (previousResultIds = []) => connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds }),
    last: (uri) => client.published.findLast((sent) => sent.uri === uri),
    stop() {
      connection.dispose();
      server.dispose();
      toServer.destroy();
      toClient.destroy();
    },
  };
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => void client.published.push(params));
  connection.onNotification('window/logMessage', (params: { message: string }) => void client.log.push(params.message));
  connection.onNotification(STATUS, (params: StatusParams) => void client.status.push(params));
  connection.onRequest('workspace/diagnostic/refresh', () => {
    client.refreshes++;
    return null;
  });
  connection.onRequest('client/registerCapability', (params: { registrations: { method: string; registerOptions?: unknown }[] }) => {
    client.registered.push(...params.registrations);
    return null;
  });
  connection.onRequest('workspace/configuration', (params: { items: { scopeUri?: string }[] }) => client.configuration(params.items.map((item) => item.scopeUri)));
  connection.listen();
  if (options.initialize !== false) {
    client.result = await connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      capabilities: options.capabilities ?? PULL,
      workspaceFolders: options.folders === null ? null : (options.folders ?? ['file:///w']).map((uri) => ({ uri, name: uri })),
      initializationOptions: options.initializationOptions,
    });
    await connection.sendNotification(InitializedNotification.type, {});
  }
  return client as TestClient;
}

export const codesOf = (report: DocumentDiagnosticReport): string[] => (report.kind === 'full' ? report.items.map((item: Diagnostic) => String(item.code)).sort() : ['unchanged']);

/** The message of the first finding. */
export const messageOf = (report: DocumentDiagnosticReport): string => (report.kind === 'full' ? String(report.items[0]?.message) : '');

/** Waits until something holds; fails with the last value after a while. */
export async function eventually<T>(get: () => T | Promise<T>, holds: (value: T) => boolean, what = 'it'): Promise<T> {
  let value = await get();
  for (const end = Date.now() + 10_000; !holds(value); value = await get()) {
    if (Date.now() > end) throw new Error(`${what} did not happen; last: ${JSON.stringify(value)}`);
    await new Promise((resume) => setTimeout(resume, 5));
  }
  return value;
}

/** Time for whatever may still come. */
export const calm = (milliseconds = 80): Promise<void> => new Promise((resume) => setTimeout(resume, milliseconds));
