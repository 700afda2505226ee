// "Insert Snippet": all snippets with their words, those that fit at the cursor with what they insert there.
import { insertSnippet } from '../../core/lint';
import { isFor, isForFile, originComment, type FragmentPlace } from '../../core/snippets';
import type { Workspace } from '../../core/workspace';
import type { Span } from '../../core/text';
import type { SnippetItem } from '../../protocol';
import { complete } from '../complete';
import { createFit } from './fit';
import { offered, sourceWords, type Offered } from './offered';

/** As the client has it, but for the place, which is in offsets here. */
export interface SnippetChoice extends Omit<SnippetItem, 'here'> {
  readonly here: { readonly replace: Span; readonly insert: string } | null;
}

const STEMS: ReadonlyMap<string | null, string> = new Map([['Agent', 'agent'], ['Policy', 'policy'], ['Standard', 'standard'], ['Catalog', 'catalog'], ['PolicyTest', 'policytest'], ['SnippetLibrary', 'snippets']]);

/** `path` and `offset` are those of the cursor, null where no file of ours is open. */
export function snippetChoices(workspace: Workspace, path: string | null, offset: number): readonly SnippetChoice[] {
  const items = path === null ? [] : complete(workspace, path, offset).filter(({ kind, documentation }) => kind === 'snippet' && documentation?.includes('From ') === true);
  return offered(workspace).flatMap((snippet): SnippetChoice[] => {
    if (snippet.home === null) return [];
    const { prefix, library, preview, body } = snippet;
    const item = items.find((one) => one.label === prefix && one.detail === sourceWords(snippet) && one.documentation?.includes(`yaml\n${preview}\n`));
    const document = snippet.home === 'document';
    const away = item || path === null || !isFor(snippet.snippet, path.endsWith('.json')) || !isForFile(snippet.snippet, path) ? null : inDocument(workspace, path, offset, snippet);
    return [{
      id: library ? `${library.name}/${prefix}` : prefix, prefix, name: snippet.snippet.name, description: snippet.snippet.description ?? '', source: sourceWords(snippet), preview, body: body.trimEnd(), document,
      stem: document ? (STEMS.get(snippet.documentKind) ?? null) : null,
      // JSON has no comments
      origin: document && library && !(item && path?.endsWith('.json')) ? originComment(library.name, prefix, library.version, snippet.snippet.body) : null,
      here: item ? { replace: item.replace, insert: item.insert } : away, away: away !== null,
    }];
  });
}

/** Where the one block of a snippet belongs in the manifest that the cursor is in, if it has room there. */
function inDocument(workspace: Workspace, path: string, offset: number, { home, place, keys, body }: Offered): SnippetChoice['here'] {
  if (home !== 'keys' || keys.length !== 1 || !isPlain(place)) return null;
  const document = workspace.facts(path)?.documents.find(({ kind, span }) => kind === 'Agent' && span.start <= offset && offset <= span.end);
  const text = workspace.text(path);
  if (!document || text === null || document.syntax.length > 0) return null;
  const [edit, more] = insertSnippet({ text, json: path.endsWith('.json'), root: document.root }, body.trimEnd(), [...place.steps, ...keys]);
  if (!edit || more) return null;
  return createFit(path, text, workspace.now)(edit.span, edit.newText) ? { replace: edit.span, insert: edit.newText } : null;
}

/** A place that is reached by keys alone. */
const isPlain = (place: FragmentPlace | null): place is FragmentPlace => place?.schema === 'agent' && place.steps.every((step) => /^[a-zA-Z]+$/.test(step));
