// The documents that were inserted from snippets which have changed.
import { hasChanged, offers, originsIn } from '../../core/snippets';
import { LineIndex } from '../../core/text';
import type { Workspace } from '../../core/workspace';

/** A document that was inserted from a snippet which is another by now. */
export interface OutdatedDocument {
  readonly file: string;
  /** from 0 */
  readonly line: number;
  readonly snippet: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The documents whose comment names a snippet that has changed. */
export function outdatedDocuments(workspace: Workspace): readonly OutdatedDocument[] {
  const known = new Map(offers(workspace.ask()).flatMap((offer) => (offer.library ? [[`${offer.library.name}/${offer.prefix}`, offer] as const] : [])));
  return originsIn(workspace).flatMap((origin): OutdatedDocument[] => {
    const offer = known.get(`${origin.library}/${origin.prefix}`);
    if (!offer || !hasChanged(origin, offer.snippet.body)) return [];
    const { line } = new LineIndex(workspace.text(origin.path) ?? '').position(origin.span.start);
    return [{ file: origin.path, line, snippet: `${origin.library}/${origin.prefix}`, before: origin.version, after: offer.library?.version ?? null }];
  });
}
