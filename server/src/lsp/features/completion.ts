// Completion; documentation is sent for the one item that is looked at, not for all.
import { CompletionItemKind, CompletionItemTag, CompletionRequest, CompletionResolveRequest, InsertTextFormat, InsertTextMode, MarkupKind, type CompletionItem } from 'vscode-languageserver';
import type { CompletionItem as Item, CompletionKind } from '../../ide';
import { positionOf } from '../guard';
import { plainText, toTextEdits } from '../to-protocol';
import { fileOf, handle, type FeatureContext, type FileAt } from './context';

const KIND: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  enum: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
  variable: CompletionItemKind.Variable,
  field: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  operator: CompletionItemKind.Operator,
  keyword: CompletionItemKind.Keyword,
  file: CompletionItemKind.File,
  snippet: CompletionItemKind.Snippet,
};

/** From so many on the list is cut, and what is typed next chooses anew. */
const MANY = 200;

export function registerCompletion(context: FeatureContext): void {
  const { complete } = context.ide;
  if (!complete) return;
  let last: readonly Item[] = [];
  let list = 0;

  handle(context, CompletionRequest.type, (params) => {
    const position = positionOf(params.position);
    const at = fileOf(context, params);
    if (!at) return [];
    last = complete(at.folder.workspace, at.path, at.lines.offset(position));
    list++;
    return { isIncomplete: last.length >= MANY, items: last.map((item, index) => toItem(context, at, item, { list, index })) };
  });

  handle(context, CompletionResolveRequest.type, (item) => {
    const data = item.data as { list?: unknown; index?: unknown } | undefined;
    const known = data?.list === list && typeof data.index === 'number' ? last[data.index] : undefined;
    return known?.documentation === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value: known.documentation } };
  });
}

function toItem({ client }: FeatureContext, { folder, path, lines }: FileAt, item: Item, data: { list: number; index: number }): CompletionItem {
  const asSnippet = item.snippet && client.snippets;
  const made: CompletionItem = {
    label: item.label,
    kind: KIND[item.kind],
    textEdit: { range: lines.range(item.replace), newText: item.snippet && !asSnippet ? plainText(item.insert) : item.insert },
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
  };
  // the lines hold their whole indentation already
  if (item.insert.includes('\n')) made.insertTextMode = InsertTextMode.asIs;
  if (item.detail !== undefined) made.detail = item.detail;
  if (item.sortText !== undefined) made.sortText = item.sortText;
  if (item.filterText !== undefined) made.filterText = item.filterText;
  if (item.preselect) made.preselect = true;
  if (item.deprecated) made.tags = [CompletionItemTag.Deprecated];
  if (item.additionalEdits?.length) made.additionalTextEdits = toTextEdits(folder, path, item.additionalEdits);
  if (item.documentation !== undefined) made.data = data;
  return made;
}
