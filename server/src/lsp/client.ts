// What the client can do and what it asked for at the start, read once and with care: it may send anything.
import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';

export interface Client {
  /** diagnostics are asked for by the client; else they are sent */
  readonly pulls: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly relativeWatchers: boolean;
  readonly progress: boolean;
  readonly relatedInformation: boolean;
  readonly tags: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  readonly markdownHover: boolean;
  readonly snippets: boolean;
  readonly snippetEdits: boolean;
  readonly documentChanges: boolean;
  readonly symbolTree: boolean;
  readonly locationLinks: boolean;
  readonly linkTooltips: boolean;
  readonly lineFoldingOnly: boolean;
  readonly codeActionLiterals: boolean;
  readonly preferredActions: boolean;
  readonly prepareRename: boolean;
  /** edits can be shown with a reason, for the user to choose */
  readonly changeAnnotations: boolean;
  readonly movesFiles: boolean;
  /** it asks before the user moves files */
  readonly asksBeforeMoves: boolean;
  /** edits may make files */
  readonly createsFiles: boolean;
  readonly folders: readonly string[];
  readonly clientFiles: boolean;
  /** false where the user has said that the folder is not to be trusted */
  readonly trusted: boolean;
  readonly settings: unknown;
  /** address of a code's documentation with `{code}` in it; null for no links */
  readonly docs: string | null;
}

export function readClient(params: InitializeParams): Client {
  const capabilities: ClientCapabilities = params.capabilities ?? {};
  const text = capabilities.textDocument ?? {};
  const workspace = capabilities.workspace ?? {};
  const options: Record<string, unknown> = typeof params.initializationOptions === 'object' && params.initializationOptions !== null ? params.initializationOptions : {};
  const diagnostics = { ...text.publishDiagnostics, ...text.diagnostic };
  const docs = options['docs'];
  return {
    pulls: Boolean(text.diagnostic),
    refreshesDiagnostics: Boolean(workspace.diagnostics?.refreshSupport),
    refreshesHints: Boolean(workspace.inlayHint?.refreshSupport),
    refreshesLenses: Boolean(workspace.codeLens?.refreshSupport),
    configuration: Boolean(workspace.configuration),
    registersConfiguration: Boolean(workspace.didChangeConfiguration?.dynamicRegistration),
    registersWatchers: Boolean(workspace.didChangeWatchedFiles?.dynamicRegistration),
    relativeWatchers: Boolean(workspace.didChangeWatchedFiles?.relativePatternSupport),
    progress: Boolean(capabilities.window?.workDoneProgress),
    relatedInformation: Boolean(diagnostics.relatedInformation),
    tags: Boolean(diagnostics.tagSupport),
    codeDescription: Boolean(diagnostics.codeDescriptionSupport),
    diagnosticData: Boolean(diagnostics.dataSupport),
    markdownHover: text.hover?.contentFormat?.includes('markdown') ?? false,
    snippets: Boolean(text.completion?.completionItem?.snippetSupport),
    snippetEdits: Boolean(workspace.workspaceEdit?.snippetEditSupport),
    documentChanges: Boolean(workspace.workspaceEdit?.documentChanges),
    symbolTree: Boolean(text.documentSymbol?.hierarchicalDocumentSymbolSupport),
    locationLinks: Boolean(text.definition?.linkSupport),
    linkTooltips: Boolean(text.documentLink?.tooltipSupport),
    lineFoldingOnly: Boolean(text.foldingRange?.lineFoldingOnly),
    codeActionLiterals: Boolean(text.codeAction?.codeActionLiteralSupport),
    preferredActions: Boolean(text.codeAction?.isPreferredSupport),
    prepareRename: Boolean(text.rename?.prepareSupport),
    changeAnnotations: Boolean(workspace.workspaceEdit?.changeAnnotationSupport) && Boolean(workspace.workspaceEdit?.documentChanges),
    createsFiles: Boolean(workspace.workspaceEdit?.documentChanges) && (workspace.workspaceEdit?.resourceOperations?.includes('create') ?? false),
    movesFiles: Boolean(workspace.workspaceEdit?.documentChanges) && (workspace.workspaceEdit?.resourceOperations?.includes('rename') ?? false),
    asksBeforeMoves: Boolean(workspace.fileOperations?.willRename),
    folders: foldersOf(params),
    clientFiles: options['clientFiles'] === true,
    trusted: options['trusted'] !== false,
    settings: options['settings'],
    docs: typeof docs === 'string' && docs.includes('{code}') ? docs : null,
  };
}

function foldersOf(params: InitializeParams): string[] {
  if (Array.isArray(params.workspaceFolders)) return params.workspaceFolders.map((folder) => folder?.uri).filter((uri) => typeof uri === 'string');
  if (typeof params.rootUri === 'string') return [params.rootUri];
  if (typeof params.rootPath === 'string' && params.rootPath !== '') return [`file://${params.rootPath.startsWith('/') ? '' : '/'}${params.rootPath.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')}`];
  return [];
}
