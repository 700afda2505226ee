// What changed in the libraries since they were recorded, and the documents that were inserted from snippets which are others by now, with their text brought up to date.
import { bodyAt, expand, isShipped, lineDiff, lockState, merge, nextLock, originComment, originsIn, originsOf, outdated, parseBody, shippedEarlier, snippetChanges, valuesAt, type LockedLibrary } from '../../core/snippets';
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
  /** true where the library has the snippet no longer */
  readonly gone: boolean;
  /** the whole file with the changes of the snippet; null where the snippet as it was is not recorded, or is gone */
  readonly text: string | null;
  /** the whole file with the snippet as it is now in place of the document, to be compared with; of one that is gone the file as it is */
  readonly now: string;
  /** places that were left as they are, since both sides changed them */
  readonly conflicts: number;
}

export interface Updates {
  readonly libraries: readonly LibraryChange[];
  readonly documents: readonly DocumentUpdate[];
  /** the lock with all libraries as they are now */
  readonly lock: string;
}

const NOTHING: LockedLibrary = { name: '', from: '', version: null, hash: '', snippets: {} };
/** snippets of one library in a report */
const MAX_SHOWN = 200;

export function updatesOf(workspace: Workspace): Updates {
  const queries = workspace.ask();
  const state = lockState(queries);
  const libraries = state.entries.flatMap((entry): LibraryChange[] => {
    const { library, status, before, after, snippets } = entry;
    if (status === 'same' || status === 'missing') return [];
    const shown = after && !before ? snippetChanges({ ...NOTHING, name: library }, state.here.find(({ name }) => name === library) ?? NOTHING) : snippets;
    const parts = shown.slice(0, MAX_SHOWN).map(({ prefix, change, before: old, after: now }) => `## \`${prefix}\`: ${change}\n\n\`\`\`\`diff\n${lineDiff(old ?? '', now ?? '').filter(({ sign }) => old !== null || sign !== '-').map(({ sign, text }) => `${sign}${text}`).join('\n')}\n\`\`\`\``);
    const versions = [before, after].flatMap((one) => (one ? [one.version ?? 'unversioned'] : [])).filter((one, at, all) => all.indexOf(one) === at);
    const head = `# ${library} ${versions.join(' → ')}`;
    const warning = status === 'tampered' ? 'The content is another and the version the same. Ask its owner before you record it.\n\n' : '';
    const words = status === 'added' ? ['This library is not recorded yet. It holds:', ...parts].join('\n\n') : status === 'removed' ? 'The settings name this library no longer.' : parts.length > 0 ? parts.join('\n\n') : 'No body of a snippet changed: only descriptions, prefixes or comments.';
    return [{ library, before: before?.version ?? null, after: after?.version ?? null, tampered: status === 'tampered', report: `${head}\n\n${warning}${words}\n` }];
  });
  return { libraries, documents: documentUpdates(workspace, state.recorded), lock: nextLock(state, () => true, originsIn(workspace)) };
}

function documentUpdates(workspace: Workspace, recorded: readonly LockedLibrary[]): readonly DocumentUpdate[] {
  const plain = (body: string): string => expand(parseBody(body).parts, valuesAt(workspace.now)).text.trimEnd();
  return outdated(workspace).map((one): DocumentUpdate => {
    const { path, origin, library, snippet } = one;
    const text = workspace.text(path) ?? '';
    const common = { path, span: origin.span, snippet: `${origin.library}/${origin.prefix}`, before: origin.version, after: library.version };
    if (!snippet) return { ...common, gone: true, text: null, now: text, conflicts: 0 };
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    const start = startOf(text, origin.span.start);
    const whole = (document: string): string => text.slice(0, start) + `${document}\n${originComment(library.name, snippet.prefixes[0]?.text ?? snippet.name, library.version, snippet.body)}`.replaceAll('\n', eol) + text.slice(origin.span.end);
    const found = { ...common, gone: false, now: whole(plain(snippet.body)) };
    const old = isShipped(one) ? bodyAt(origin, { ...NOTHING, earlier: shippedEarlier() }) : bodyAt(origin, recorded.find(({ name }) => name === origin.library));
    if (old === null) return { ...found, text: null, conflicts: 0 };
    const merged = merge(plain(old), text.slice(start, origin.span.start).replaceAll('\r\n', '\n').trimEnd(), plain(snippet.body));
    return { ...found, text: whole(merged.text), conflicts: merged.conflicts };
  });
}

/** Where the document of a comment begins: behind the `---` or the comment before it. */
function startOf(text: string, at: number): number {
  let start = 0;
  for (const match of text.slice(0, at).matchAll(/^---[^\n]*\n/gm)) start = match.index + match[0].length;
  for (const { span } of originsOf(text.slice(0, at))) if (span.end > start && span.end < at) start = Math.min(at, text.indexOf('\n', span.end) + 1);
  return start;
}
