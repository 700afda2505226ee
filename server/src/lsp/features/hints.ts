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
      return hints(folder.workspace, path, { start: lines.offset(start), end: lines.offset(end) }).map(({ offset, text, kind, tooltip, target, before, after }) => ({
        position: lines.position(offset),
        label: target ? [{ value: text, location: locationOf(folder, target)[0] }] : text,
        tooltip: tooltip === undefined ? undefined : { kind: MarkupKind.Markdown, value: tooltip },
        paddingLeft: before,
        paddingRight: after,
        // what the client's setting goes by
        data: kind,
      }));
    });
  }
  if (lenses) {
    handle(context, CodeLensRequest.type, (params) => {
      const at = fileOf(context, params);
      if (!at) return [];
      // a command is the client's own; one that did not say so at the start would not know it
      return lenses(at.folder.workspace, at.path).filter((lens) => lens.command === undefined || context.client.docs !== null).map(({ span, title, command = '', arguments: given, with: file }) => ({
        range: at.lines.range(span),
        command: { title, command, arguments: given && [...(file ? [at.folder.uriOf(at.path)] : []), ...given] },
      }));
    });
  }
}
