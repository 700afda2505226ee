// Documentation of the `snippet/...` codes.
import type { CodeDoc } from '../../rule';

const library = (version = '1.4.0'): string => `#- library/acme.snippets.yaml\napiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: acme }\nspec: { version: ${version}, snippets: ["./*.code-snippets"] }\n`;
const file = (text: string): string => `#- library/blocks.code-snippets\n${text}\n`;
const snippet = (name: string, prefix: string, body: readonly string[]): string => JSON.stringify({ [name]: { prefix, description: 'Where the agent runs', body } });
const config = '#- .countersign.yaml\nlibraries: [{ path: library, version: ^1.0.0 }]\n';
const lock = (hash: string): string => `#- .countersign/snippets.lock\n${JSON.stringify({ lockVersion: 1, libraries: [{ name: 'acme', from: 'path:library', version: '1.4.0', hash, snippets: {} }] })}\n`;

const HOSTING = snippet('hosting', 'hosting', ['hosting:', '  - environment: ${1:production}']);

export const invalidDoc: CodeDoc = {
  code: 'snippet/invalid',
  severity: 'warning',
  title: 'A snippet that would insert something wrong',
  doc: 'A snippet is checked where it is written, so that nobody finds out by using it: its syntax (placeholders, choices, variables, escapes), and what it inserts when every tab stop keeps its default, against the shape of the language, the names that the workspace declares, and the Standards of the team. Each choice is tried. What a placeholder holds is an example to type over, so names in it are not looked up.\n\nChecked are the files of a SnippetLibrary, snippets whose `scope` names a language of Countersign, and bodies that hold whole documents. A library whose version is not in the range that `.countersign.yaml` asks for is reported there.\n\nThe finding stands inside the JSON text at the words that are wrong; mend them there.',
  bad: library() + file(snippet('stage', 'stage', ['lifecycle: prodution'])),
  good: library() + file(snippet('stage', 'stage', ['lifecycle: ${1|draft,pilot,production|}'])),
};

export const duplicateDoc: CodeDoc = {
  code: 'snippet/duplicate-prefix',
  severity: 'warning',
  title: 'One prefix for two snippets of a library',
  doc: 'Two snippets of one library begin with the same typed word, so a list of completions shows the same word twice and nobody can say which is meant. Rename one. (The same prefix in two libraries is no fault: both are offered, each with its library.)',
  bad: library() + file(`{\n  "hosting": { "prefix": "hosting", "description": "Where the agent runs", "body": ["hosting:", "  - environment: production"] },\n  "hosting twice": { "prefix": "hosting", "description": "Where else the agent runs", "body": ["hosting:", "  - environment: staging"] }\n}`),
  good: library() + file(HOSTING),
};

/** of the file of the example */
const HASH = 'sha256:9e8d0b1a';

export const hashDoc: CodeDoc = {
  code: 'snippet/hash-changed',
  severity: 'warning',
  title: 'A library whose content changed and whose version did not',
  doc: 'The lock `.countersign/snippets.lock` records version and content of each library. Here the content is another and the version still the same, so what people insert is no longer what was looked at. See what changed with `countersign snippets update --dry-run`. If the change is meant, its owner raises `version` in the SnippetLibrary, and `countersign snippets update` records it.',
  bad: library() + file(HOSTING) + config + lock(HASH),
  good: library() + file(HOSTING) + config,
};
