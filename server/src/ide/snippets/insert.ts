// "Insert Snippet": all snippets with their words, those that fit at the cursor with what they insert there.
import { originComment } from '../../core/snippets';
import type { Workspace } from '../../core/workspace';
import type { Span } from '../../core/text';
import { complete } from '../complete';
import { offered, sourceWords } from './offered';

export interface SnippetChoice {
  /** `library/prefix`, or the prefix alone */
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly description: string;
  /** library, version, owner */
  readonly source: string;
  /** what stands there when nothing is typed */
  readonly preview: string;
  /** in snippet syntax */
  readonly body: string;
  readonly document: boolean;
  /** a name for a file that holds the document: `agent`, `policy` */
  readonly stem: string | null;
  /** the line that records where a document comes from */
  readonly origin: string | null;
  /** what it inserts at the cursor; null where it does not fit */
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
    return [{
      id: library ? `${library.name}/${prefix}` : prefix, prefix, name: snippet.snippet.name, description: snippet.snippet.description ?? '', source: sourceWords(snippet), preview, body: body.trimEnd(), document,
      stem: document ? (STEMS.get(snippet.documentKind) ?? null) : null,
      origin: document && library ? originComment(library.name, prefix, library.version, snippet.snippet.body) : null,
      here: item ? { replace: item.replace, insert: item.insert } : null,
    }];
  });
}
