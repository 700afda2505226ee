// Snippets whose syntax is wrong, or that would insert something wrong; and libraries that do not fit the range that is asked for.
import { fragmentPlaces, libraryEntriesOf, libraryOfFile, librariesOf, parseRange, readSnippets, type Snippet } from '../../../snippets';
import type { Rule, RuleContext } from '../../rule';
import { checkBody } from './body';
import { invalidDoc } from './docs';

const OURS = /^(?:countersign-yaml|countersign-json)$/;
const DATA = /^(?:countersign-yaml|countersign-json|yaml|json|jsonc)$/;

export const snippetInvalid: Rule = {
  codes: [invalidDoc],
  check(context) {
    if (context.facts.role === 'snippets') checkFile(context);
    if (context.facts.role === 'config') checkRanges(context);
  },
};

/** Files of snippets for other things are none of our business, but for what they hold of ours. */
function checkFile(context: RuleContext): void {
  const { text, queries, path } = context;
  const library = libraryOfFile(path, queries) !== null;
  const file = readSnippets(text);
  const ours = library || file.snippets.some((one) => one.scope?.some((language) => OURS.test(language)));
  const report = (span: { start: number; end: number }, message: string): void => context.report({ code: invalidDoc.code, span, message });
  if (ours) for (const problem of file.syntax) report(problem.span, problem.message);
  if (library) for (const problem of file.broken) report(problem.span, problem.message);
  const places = fragmentPlaces();
  for (const snippet of file.snippets) {
    const scoped = snippet.scope?.some((language) => OURS.test(language)) ?? false;
    const possible = snippet.scope === null || snippet.scope.some((language) => DATA.test(language));
    const member = library || scoped;
    if (!member && !(possible && snippet.body.includes('countersign/v1'))) continue;
    for (const fault of snippet.parsed.faults) report(snippet.place(fault.span.start, fault.span.end), fault.message);
    if (member && snippet.description === null) report(snippet.nameSpan, `\`${snippet.name.slice(0, 60)}\` has no \`description\`. Say in a line what it inserts and when to use it: that is what people read before they choose.`);
    if (library && snippet.prefixes.length === 0) report(snippet.nameSpan, `\`${snippet.name.slice(0, 60)}\` has no \`prefix\`, the word that people type to get it.`);
    if (possible && snippet.parsed.faults.length === 0) checkBody(context, { snippet, strict: scoped || (library && meant(snippet, places.flatMap(({ keys }) => [...keys]))), places }, report);
  }
}

/** Whether a body that fits nowhere seems to be meant for our documents: one of its top keys is ours, or nearly. */
function meant(snippet: Snippet, known: readonly string[]): boolean {
  const keys = [...snippet.body.matchAll(/^(?:- )?([A-Za-z][\w-]*):(?:\s|$)/gm)].map((match) => match[1] ?? '');
  return keys.length > 0 && keys.every((key) => key.length > 3) && keys.some((key) => known.some((one) => Math.abs(one.length - key.length) <= 1 && near(one, key)));
}

/** One letter more, less, other or swapped. */
function near(a: string, b: string): boolean {
  if (a === b) return true;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [x, y] = [a.slice(i), b.slice(i)];
  return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || (x.slice(2) === y.slice(2) && x[0] === y[1] && x[1] === y[0]);
}

/** The versions that `.countersign.yaml` asks for. */
function checkRanges(context: RuleContext): void {
  const document = context.facts.documents[0];
  if (!document) return;
  const entries = libraryEntriesOf(context.queries);
  if (entries.length === 0) return;
  const libraries = librariesOf(context.queries);
  for (const entry of entries) {
    const at = (key: string): { start: number; end: number } => document.places.value(`/libraries/${entry.index}/${key}`) ?? document.at;
    const report = (key: string, message: string): void => context.report({ code: invalidDoc.code, span: at(key), message });
    const here = libraries.filter((one) => one.entry?.index === entry.index);
    if (entry.range !== null && parseRange(entry.range) === null) report('version', `\`${entry.range.slice(0, 60)}\` is no range of versions. Write one such as \`^1.4.0\`, \`~1.4.0\`, \`1.x\` or \`>=1.4.0 <3.0.0\`.`);
    else for (const library of here) if (!library.accepted) report('version', `\`${library.name}\` is here in version ${library.version ?? 'unknown'}, which is not in the range \`${entry.range}\`, so its snippets are not offered. Install a version of the range, or change the range.`);
    if (entry.kind === 'package' && context.queries.settings.packages && entry.folder !== null && here.length === 0) context.report({ code: 'reference/unknown-file', span: at('package'), message: `No snippet library is found in the package \`${entry.name.slice(0, 80)}\`: it is not installed here, or holds no SnippetLibrary document. Install it (\`npm install\`), or correct the name.` });
    if (entry.kind === 'path' && entry.folder !== null && here.length === 0 && context.queries.exists(entry.folder.replace(/\/$/, ''))) report('path', `There is no SnippetLibrary document in \`${entry.name.slice(0, 80)}\`, so none of its snippets are offered. Add one that names the version and the files, e.g. \`library.snippets.yaml\`.`);
  }
}
