// Inlay hints and code lenses.
import { CodeLensRequest, InlayHintRequest, MarkupKind } from 'vscode-languageserver';
import { rangeOf } from '../guard';
import { fileOf, handle, locationOf, type FeatureContext } from './context';

export function registerHints(context: FeatureContext): void {
  const { hints, lenses } = context.ide;
  if (hints) {
    handle(context, InlayHintRequest.type, (params) => {
      const { start, end } = rangeOf(params.range);
      const at = fileOf(context, params);
      if (!at) return [];
      const { folder, path, lines } = at;
      return hints(folder.workspace, path, { start: lines.offset(start), end: lines.offset(end) }).map(({ offset, text, tooltip, target, before, after }) => ({
        position: lines.position(offset),
        label: target ? [{ value: text, location: locationOf(folder, target)[0] }] : text,
        tooltip: tooltip === undefined ? undefined : { kind: MarkupKind.Markdown, value: tooltip },
        paddingLeft: before,
        paddingRight: after,
      }));
    });
  }
  if (lenses) {
    handle(context, CodeLensRequest.type, (params) => {
      const at = fileOf(context, params);
      if (!at) return [];
      return lenses(at.folder.workspace, at.path).map(({ span, title, command = '', arguments: given }) => ({
        range: at.lines.range(span),
        command: { title, command, arguments: given && [...given] },
      }));
    });
  }
}
