// esbuild plugin for the client's bundles: leaves out the parts of vscode-languageclient that no Countersign server ever asks for.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { usedNames, withoutUnused } from './slim-names.mjs';

/** Features that our server does not register; what is left is a feature that announces nothing and does nothing. */
const ABSENT = {
  'colorProvider.js': ['ColorProviderFeature'],
  'fileOperations.js': ['DidCreateFilesFeature', 'DidRenameFilesFeature', 'DidDeleteFilesFeature', 'WillCreateFilesFeature', 'WillRenameFilesFeature', 'WillDeleteFilesFeature'],
  'inlineCompletion.js': ['InlineCompletionItemFeature'],
  'inlineValue.js': ['InlineValueFeature'],
  'semanticTokens.js': ['SemanticTokensFeature'],
  'executeCommand.js': ['ExecuteCommandFeature'],
  'signatureHelp.js': ['SignatureHelpFeature'],
  'textDocumentContent.js': ['TextDocumentContentFeature'],
  'typeDefinition.js': ['TypeDefinitionFeature'],
  'typeHierarchy.js': ['TypeHierarchyFeature'],
};

/** The same of features that share a file with others. */
const PARTLY_ABSENT = {
  'textSynchronization.js': ['WillSaveFeature', 'WillSaveWaitUntilFeature'],
  'formatting.js': ['DocumentOnTypeFormattingFeature'],
};

const NOTHING = "class Absent { getState() { return { kind: 'static' }; } fillClientCapabilities() {} initialize() {} clear() {} }";

const absent = (names) => `
${NOTHING}
${names.map((name) => `exports.${name} = Absent;`).join('\n')}`;

/** Diagnostics ask the notebook feature for its events, so that one stays, without any. */
const NOTEBOOK = `
const { NotebookDocumentSyncRegistrationType } = require('vscode-languageserver-protocol');
const silent = () => ({ dispose() {} });
class NotebookDocumentSyncFeature {
  static CellScheme = 'vscode-notebook-cell';
  registrationType = NotebookDocumentSyncRegistrationType;
  onOpenNotificationSent = silent; onChangeNotificationSent = silent; onSaveNotificationSent = silent; onCloseNotificationSent = silent;
  getState() { return { kind: 'static' }; }
  fillClientCapabilities() {} preInitialize() {} initialize() {} register() {} unregister() {} clear() {}
  handles() { return false; }
  getProvider() { return undefined; }
}
exports.NotebookDocumentSyncFeature = NotebookDocumentSyncFeature;`;

/** Only asked for tabs that hold no document yet, when the client does not say itself whether one matches; ours does (`diagnosticPullOptions.match`). */
const GLOB = 'exports.matchGlobPattern = () => false;';

/** The editor compares its version with `engines.vscode` before it loads us: the library need not do so again. */
const SEMVER = { parse: 'module.exports = (version) => ({ version, prerelease: [] });', satisfies: 'module.exports = () => true;' };

/** Names of registrations, which only have to differ. */
const UUID = "exports.generateUuid = () => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));";

/** A text as it was at one moment: of the library that keeps texts under edit nothing else is asked for. */
const SNAPSHOT = `
class Snapshot {
  constructor(uri, languageId, version, text) { Object.assign(this, { uri, languageId, version, text }); }
  get starts() { return (this.known ??= [0, ...Array.from(this.text.matchAll(/\\r\\n|\\r|\\n/g), (eol) => eol.index + eol[0].length)]); }
  get lineCount() { return this.starts.length; }
  end(line) { return line + 1 < this.lineCount ? this.starts[line] + this.text.slice(this.starts[line], this.starts[line + 1]).replace(/[\\r\\n]+$/, '').length : this.text.length; }
  offsetAt({ line, character }) { return line < 0 ? 0 : line >= this.lineCount ? this.text.length : Math.min(this.starts[line] + Math.max(character, 0), this.end(line)); }
  positionAt(offset) {
    const line = Math.max(this.starts.findLastIndex((start) => start <= offset), 0);
    return { line, character: Math.max(Math.min(offset, this.end(line)) - this.starts[line], 0) };
  }
  getText(range) { return range ? this.text.substring(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text; }
  getLineRange(line) {
    const at = Math.max(0, Math.min(line, this.lineCount - 1));
    return { start: { line: at, character: 0 }, end: { line: at, character: line < 0 ? 0 : this.end(at) - this.starts[at] } };
  }
}
exports.TextDocument = { create: (...parts) => new Snapshot(...parts) };`;

