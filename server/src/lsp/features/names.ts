// From a name to where it is declared and used, and to another name.
import { DefinitionRequest, DocumentHighlightKind, DocumentHighlightRequest, ErrorCodes, PrepareRenameRequest, ReferencesRequest, RenameRequest, ResponseError } from 'vscode-languageserver';
import { Malformed, positionOf } from '../guard';
import { toWorkspaceEdit } from '../to-protocol';
import { fileOf, handle, locationOf, type FeatureContext } from './context';

export function registerNames(context: FeatureContext): void {
  const { definition, references, highlights, rename, prepareRename } = context.ide;
  const { client, documents } = context;
  if (definition) {
    handle(context, DefinitionRequest.type, (params) => {
      const position = positionOf(params.position);
      const at = fileOf(context, params);
      const found = at && definition(at.folder.workspace, at.path, at.lines.offset(position));
      if (!at || !found) return null;
      if (!client.locationLinks) return found.targets.flatMap((place) => locationOf(at.folder, place));
      return found.targets.flatMap((place) =>
        locationOf(at.folder, place).map(({ uri, range }) => ({
          originSelectionRange: at.lines.range(found.origin),
          targetUri: uri,
          targetRange: (place.whole && at.folder.lines(place.path)?.range(place.whole)) ?? range,
          targetSelectionRange: range,
        })),
      );
    });
  }
  if (references) {
    handle(context, ReferencesRequest.type, (params) => {
      const position = positionOf(params.position);
      const at = fileOf(context, params);
      if (!at) return [];
      const declaration = params.context?.includeDeclaration !== false;
      return references(at.folder.workspace, at.path, at.lines.offset(position), declaration).flatMap((place) => locationOf(at.folder, place));
    });
  }
  if (highlights) {
    handle(context, DocumentHighlightRequest.type, (params) => {
      const position = positionOf(params.position);
      const at = fileOf(context, params);
      if (!at) return [];
      return highlights(at.folder.workspace, at.path, at.lines.offset(position)).map(({ span, kind }) => ({
        range: at.lines.range(span),
        kind: kind === 'declares' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
    });
  }
  if (!rename) return;
  handle(context, RenameRequest.type, (params) => {
    const position = positionOf(params.position);
    if (typeof params.newName !== 'string') throw new Malformed('`newName` must be a text');
    const at = fileOf(context, params);
    if (!at) return null;
    const edits = rename(at.folder.workspace, at.path, at.lines.offset(position), params.newName);
    if (typeof edits === 'string') throw new ResponseError(ErrorCodes.InvalidRequest, edits);
    return toWorkspaceEdit(client, documents, at.folder, edits);
  });
  if (!prepareRename) return;
  handle(context, PrepareRenameRequest.type, (params) => {
    const position = positionOf(params.position);
    const at = fileOf(context, params);
    const found = at && prepareRename(at.folder.workspace, at.path, at.lines.offset(position));
    return at && found ? { range: at.lines.range(found.span), placeholder: found.placeholder } : null;
  });
}
