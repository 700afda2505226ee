// Snippets whose syntax is wrong, or that would insert something wrong; and libraries that do not fit the range that is asked for.
import { CONFIG_FILE } from '../../../documents';
import { LOCK_FILE, fragmentPlaces, libraryEntriesOf, libraryOfFile, librariesOf, parseRange, readLock, readSnippets, type Library, type LibraryEntry, type Snippet } from '../../../snippets';
import type { Span } from '../../../text';
import { extendedConfig, isElsewhere, type DocumentFacts } from '../../../workspace';
import type { Rule, RuleContext } from '../../rule';
import { list, table } from '../values';
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

/** The libraries that the configurations name, and the versions that they ask for. What a configuration that is extended names is told where that is named. */
function checkRanges(context: RuleContext): void {
  const { queries } = context;
  const document = context.facts.documents[0];
  if (!document) return;
  const entries = libraryEntriesOf(queries);
  if (entries.length === 0) return;
  const libraries = librariesOf(queries);
  const { packages } = queries.libraries;
  const lock = queries.text(LOCK_FILE);
  if (lock !== null && readLock(lock) === null) context.report({ code: invalidDoc.code, span: document.places.key('/libraries') ?? document.places.key('/extends') ?? document.at, message: `\`${LOCK_FILE}\` cannot be read, so nobody notices a library that changes. Restore it (a merge may have left its marks there), or record the libraries anew: \`countersign snippets update\`.` });
  for (const entry of entries) {
    const own = entry.config === CONFIG_FILE;
    const report = (key: string, message: string, code = invalidDoc.code): void => {
      const span = own ? (document.places.value(`/libraries/${entry.index}/${key}`) ?? document.at) : extendedAt(document, entry.config, packages);
      context.report({ code, span, message: own ? message : `${message} (\`${entry.config.slice(0, 100)}\`, which is extended here, names it.)` });
    };
    const name = entry.name.slice(0, 80);
    const here = libraries.filter((one) => one.entry?.rank === entry.rank);
    if (entry.range !== null && parseRange(entry.range) === null) report('version', `\`${entry.range.slice(0, 60)}\` is no range of versions. Write one such as \`^1.4.0\`, \`~1.4.0\`, \`1.x\` or \`>=1.4.0 <3.0.0\`.`);
    else for (const library of here) if (!library.accepted) report('version', notInRange(library, entry));
    if (here.length > 0) continue;
    if (!packages && (entry.folder === null || isElsewhere(entry.folder))) continue;
    if (entry.folder === null) {
      // a path of the workspace's own settings that leads outside is told as such
      if (!own || entry.kind === 'package') report(entry.kind, `\`${name}\` is no ${entry.kind === 'path' ? 'folder that this configuration may name' : 'name of a package'}, so no library is taken from it.`);
    } else if (entry.kind === 'package') report('package', `No snippet library is found in the package \`${name}\`: it is not installed in \`node_modules\` here or further up to the root of the repository (a workspace that is opened in a browser has its packages only where it holds them), or it holds no SnippetLibrary document. Install it (\`npm install\`), or correct the name.`, 'reference/unknown-file');
    else if (queries.exists(entry.folder.replace(/\/$/, '')) || entry.folder === '') report('path', `There is no SnippetLibrary document in \`${name}\`, so none of its snippets are offered. Add one that names the version and the files, e.g. \`library.snippets.yaml\`.`);
    else if (!own) report('path', `There is no folder \`${name}\` here, so its snippets are not offered.`, 'reference/unknown-file');
  }
}

const notInRange = (library: Library, entry: LibraryEntry): string =>
  `\`${library.name}\` is here in version ${library.version ?? 'unknown'}, which is not in the range \`${entry.range?.slice(0, 60)}\`, so its snippets are not offered. Install a version of the range, or change the range.`;

/** Where the configuration of a workspace names another that it extends; of one that is extended further away the whole list. */
function extendedAt(document: DocumentFacts, config: string, packages: boolean): Span {
  const written = table(document.value).extends;
  const index = list(written).findIndex((one) => typeof one === 'string' && extendedConfig(CONFIG_FILE, one, packages) === config);
  return (index >= 0 ? document.places.value(`/extends/${index}`) : null) ?? document.places.key('/extends') ?? document.at;
}
