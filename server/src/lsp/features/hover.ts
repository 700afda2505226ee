// Hover.
import { HoverRequest, MarkupKind } from 'vscode-languageserver';
import { positionOf } from '../guard';
import { fileOf, handle, type FeatureContext } from './context';

export function registerHover(context: FeatureContext): void {
  const { hover } = context.ide;
  if (!hover) return;
  handle(context, HoverRequest.type, (params) => {
    const position = positionOf(params.position);
    const at = fileOf(context, params);
    const shown = at && hover(at.folder.workspace, at.path, at.lines.offset(position));
    if (!at || !shown) return null;
    return { range: at.lines.range(shown.span), contents: { kind: context.client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText, value: shown.markdown } };
  });
}
