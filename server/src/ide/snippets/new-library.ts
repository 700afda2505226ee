// A new library, ready to be published: its document, a first snippet, package.json, a README with a table, and a test that checks it.
import { isHoisted, librariesOf, readSnippets, type Library } from '../../core/snippets';
import { isElsewhere, type Workspace } from '../../core/workspace';
import type { AdoptedFile } from '../adopt';

export type LibraryFileText = Pick<AdoptedFile, 'path' | 'text'>;

const FIRST = {
  'agent logging': { prefix: 'our-logging', scope: 'countersign-yaml', description: 'Logging the way we do it: where to, what, and for how long', body: ['logging:', '  sink: ${1:siem}', '  events: [input, tool_call, tool_result, decision, output]', '  redact: [${2:pii}]', '  retention: ${3|400d,800d|}'] },
};

/** `name`: that of the package, with or without a scope. `folder`: within the workspace, without a slash at its end; empty for the workspace itself. */
export function newLibrary(name: string, owner: string, folder: string): readonly LibraryFileText[] {
  const at = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  const first = `${JSON.stringify(FIRST, null, 2)}\n`;
  const snippets = readSnippets(first).snippets;
  return [
    { path: at('library.snippets.yaml'), text: `apiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata:\n  name: ${bareName(name)}\n  owner: ${owner}\nspec:\n  version: 1.0.0\n  snippets: ["./snippets/*.code-snippets"]\n` },
    { path: at('snippets/agents.code-snippets'), text: first },
    { path: at('package.json'), text: `${JSON.stringify({ name, version: '1.0.0', description: `Snippets for Countersign documents, kept by ${owner}`, files: ['library.snippets.yaml', 'snippets', 'README.md'], scripts: { test: 'node --test' }, keywords: ['countersign', 'snippets'] }, null, 2)}\n` },
    { path: at('test/library.test.cjs'), text: TEST },
    { path: at('README.md'), text: `# ${bareName(name)}\n\nSnippets for Countersign documents, kept by ${owner}.\n\nTo use them, install this package and name it in \`.countersign.yaml\`:\n\n\`\`\`yaml\nlibraries:\n  - { package: "${name}", version: ^1.0.0 }\n\`\`\`\n\nRaise \`version\` in \`library.snippets.yaml\` and in \`package.json\` with every change, look at it with \`npm test\` (\`UPDATE=1 npm test\` writes the table below), and publish it with \`npm publish\`.\n\n${tableOf(snippets)}` },
  ];
}

/** Of `@acme/letters` what stands behind the scope. */
export const bareName = (name: string): string => name.replace(/^@[^/]+\//, '');

const TEST = String.raw`// Needs Node alone; where the program countersign is (on the path, or named in COUNTERSIGN) it looks at all that the snippets insert.
// UPDATE=1 npm test   writes the table of the README anew.
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const { readFileSync, readdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const test = require('node:test');

const root = path.join(__dirname, '..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');
// comments and last commas, which the editor takes; not within strings
const plain = (text) => text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[^]*?\*\//g, (_, string) => string ?? '').replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string) => string ?? '');
const files = readdirSync(path.join(root, 'snippets')).filter((name) => name.endsWith('.code-snippets')).sort();
const snippets = files.flatMap((file) => Object.entries(JSON.parse(plain(read('snippets/' + file)))).map(([name, snippet]) => ({ file, name, ...snippet, prefixes: [snippet.prefix ?? []].flat() })));

test('every snippet has a prefix of its own, a description and a body', () => {
  const seen = new Map();
  for (const { file, name, prefixes, description, body } of snippets) {
    const where = file + ': ' + name;
    assert.ok(prefixes.length > 0 && description && body !== undefined, where + ' lacks its prefix, description or body');
    for (const prefix of prefixes) {
      assert.ok(!seen.has(prefix), where + ' has the prefix of ' + seen.get(prefix));
      seen.set(prefix, where);
    }
  }
});

test('the versions are the same', () => {
  const version = /^ {2}version: (.+)$/m.exec(read('library.snippets.yaml'))?.[1];
  assert.equal(version, JSON.parse(read('package.json')).version, 'raise version in library.snippets.yaml and in package.json');
});

test('the table of the README is that of the snippets', () => {
  const tick = String.fromCharCode(96);
  const cell = (text) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = snippets.map(({ name, prefixes, description }) => '| ' + tick + cell(prefixes.join(tick + ', ' + tick) || name) + tick + ' | ' + cell([description ?? ''].flat().join(' ')) + ' |\n');
  const [begin, end] = ['<!-- snippets: begin -->', '<!-- snippets: end -->'];
  const readme = read('README.md');
  const table = begin + '\n| prefix | what it inserts |\n| --- | --- |\n' + rows.join('') + end;
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  assert.ok(from >= 0 && to > from, 'the README has lost the marks of its table');
  const next = readme.slice(0, from) + table + readme.slice(to + end.length);
  if (process.env.UPDATE) writeFileSync(path.join(root, 'README.md'), next);
  else assert.equal(readme, next, 'UPDATE=1 npm test writes it');
});

test('what the snippets insert is sound', (t) => {
  const program = process.env.COUNTERSIGN ?? 'countersign';
  const [command, first] = /\.[cm]?js$/.test(program) ? [process.execPath, [program]] : [program, []];
  const { status, stdout, stderr, error } = spawnSync(command, [...first, 'snippets', 'check', '--workspace', root], { encoding: 'utf8', shell: process.platform === 'win32' && first.length === 0 });
  if (error && !process.env.COUNTERSIGN) return t.skip('the program countersign is not on the path, and COUNTERSIGN does not name it');
  assert.equal(status, 0, error ? String(error) : stdout + stderr);
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

/** The libraries that can be written to: those of the workspace itself, and those of other folders that are open beside it; none of a package. */
export const ownLibraries = (workspace: Workspace): readonly Library[] => librariesOf(workspace.ask()).filter(({ path }) => path !== null && (!isElsewhere(path) || (path.startsWith('../') && !isHoisted(path))));