/** Each compiled file brings its own copy of the compiler's helpers, and spells its exports out twice. */
const HELPERS = /^var __(createBinding|setModuleDefault|importStar|exportStar) = \(this && this\.__\1\) \|\| [\s\S]*?^(\}\)\(\);|\}\)\);|\}\);|\};)$\n/gm;
const FORWARD = /^exports(\.\w+ = exports)*\.\w+ = void 0;$/gm;
const REEXPORT = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return ([\w.]+); \} \}\);$/gm;
const EXPORT_STAR = `exports.exportStar = (from, to) => {
  for (const name of Object.keys(from)) if (name !== 'default' && !Object.hasOwn(to, name)) Object.defineProperty(to, name, { enumerable: true, get: () => from[name] });
};`;

const modules = path.resolve(import.meta.dirname, '../node_modules');
const LIBRARIES = ['vscode-languageclient/lib', 'vscode-languageserver-protocol/lib', 'vscode-jsonrpc/lib', 'vscode-languageserver-types/lib/esm'];
const SOURCES = ['src', '../server/src/protocol'];

const replaced = (file) => /languageclient[\\/]lib[\\/]common[\\/][^\\/]*$/.test(file) && (ABSENT[path.basename(file)] !== undefined || path.basename(file) === 'notebook.js');

function leaner(whole, used) {
  const text = withoutUnused(whole, used);
  // A file that forwards another one's exports needs its own names first, or theirs would stand in their way.
  const named = text.includes('__exportStar(require(') ? text : text.replace(FORWARD, '');
  const short = named
    .replace(HELPERS, '')
    .replace(/__importStar\((require\([^)]*\))\)/g, '$1')
    .replace(/__exportStar\((require\([^)]*\)), exports\)/g, "require('#export-star').exportStar($1, exports)")
    .replace(REEXPORT, "reexport('$1', () => $2);");
  return short.includes('reexport(') ? `const reexport = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });\n${short}` : short;
}

/** The compiler writes a class at the left margin. */
function withoutParts(text, names) {
  const left = names.reduce((rest, name) => rest.replace(new RegExp(`^class ${name} [^]*?^}`, 'm'), `class ${name} extends Absent {}`), text);
  return `${NOTHING}\n${left}`;
}

