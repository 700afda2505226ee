// What changed in the libraries since they were recorded, and the documents that were inserted from snippets which are others by now, with their text brought up to date.
import { LOCK_FILE, expand, hasChanged, librariesOf, lineDiff, lockText, lockedOf, merge, offers, originComment, originsOf, parseBody, readLock, snippetChanges, valuesAt, type LockedLibrary, type Offer } from '../../core/snippets';
import type { Span } from '../../core/text';
import type { Workspace } from '../../core/workspace';

export interface LibraryChange {
  readonly library: string;
  readonly before: string | null;
  readonly after: string | null;
  /** the content is another and the version the same */
  readonly tampered: boolean;
  /** Markdown of all that changed */
  readonly report: string;
}

export interface DocumentUpdate {
  readonly path: string;
  /** of the comment */
  readonly span: Span;
  readonly snippet: string;
  readonly before: string | null;
  readonly after: string | null;
  /** the whole file with the changes of the snippet; null where the snippet as it was is not recorded */
  readonly text: string | null;
  /** places that were left as they are, since both sides changed them */
  readonly conflicts: number;
}

export interface Updates {
  readonly libraries: readonly LibraryChange[];
  readonly documents: readonly DocumentUpdate[];
  /** the lock with all libraries as they are now */
  readonly lock: string;
}

export function updatesOf(workspace: Workspace): Updates {
  const queries = workspace.ask();
  const recorded = readLock(queries.text(LOCK_FILE) ?? '') ?? [];
  const here = librariesOf(queries).filter(({ entry }) => entry !== null).map(lockedOf);
  const libraries = here.flatMap((now): LibraryChange[] => {
    const before = recorded.find(({ name }) => name === now.name);
    if (before && before.hash === now.hash && before.version === now.version) return [];
    const changes = before ? snippetChanges(before, now) : [];
    const parts = changes.map(({ prefix, change, before: old, after }) => `## \`${prefix}\`: ${change}\n\n\`\`\`\`diff\n${lineDiff(old ?? '', after ?? '').map(({ sign, text }) => `${sign}${text}`).join('\n')}\n\`\`\`\``);
    const head = `# ${now.name} ${before ? `${before.version ?? 'unversioned'} → ` : ''}${now.version ?? 'unversioned'}`;
    const words = before ? (changes.length > 0 ? parts.join('\n\n') : 'No body of a snippet changed.') : 'This library is not recorded yet.';
    return [{ library: now.name, before: before?.version ?? null, after: now.version, tampered: before !== undefined && before.version === now.version, report: `${head}\n\n${words}\n` }];
  });
  return { libraries, documents: documentUpdates(workspace, recorded), lock: lockText(here) };
}

function documentUpdates(workspace: Workspace, recorded: readonly LockedLibrary[]): readonly DocumentUpdate[] {
  const known = new Map<string, Offer>(offers(workspace.ask()).flatMap((offer) => (offer.library ? [[`${offer.library.name}/${offer.prefix}`, offer] as const] : [])));
  return workspace.paths().flatMap((path) => {
    const text = workspace.facts(path)?.role === 'countersign' ? (workspace.text(path) ?? '') : '';
    return originsOf(text).flatMap((origin): DocumentUpdate[] => {
      const id = `${origin.library}/${origin.prefix}`;
      const offer = known.get(id);
      if (!offer || !hasChanged(origin, offer.snippet.body)) return [];
      const common = { path, span: origin.span, snippet: id, before: origin.version, after: offer.library?.version ?? null };
      const old = recorded.find(({ name }) => name === origin.library)?.snippets[origin.prefix];
      if (old === undefined || hasChanged(origin, old)) return [{ ...common, text: null, conflicts: 0 }];
      const eol = text.includes('\r\n') ? '\r\n' : '\n';
      const start = startOf(text, origin.span.start);
      const plain = (body: string): string => expand(parseBody(body).parts, valuesAt(workspace.now)).text.trimEnd();
      const own = text.slice(start, origin.span.start).replaceAll('\r\n', '\n');
      const merged = merge(plain(old), own.trimEnd(), plain(offer.snippet.body));
      const written = `${merged.text}\n${originComment(origin.library, origin.prefix, common.after, offer.snippet.body)}`.replaceAll('\n', eol);
      return [{ ...common, text: text.slice(0, start) + written + text.slice(origin.span.end), conflicts: merged.conflicts }];
    });
  });
}

/** Where the document of a comment begins: behind the `---` or the comment before it. */
function startOf(text: string, at: number): number {
  let start = 0;
  for (const match of text.slice(0, at).matchAll(/^---[^\n]*\n/gm)) start = match.index + match[0].length;
  for (const { span } of originsOf(text.slice(0, at))) if (span.end > start && span.end < at) start = Math.min(at, text.indexOf('\n', span.end) + 1);
  return start;
}
