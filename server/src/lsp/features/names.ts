// From a name to where it is declared and used, and to another name.
import {
  DeclarationRequest, DefinitionRequest, DocumentHighlightKind, DocumentHighlightRequest, ErrorCodes, ImplementationRequest, LinkedEditingRangeRequest, PrepareRenameRequest, ReferencesRequest, RenameRequest, ResponseError,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import type { Definition, Ide } from '../../ide';
import { Malformed, positionOf } from '../guard';
import { fileOf, handle, locationOf, type FeatureContext } from './context';
import { renamingEdit, tellNotes } from './renaming';

export function registerNames(context: FeatureContext): void {
  const { definition, declaration, implementations, references, highlights, linkedEditing, rename, prepareRename } = context.ide;
  if (definition) handle(context, DefinitionRequest.type, leads(context, definition));
  if (declaration) handle(context, DeclarationRequest.type, leads(context, declaration));
  if (implementations) handle(context, ImplementationRequest.type, leads(context, implementations));
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
  if (linkedEditing) {
    handle(context, LinkedEditingRangeRequest.type, (params) => {
      const position = positionOf(params.position);
      const at = fileOf(context, params);
      const found = at && linkedEditing(at.folder.workspace, at.path, at.lines.offset(position));
      return at && found ? { ranges: found.spans.map((span) => at.lines.range(span)), wordPattern: found.word } : null;
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
    const edit = renamingEdit(context, at.folder, edits);
    tellNotes(context, edits.notes);
    return edit;
  });
  if (!prepareRename) return;
  handle(context, PrepareRenameRequest.type, (params) => {
    const position = positionOf(params.position);
    const at = fileOf(context, params);
    const found = at && prepareRename(at.folder.workspace, at.path, at.lines.offset(position));
    if (typeof found === 'string') throw new ResponseError(ErrorCodes.InvalidRequest, found);
    return at && found ? { range: at.lines.range(found.span), placeholder: found.placeholder } : null;
  });
}

/** A handler that answers with where a name leads, as links where the client follows them. */
const leads = (context: FeatureContext, feature: (...given: Parameters<NonNullable<Ide['definition']>>) => Definition | null) => (params: TextDocumentPositionParams) => {
  const position = positionOf(params.position);
  const at = fileOf(context, params);
  const found = at && feature(at.folder.workspace, at.path, at.lines.offset(position));
  if (!at || !found) return null;
  if (!context.client.locationLinks) return found.targets.flatMap((place) => locationOf(at.folder, place));
  return found.targets.flatMap((place) =>
    locationOf(at.folder, place).map(({ uri, range }) => ({
      originSelectionRange: at.lines.range(found.origin),
      targetUri: uri,
      targetRange: (place.whole && at.folder.lines(place.path)?.range(place.whole)) ?? range,
      targetSelectionRange: range,
    })),
  );
};