export const slim = {
  name: 'slim-client',
  setup(build) {
    const library = /[\\/]node_modules[\\/]vscode-(languageclient|languageserver-protocol|languageserver-types|jsonrpc)[\\/]lib[\\/].*\.js$/;
    const used = usedNames(LIBRARIES.map((folder) => path.join(modules, folder)), SOURCES.map((folder) => path.join(import.meta.dirname, folder)), NOTEBOOK, replaced);
    build.onResolve({ filter: /^semver\/functions\/(parse|satisfies)$/ }, ({ path: name }) => ({ path: path.basename(name), namespace: 'semver' }));
    build.onLoad({ filter: /.*/, namespace: 'semver' }, ({ path: name }) => ({ contents: SEMVER[name], loader: 'js' }));
    build.onResolve({ filter: /^vscode-languageserver-textdocument$/ }, () => ({ path: 'snapshot', namespace: 'snapshot' }));
    build.onLoad({ filter: /.*/, namespace: 'snapshot' }, () => ({ contents: SNAPSHOT, loader: 'js' }));
    build.onResolve({ filter: /^#export-star$/ }, () => ({ path: 'export-star', namespace: 'shared' }));
    build.onLoad({ filter: /.*/, namespace: 'shared' }, () => ({ contents: EXPORT_STAR, loader: 'js' }));
    build.onLoad({ filter: library }, async ({ path: file }) => {
      const name = path.basename(file);
      const feature = /languageclient[\\/]lib[\\/]common[\\/][^\\/]*$/.test(file);
      const resolveDir = path.dirname(file);
      if (feature && ABSENT[name]) return { contents: absent(ABSENT[name]), loader: 'js', resolveDir };
      if (name === 'uuid.js') return { contents: UUID, loader: 'js', resolveDir };
      if (name === 'globPattern.js') return { contents: GLOB, loader: 'js', resolveDir };
      if (feature && name === 'notebook.js') return { contents: NOTEBOOK, loader: 'js', resolveDir };
      const whole = await readFile(file, 'utf8');
      return { contents: leaner(feature && PARTLY_ABSENT[name] ? withoutParts(whole, PARTLY_ABSENT[name]) : whole, used), loader: 'js', resolveDir };
    });
  },
};

/** What the server's library adds to a connection, and ours never asks for. */
const UNASKED = {
  'callHierarchy.js': 'CallHierarchyFeature',
  'configuration.js': 'ConfigurationFeature',
  'diagnostic.js': 'DiagnosticFeature',
  'fileOperations.js': 'FileOperationsFeature',
  'foldingRange.js': 'FoldingRangeFeature',
  'inlayHint.js': 'InlayHintFeature',
  'linkedEditingRange.js': 'LinkedEditingRangeFeature',
  'showDocument.js': 'ShowDocumentFeature',
  'inlineCompletion.js': 'InlineCompletionFeature',
  'inlineValue.js': 'InlineValueFeature',
  'moniker.js': 'MonikerFeature',
  'notebook.js': 'NotebookSyncFeature',
  'semanticTokens.js': 'SemanticTokensFeature',
  'textDocumentContent.js': 'TextDocumentContentFeature',
  'typeHierarchy.js': 'TypeHierarchyFeature',
};

const SERVER_LIBRARIES = ['vscode-languageserver/lib', 'vscode-languageserver-protocol/lib', 'vscode-jsonrpc/lib', 'vscode-languageserver-types/lib/esm'];
const SERVER_SOURCES = ['lsp', 'node', 'browser', 'ide', 'protocol'].map((folder) => `../server/src/${folder}`);

/** The same for the server's bundles. */
export const slimServer = {
  name: 'slim-server',
  setup(build) {
    const library = /[\\/]node_modules[\\/]vscode-(languageserver|languageserver-protocol|languageserver-types|jsonrpc)[\\/]lib[\\/].*\.js$/;
    const unasked = (file) => (/vscode-languageserver[\\/]lib[\\/]common[\\/][^\\/]*$/.test(file) ? UNASKED[path.basename(file)] : undefined);
    const used = usedNames(SERVER_LIBRARIES.map((folder) => path.join(modules, folder)), SERVER_SOURCES.map((folder) => path.join(import.meta.dirname, folder)), '', (file) => unasked(file) !== undefined);
    build.onResolve({ filter: /^#export-star$/ }, () => ({ path: 'export-star', namespace: 'shared' }));
    build.onLoad({ filter: /.*/, namespace: 'shared' }, () => ({ contents: EXPORT_STAR, loader: 'js' }));
    build.onLoad({ filter: library }, async ({ path: file }) => {
      const resolveDir = path.dirname(file);
      const absentFeature = unasked(file);
      if (absentFeature) return { contents: `exports.${absentFeature} = (Base) => Base;`, loader: 'js', resolveDir };
      return { contents: leaner(await readFile(file, 'utf8'), used), loader: 'js', resolveDir };
    });
  },
};
