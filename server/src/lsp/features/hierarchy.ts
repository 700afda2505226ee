// Call hierarchy: who hands work to whom, and who may call which tool.
import { CallHierarchyIncomingCallsRequest, CallHierarchyOutgoingCallsRequest, CallHierarchyPrepareRequest, SymbolKind, type CallHierarchyItem } from 'vscode-languageserver';
import type { CallItem } from '../../ide';
import type { Folder } from '../folder';
import { Malformed, positionOf } from '../guard';
import { fileOf, handle, type FeatureContext } from './context';

export function registerHierarchy(context: FeatureContext): void {
  const { prepareCalls, incomingCalls, outgoingCalls } = context.ide;
  if (!prepareCalls || !incomingCalls || !outgoingCalls) return;
  handle(context, CallHierarchyPrepareRequest.type, (params) => {
    const position = positionOf(params.position);
    const at = fileOf(context, params);
    const items = at ? prepareCalls(at.folder.workspace, at.path, at.lines.offset(position)).flatMap((item) => toItem(at.folder, item)) : [];
    return items.length > 0 ? items : null;
  });
  handle(context, CallHierarchyIncomingCallsRequest.type, (params) => {
    const { folder, key } = keyOf(context, params.item);
    // the places stand in the file of the caller
    return incomingCalls(folder.workspace, key).flatMap(({ item, at }) => toItem(folder, item).map((from) => ({ from, fromRanges: rangesOf(folder, item.path, at) })));
  });
  handle(context, CallHierarchyOutgoingCallsRequest.type, (params) => {
    const { folder, key } = keyOf(context, params.item);
    return outgoingCalls(folder.workspace, key).flatMap(({ item, at }) => toItem(folder, item).map((to) => ({ to, fromRanges: rangesOf(folder, key.path, at) })));
  });
}

const rangesOf = (folder: Folder, path: string, spans: readonly { start: number; end: number }[]) => spans.flatMap((span) => folder.lines(path)?.range(span) ?? []);

function toItem(folder: Folder, { name, kind, path, span, whole, detail }: CallItem): CallHierarchyItem[] {
  const lines = folder.lines(path);
  if (!lines) return [];
  const selectionRange = lines.range(span);
  const range = lines.range({ start: Math.min(whole.start, span.start), end: Math.max(whole.end, span.end) });
  return [{ name: name === '' ? '(no name)' : name, kind: kind === 'agent' ? SymbolKind.Class : SymbolKind.Function, detail, uri: folder.uriOf(path), range, selectionRange, data: { name, kind } }];
}

/** What an item that the client gives back stands for. */
function keyOf(context: FeatureContext, item: CallHierarchyItem): { folder: Folder; key: Pick<CallItem, 'name' | 'kind' | 'path'> } {
  const data = item?.data as { name?: unknown; kind?: unknown } | undefined;
  if (typeof item?.uri !== 'string' || typeof data?.name !== 'string' || (data.kind !== 'agent' && data.kind !== 'tool')) throw new Malformed('`item` must be one that this server gave');
  context.folders.flush();
  const at = context.folders.locate(item.uri);
  if (!at) throw new Malformed('`item.uri` names no file that the server knows');
  return { folder: at.folder, key: { name: data.name, kind: data.kind, path: at.path } };
}
