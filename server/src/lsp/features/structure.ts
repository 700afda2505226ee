// What follows from the structure of the text: folding, selection ranges, links, formatting.
import {
  DocumentFormattingRequest, DocumentLinkRequest, DocumentRangeFormattingRequest, FoldingRangeKind, FoldingRangeRequest, SelectionRangeRequest,
  type FoldingRange, type SelectionRange,
} from 'vscode-languageserver';
import type { Span } from '../../core/text';
import { Malformed, positionOf, rangeOf } from '../guard';
import { toTextEdits } from '../to-protocol';
import { fileOf, handle, type FeatureContext, type FileAt } from './context';

export function registerStructure(context: FeatureContext): void {
  const { folding, selectionRanges, links, format } = context.ide;
  if (folding) {
    handle(context, FoldingRangeRequest.type, (params) => {
      const at = fileOf(context, params);
      return at ? folding(at.folder.workspace, at.path).flatMap(({ span, kind }) => foldOf(at, span, kind)) : [];
    });
  }
  if (selectionRanges) {
    handle(context, SelectionRangeRequest.type, (params) => {
      if (!Array.isArray(params?.positions)) throw new Malformed('`positions` must be a list');
      const positions = params.positions.map((position) => positionOf(position));
      const at = fileOf(context, params);
      if (!at) return null;
      const found = selectionRanges(at.folder.workspace, at.path, positions.map((position) => at.lines.offset(position)));
      return positions.map((position, index) => chain(at, found[index] ?? []) ?? { range: { start: position, end: position } });
    });
  }
  if (links) {
    handle(context, DocumentLinkRequest.type, (params) => {
      const at = fileOf(context, params);
      if (!at) return [];
      return links(at.folder.workspace, at.path).map(({ span, target, tooltip }) => ({
        range: at.lines.range(span),
        target: 'path' in target ? at.folder.uriOf(target.path) : target.url,
        tooltip: context.client.linkTooltips ? tooltip : undefined,
      }));
    });
  }
  if (format) {
    const indentOf = (options: { tabSize?: unknown } | undefined): number => (typeof options?.tabSize === 'number' && options.tabSize >= 1 && options.tabSize <= 10 ? Math.floor(options.tabSize) : 2);
    handle(context, DocumentFormattingRequest.type, (params) => {
      const at = fileOf(context, params);
      return at ? toTextEdits(at.folder, at.path, format(at.folder.workspace, at.path, { indent: indentOf(params.options) })) : [];
    });
    handle(context, DocumentRangeFormattingRequest.type, (params) => {
      const { start, end } = rangeOf(params.range);
      const at = fileOf(context, params);
      if (!at) return [];
      const range = { start: at.lines.offset(start), end: at.lines.offset(end) };
      return toTextEdits(at.folder, at.path, format(at.folder.workspace, at.path, { indent: indentOf(params.options) }, range));
    });
  }
}

function foldOf({ lines }: FileAt, span: Span, kind: 'comment' | 'region' | undefined): FoldingRange[] {
  const { start, end } = lines.range(span);
  // a span that ends at the beginning of a line does not hold that line
  const endLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  if (endLine <= start.line) return [];
  return [{ startLine: start.line, endLine, kind: kind === undefined ? undefined : kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region }];
}

/** The spans as a chain from the innermost outwards; one that does not hold the one before it is left out. */
function chain({ lines }: FileAt, spans: readonly Span[]): SelectionRange | null {
  const nested: Span[] = [];
  for (const span of spans) {
    const last = nested.at(-1);
    if (!last || (span.start <= last.start && span.end >= last.end && span.end - span.start > last.end - last.start)) nested.push(span);
  }
  return nested.reduceRight<SelectionRange | null>((parent, span) => (parent ? { range: lines.range(span), parent } : { range: lines.range(span) }), null);
}
