// One prefix for two snippets of a library: reported at each, with the others as related places.
import { libraryOfFile, librariesOf, readSnippets, type Snippet } from '../../../snippets';
import type { Rule, RuleContext } from '../../rule';
import { duplicateDoc } from './docs';

export const duplicatePrefix: Rule = {
  codes: [duplicateDoc],
  check(context) {
    if (context.facts.role !== 'snippets') return;
    const all = siblings(context);
    const own = all.filter(({ path }) => path === context.path);
    for (const { snippet } of own) {
      for (const prefix of snippet.prefixes) {
        const others = all.flatMap((other) => (other.path === context.path && other.snippet.nameSpan.start === snippet.nameSpan.start ? [] : other.snippet.prefixes.filter(({ text }) => text === prefix.text && together(other.snippet, snippet)).map(({ span }) => ({ path: other.path, span, name: other.snippet.name }))));
        const first = others[0];
        if (!first) continue;
        context.report({
          code: duplicateDoc.code, span: prefix.span,
          message: `The prefix \`${prefix.text.slice(0, 60)}\` is also that of \`${first.name.slice(0, 60)}\`${first.path === context.path ? '' : ` in \`${first.path}\``}, so completion shows it twice. Give one of them another prefix.`,
          related: others.slice(0, 5).map(({ path, span, name }) => ({ path, span, message: `\`${name.slice(0, 60)}\` has the same prefix.` })),
        });
      }
    }
  },
};

interface Sibling {
  readonly path: string;
  readonly snippet: Snippet;
}

/** The snippets of the library that the file belongs to; of a file without a library those of the file that are for our documents. */
function siblings({ path, text, queries }: RuleContext): readonly Sibling[] {
  const library = libraryOfFile(path, queries);
  const own = readSnippets(text).snippets;
  if (!library) return own.filter(({ scope }) => scope?.some((language) => language.startsWith('countersign-'))).map((snippet) => ({ path, snippet }));
  const files = librariesOf(queries).find((one) => one.path === library.path && one.name === library.name)?.files ?? [];
  return [...own.map((snippet) => ({ path, snippet })), ...files.filter((file) => file.path !== path).flatMap((file) => file.snippets.map((snippet) => ({ path: file.path, snippet })))];
}

/** Whether two snippets can be offered in one file. */
const together = (a: Snippet, b: Snippet): boolean => a.scope === null || b.scope === null || a.scope.some((language) => b.scope?.includes(language));
