// What the server offers: exactly the features that there are, in the manner that the client understands.
import { TextDocumentSyncKind, PositionEncodingKind, type ServerCapabilities } from 'vscode-languageserver';
import type { Ide } from '../ide';
import type { Client } from './client';

export const FIX_ALL = 'source.fixAll.countersign';

export function capabilitiesOf(ide: Ide, client: Client): ServerCapabilities {
  const has = (feature: unknown): true | undefined => (feature ? true : undefined);
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      ...(ide.moveFiles && client.asksBeforeMoves ? { fileOperations: { willRename: { filters: [{ pattern: { glob: '**/*' } }] } } } : {}),
    },
    diagnosticProvider: client.pulls ? { identifier: 'countersign', interFileDependencies: true, workspaceDiagnostics: true } : undefined,
    hoverProvider: has(ide.hover),
    completionProvider: ide.complete && { triggerCharacters: [':', ' ', '-', '.', '/', '"', "'", '[', ',', '{', '('], resolveProvider: true },
    documentSymbolProvider: ide.documentSymbols && { label: 'Countersign' },
    workspaceSymbolProvider: has(ide.workspaceSymbols),
    foldingRangeProvider: has(ide.folding),
    selectionRangeProvider: has(ide.selectionRanges),
    documentLinkProvider: ide.links && { resolveProvider: false },
    documentFormattingProvider: has(ide.format),
    documentRangeFormattingProvider: has(ide.format),
    codeActionProvider: ide.codeActions && (client.codeActionLiterals ? { codeActionKinds: ['quickfix', 'refactor', FIX_ALL] } : undefined),
    definitionProvider: has(ide.definition),
    declarationProvider: has(ide.declaration),
    implementationProvider: has(ide.implementations),
    linkedEditingRangeProvider: has(ide.linkedEditing),
    callHierarchyProvider: has(ide.prepareCalls),
    referencesProvider: has(ide.references),
    documentHighlightProvider: has(ide.highlights),
    renameProvider: ide.rename && (client.prepareRename && ide.prepareRename ? { prepareProvider: true } : true),
    inlayHintProvider: has(ide.hints),
    codeLensProvider: ide.lenses && { resolveProvider: false },
  };
}
