// Symbols of a document and of the workspace.
import { DocumentSymbolRequest, SymbolKind as ProtocolKind, SymbolTag, WorkspaceSymbolRequest, type DocumentSymbol as ProtocolSymbol, type SymbolInformation } from 'vscode-languageserver';
import type { DocumentSymbol, SymbolKind } from '../../ide';
import { Malformed } from '../guard';
import { fileOf, handle, locationOf, type FeatureContext, type FileAt } from './context';

const KIND: Readonly<Record<SymbolKind, ProtocolKind>> = {
  document: ProtocolKind.Module,
  group: ProtocolKind.Namespace,
  rule: ProtocolKind.Method,
  requirement: ProtocolKind.Interface,
  case: ProtocolKind.Event,
  name: ProtocolKind.Constant,
  variable: ProtocolKind.Variable,
  tool: ProtocolKind.Function,
  agent: ProtocolKind.Class,
  field: ProtocolKind.Field,
};

/** The most symbols that a list of the workspace shows. */
const MAX_FOUND = 500;

export function registerSymbols(context: FeatureContext): void {
  const { documentSymbols, workspaceSymbols } = context.ide;
  if (documentSymbols) {
    handle(context, DocumentSymbolRequest.type, (params) => {
      const at = fileOf(context, params);
      const found = at ? documentSymbols(at.folder.workspace, at.path) : [];
      if (!at) return [];
      return context.client.symbolTree ? found.map((symbol) => toTree(at, symbol)) : found.flatMap((symbol) => toList(at, symbol));
    });
  }
  if (workspaceSymbols) {
    handle(context, WorkspaceSymbolRequest.type, (params) => {
      if (typeof params?.query !== 'string') throw new Malformed('`query` must be a text');
      context.folders.flush();
      return context.folders
        .all()
        .flatMap((folder) =>
          workspaceSymbols(folder.workspace, params.query).flatMap(({ name, kind, container, deprecated, ...place }): SymbolInformation[] =>
            locationOf(folder, place).map((location) => ({ name, kind: KIND[kind], location, containerName: container, tags: deprecated ? [SymbolTag.Deprecated] : undefined })),
          ),
        )
        .slice(0, MAX_FOUND);
    });
  }
}

function toTree(at: FileAt, symbol: DocumentSymbol): ProtocolSymbol {
  const { name, detail, kind, span, selection, deprecated, children } = symbol;
  return {
    // editors refuse an empty name
    name: name === '' ? '(no name)' : name,
    detail,
    kind: KIND[kind],
    range: at.lines.range(span),
    selectionRange: at.lines.range(selection),
    tags: deprecated ? [SymbolTag.Deprecated] : undefined,
    children: children.map((child) => toTree(at, child)),
  };
}

function toList(at: FileAt, symbol: DocumentSymbol, container?: string): SymbolInformation[] {
  const own = { name: symbol.name, kind: KIND[symbol.kind], location: { uri: at.folder.uriOf(at.path), range: at.lines.range(symbol.span) }, containerName: container };
  return [own, ...symbol.children.flatMap((child) => toList(at, child, symbol.name))];
}
