// A new library, ready to be published: its document, a first snippet, package.json, a README with a table, and a test that checks it.
import { librariesOf, readSnippets, type Library } from '../../core/snippets';
import { isElsewhere, type Workspace } from '../../core/workspace';
import type { AdoptedFile } from '../adopt';

export type LibraryFileText = Pick<AdoptedFile, 'path' | 'text'>;

const FIRST = {
  'agent logging': { prefix: 'our-logging', scope: 'countersign-yaml', description: 'Logging the way we do it: where to, what, and for how long', body: ['logging:', '  sink: ${1:siem}', '  events: [input, tool_call, tool_result, decision, output]', '  redact: [${2:pii}]', '  retention: ${3|400d,800d|}'] },
};

/** `folder`: within the workspace, without a slash at its end; empty for the workspace itself. */
export function newLibrary(name: string, owner: string, folder: string): readonly LibraryFileText[] {
  const at = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  const first = `${JSON.stringify(FIRST, null, 2)}\n`;
  const snippets = readSnippets(first).snippets;
  return [
    { path: at('library.snippets.yaml'), text: `apiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata:\n  name: ${name}\n  owner: ${owner}\nspec:\n  version: 1.0.0\n  snippets: ["./snippets/*.code-snippets"]\n` },
    { path: at('snippets/agents.code-snippets'), text: first },
    { path: at('package.json'), text: `${JSON.stringify({ name, version: '1.0.0', description: `Snippets for Countersign documents, kept by ${owner}`, files: ['library.snippets.yaml', 'snippets', 'README.md'], scripts: { test: 'node --test test/' }, keywords: ['countersign', 'snippets'] }, null, 2)}\n` },
    { path: at('test/library.test.cjs'), text: TEST },
    { path: at('README.md'), text: `# ${name}\n\nSnippets for Countersign documents, kept by ${owner}.\n\nTo use them, install this package and name it in \`.countersign.yaml\`:\n\n\`\`\`yaml\nlibraries:\n  - { package: "${name}", version: ^1.0.0 }\n\`\`\`\n\nRaise \`version\` in \`library.snippets.yaml\` and in \`package.json\` with every change.\n\n${tableOf(snippets)}` },
  ];
}

const TEST = `// Every snippet is sound, and both versions are the same. Needs the program \`countersign\`, installed here or on the path.
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const test = require('node:test');

const program = process.env.COUNTERSIGN ?? 'countersign';

test('the snippets are sound', () => {
  const { status, stdout, stderr, error } = spawnSync(program, ['snippets', 'check', '--workspace', '.'], { encoding: 'utf8', shell: process.platform === 'win32' });
  assert.equal(error, undefined, 'the program countersign is not there: put it on the path, or name it in COUNTERSIGN');
  assert.equal(status, 0, stdout + stderr);
});

test('the versions are the same', () => {
  const version = /^ {2}version: (.+)$/m.exec(readFileSync('library.snippets.yaml', 'utf8'))?.[1];
  assert.equal(version, JSON.parse(readFileSync('package.json', 'utf8')).version);
});
`;

const BEGIN = '<!-- snippets: begin -->';
const END = '<!-- snippets: end -->';

/** The snippets of a library as a table of Markdown, between two marks. */
export function tableOf(snippets: readonly { readonly name: string; readonly prefixes: readonly { readonly text: string }[]; readonly description: string | null }[]): string {
  const cell = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = snippets.map(({ name, prefixes, description }) => `| \`${cell(prefixes.map(({ text }) => text).join('`, `') || name)}\` | ${cell(description ?? '')} |`);
  return `${BEGIN}\n| prefix | what it inserts |\n| --- | --- |\n${rows.join('\n')}\n${END}\n`;
}

/** A README with the snippets of files in its table; null where it has no marks. */
export function withTable(readme: string, files: readonly { readonly text: string }[]): string | null {
  const [start, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (start < 0 || end < start) return null;
  return `${readme.slice(0, start)}${tableOf(files.flatMap(({ text }) => readSnippets(text).snippets)).trimEnd()}${readme.slice(end + END.length)}`;
}

/** The libraries of the workspace itself that can be written to. */
export const ownLibraries = (workspace: Workspace): readonly Library[] => librariesOf(workspace.ask()).filter(({ path }) => path !== null && !isElsewhere(path));
