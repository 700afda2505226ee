// Bundles one program as a main file and parts that it loads, synchronously, when something of theirs is first asked for. Sources know nothing of this: where an import leads into a part,
// the main file gets a stand-in with the same names. Functions of a stand-in load the part; what is short data stands in it; long texts (`LATE`) are read from a table in the part `texts`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import { root } from './lib.mjs';

const requireHere = createRequire(import.meta.url);
const sources = path.join(root, 'server/src');

/** Fields that only people read, in documentation, hovers and completions. */
const LATE = new Set(['description', 'documentation', 'doc', 'bad', 'good', 'why', 'examples', 'text', 'earlier']);

/** The documentation of a code of ours, as it stands in its rule. */
const DOC = /^( +)doc: ('(?:[^'\\\n]|\\.)*'),$/gm;
const unquoted = (literal) => JSON.parse(`"${literal.slice(1, -1).replace(/\\'/g, "'").replace(/"/g, '\\"')}"`);
/** Gives the texts of a table: one, or as fields of an object, which are read when they are asked for. */
const tableModule = (table) => `let words;
export const __text = (at) => (words ??= __countersignPart('${table}').texts)[at];
const FIELDS = ${JSON.stringify([...LATE])};
export const __late = (object, ...pairs) => {
  for (let at = 0; at < pairs.length; at += 2) {
    const place = pairs[at + 1];
    Object.defineProperty(object, FIELDS[pairs[at]], { get: () => __text(place), enumerable: true, configurable: true });
  }
  return object;
};`;
const FIELDS = [...LATE];

const IMPORT = /^(import|export)\s+(?!type\b)(\*(?:\s+as\s+\w+)?|\w+|\{[^}]*\}|\w+\s*,\s*\{[^}]*\})\s+from\s+'([^']+)'/gm;

function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

/** The file that an import of ours means; a package stays its name. */
function target(importer, name) {
  if (!name.startsWith('.')) return name;
  const at = path.resolve(path.dirname(importer), name);
  for (const file of [`${at}.ts`, path.join(at, 'index.ts')]) if (existsSync(file)) return file;
  return at;
}

const short = (file) => (path.isAbsolute(file) ? path.relative(sources, file).split(path.sep).join('/') : file);

/** Which imports lead into a part from outside, and which names they take; null for all. */
function boundaries(partOf) {
  const found = new Map();
  for (const file of sourceFiles(sources)) {
    const inside = partOf(short(file));
    for (const [, , names, from] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const to = target(file, from);
      const part = partOf(short(to));
      if (!part || part === inside) continue;
      if (!found.has(to)) found.set(to, { part, names: new Set() });
      const entry = found.get(to);
      if (!names.startsWith('{')) entry.names = null;
      else if (entry.names) for (const name of names.slice(1, -1).split(',')) {
        const [own] = name.trim().split(/\s+as\s+/);
        if (own && !own.startsWith('type ')) entry.names.add(own);
      }
    }
  }
  for (const [file, { names }] of found) if (names?.size === 0) found.delete(file);
  return found;
}

/** The modules as they are when they run: what kind of thing each name is. */
async function evaluate(files) {
  const contents = files.map((file, at) => `export * as m${at} from ${JSON.stringify(file)};`).join('\n');
  const { outputFiles } = await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, bundle: true, write: false, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], define: { 'import.meta.url': '""' }, logLevel: 'silent' });
  const module = { exports: {} };
  runInThisContext(`(module, exports, require) => {${outputFiles[0].text}\n}`)(module, module.exports, requireHere);
  return new Map(files.map((file, at) => [file, module.exports[`m${at}`]]));
}

/** A stand-in's text. `late(value)` gives the place of a long text in its table, `whole` the one of the real module. */
function standIn(module, names, whole, late) {
  const shared = new Map();
  const hoisted = [];
  const count = new Map();
  const survey = (value) => {
    if (!value || typeof value !== 'object' || value instanceof RegExp) return;
    count.set(value, (count.get(value) ?? 0) + 1);
    if (count.get(value) === 1) Object.values(value).forEach(survey);
  };
  const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : JSON.stringify(name));
  const at = (where, name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `${where}.${name}` : `${where}[${JSON.stringify(name)}]`);
  const isPlain = (value) => [Object.prototype, null].includes(Object.getPrototypeOf(value));
  const isText = (value) => typeof value === 'string' || (Array.isArray(value) ? value.every(isText) : value && typeof value === 'object' ? isPlain(value) && Object.values(value).every(isText) : ['number', 'boolean'].includes(typeof value) || value === null);
  /** `where`: the value in the real module; null gives what cannot stand here. */
  const expression = (value, where) => {
    if (value === undefined) return 'undefined';
    if (value === null || ['number', 'boolean', 'string'].includes(typeof value)) return JSON.stringify(value);
    if (value instanceof RegExp) return String(value);
    if (value instanceof Set || value instanceof Map) return isText([...value]) ? `new ${value instanceof Set ? 'Set' : 'Map'}(${JSON.stringify([...value])})` : null;
    if (typeof value !== 'object') return null;
    if (shared.has(value)) return shared.get(value);
    const text = Array.isArray(value) ? list(value, where) : isPlain(value) ? object(value, where) : null;
    if (text === null || count.get(value) === 1) return text;
    const name = `s${shared.size}`;
    shared.set(value, name);
    hoisted.push(`const ${name} = ${text};`);
    return name;
  };
  const list = (value, where) => {
    const items = value.map((item, index) => expression(item, `${where}[${index}]`));
    return items.includes(null) ? null : `[${items.join(', ')}]`;
  };
  const object = (value, where) => {
    // a name of the documents only happens to be a word of `LATE`
    const isLate = ([name, inner]) => !where.endsWith('.properties') && LATE.has(name) && isText(inner) && JSON.stringify(inner).length > 40;
    const entries = Object.entries(value);
    const lateOnes = entries.filter(isLate).flatMap(([name, inner]) => [FIELDS.indexOf(name), late(inner)]);
    const own = `{ ${entries.filter((entry) => !isLate(entry)).map(([name, inner]) => member(name, inner, where)).join(', ')} }`;
    return lateOnes.length > 0 ? `__late(${own}, ${lateOnes.join(', ')})` : own;
  };
  const member = (name, inner, where) => {
    if (typeof inner === 'function') return `${key(name)}: (...given) => ${at(where, name)}(...given)`;
    const text = expression(inner, at(where, name));
    return text === null ? `get ${key(name)}() { return ${at(where, name)}; }` : `${key(name)}: ${text}`;
  };
  const wanted = (names ? [...names] : Object.keys(module)).filter((name) => name in module);
  for (const name of wanted) survey(module[name]);
  const lines = wanted.map((name) => {
    const value = module[name];
    const where = at(whole, name);
    if (typeof value === 'function') {
      const isClass = /^class\b/.test(Function.prototype.toString.call(value));
      if (!isClass) return `export const ${name} = (...given) => ${where}(...given);`;
      const statics = Object.getOwnPropertyNames(value).filter((one) => !['length', 'name', 'prototype'].includes(one));
      return `export const ${name} = { ${statics.map((one) => member(one, value[one], where)).join(', ')} };`;
    }
    const text = expression(value, where);
    if (text === null) throw new Error(`${name} is neither a function nor plain data, so that it cannot stand for itself outside its part`);
    return `export const ${name} = ${text};`;
  });
  return [...hoisted, ...lines].join('\n');
}

/** Finds the boundaries of the parts and makes the esbuild plugin of them. `partOf`: the part of a file (`core/yaml/compose.ts`) or package, or null. */
export async function partsPlugin(partOf) {
  const found = boundaries(partOf);
  const modules = await evaluate([...found.keys()]);
  const tables = new Map();
  /** Texts of the schemas take part in some findings; those of the codes are documentation. */
  const tableOf = (file) => (file.includes('schemas') ? 'schema-texts' : 'texts');
  /** tables that are part of a bundle already: a text that comes later would be missing there */
  const made = new Set();
  const late = (table) => (value) => {
    if (!tables.has(table)) tables.set(table, new Map());
    const places = tables.get(table);
    const text = JSON.stringify(value);
    if (!places.has(text)) {
      if (made.has(table)) throw new Error(`The table \`${table}\` was made before this text of it was read: ${text.slice(0, 80)}`);
      places.set(text, places.size);
    }
    return places.get(text);
  };
  const parts = new Map();
  const standIns = new Map();
  for (const [file, { part, names }] of found) {
    const members = parts.get(part) ?? [];
    parts.set(part, members);
    const own = names ? [...names].filter((name) => name in modules.get(file)) : Object.keys(modules.get(file));
    const name = `m${members.length}`;
    const text = standIn(modules.get(file), names, `part().${name}`, late(tableOf(file)));
    if (text.includes('part()')) members.push(`import { ${own.map((one) => `${one} as ${name}_${one}`).join(', ')} } from ${JSON.stringify(file)};\nexport const ${name} = { ${own.map((one) => `${one}: ${name}_${one}`).join(', ')} };`);
    standIns.set(file, `let own;\nconst part = () => own ??= __countersignPart(${JSON.stringify(part)});\nimport { __late, __text } from 'late:${tableOf(file)}';\n${text}`);
  }
  for (const [part, members] of parts) if (members.length === 0) parts.delete(part);
  // known before anything is bundled: the table may be asked for before the last file that has a text in it is read
  const readDocs = () => {
    made.clear();
    for (const file of sourceFiles(path.join(sources, 'core/lint'))) for (const [, , literal] of readFileSync(file, 'utf8').matchAll(DOC)) late('texts')(unquoted(literal));
  };
  readDocs();
  for (const table of tables.keys()) parts.set(table, null);
  const textsModule = (table) => {
    made.add(table);
    return `export const texts = [${[...tables.get(table).keys()].join(',\n')}];`;
  };
  const plugin = {
    name: 'parts',
    setup(build) {
      build.onStart(readDocs);
      build.onResolve({ filter: /^late:/ }, ({ path: name }) => ({ path: name.slice(5), namespace: 'late' }));
      build.onLoad({ filter: /.*/, namespace: 'late' }, ({ path: table }) => ({ contents: tableModule(table), loader: 'js' }));
      build.onResolve({ filter: /^part:/ }, ({ path: name }) => ({ path: name.slice(5), namespace: 'part' }));
      build.onLoad({ filter: /.*/, namespace: 'part' }, ({ path: name }) => ({ contents: parts.get(name)?.join('\n') ?? textsModule(name), loader: 'ts', resolveDir: root }));
      build.onResolve({ filter: /^[^/]/ }, ({ path: name, importer, namespace }) => {
        if (namespace !== 'file' || !importer.startsWith(sources)) return undefined;
        const to = target(importer, name);
        const boundary = found.get(to);
        if (!boundary || boundary.part === partOf(short(importer))) return undefined;
        return { path: to, namespace: 'stand-in', sideEffects: false };
      });
      build.onLoad({ filter: /[\\/]core[\\/]lint[\\/].*\.ts$/ }, ({ path: file }) => {
        const text = readFileSync(file, 'utf8');
        return DOC.test(text) ? { contents: `import { __text } from 'late:texts';\n${text.replace(DOC, (_, indent, literal) => `${indent}get doc() { return __text(${late('texts')(unquoted(literal))}); },`)}`, loader: 'ts' } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path: file }) => ({ contents: standIns.get(file), loader: 'ts', resolveDir: root }));
    },
  };
  return { plugin, entries: Object.fromEntries([...parts.keys()].map((name) => [name, `part:${name}`])) };
}

/** esbuild options for a main file `out` with its parts in a folder of its name beside it. `host`: `node` or `browser`. */
export function inParts(entry, out, host, { plugin, entries }, options) {
  const main = path.basename(out, '.js');
  const linking = {
    name: 'link',
    setup(build) {
      build.onEnd(async (result) => {
        if (result.errors.length > 0) return;
        const files = await link(result, main, host, options.minify, path.dirname(out));
        const folder = path.join(path.dirname(out), main);
        mkdirSync(folder, { recursive: true });
        // the main file last: until then it finds the parts that it was made with, or says that they are others
        for (const [file, text] of files.reverse()) writeFileSync(path.join(path.dirname(out), file), text);
        const now = new Set(files.map(([file]) => path.basename(file)));
        for (const name of readdirSync(folder)) if (!now.has(name)) rmSync(path.join(folder, name), { force: true });
      });
    },
  };
  return {
    ...options,
    entryPoints: { [main]: entry, ...entries },
    outdir: path.dirname(out),
    format: 'esm',
    splitting: true,
    chunkNames: 'shared-[hash]',
    write: false,
    sourcemap: options.minify ? false : 'inline',
    plugins: [plugin, ...options.plugins, linking],
  };
}

/** Turns what the bundler made, modules that share chunks, into the main file and those beside it: [file, text] each, with their source maps. */
async function link({ outputFiles, metafile }, main, host, minify, folder) {
  const texts = new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
  const outputs = new Map(Object.entries(metafile.outputs).map(([file, output]) => [path.basename(file), output]));
  const atStart = new Set();
  const need = (name) => {
    if (atStart.has(name)) return;
    atStart.add(name);
    for (const { path: file, kind, external } of outputs.get(name).imports) if (!external && kind === 'import-statement') need(path.basename(file));
  };
  need(`${main}.js`);
  const id = createHash('sha256').update([...texts.values()].join('\0')).digest('hex').slice(0, 16);
  const shared = [...atStart].filter((name) => name !== `${main}.js`);
  // what the parts take from the main file is known before anything of it runs
  const modules = new Map(texts).set('known.js', `${shared.map((name, at) => `import * as c${at} from './${name}';`).join('\n')}\n${shared.map((name, at) => `__countersignDone[${JSON.stringify(name)}] = { exports: c${at} };`).join('\n')}`);
  modules.set('start.js', `import './known.js';\nimport './${main}.js';`);
  const bundle = async (entry, file, inside, banner, footer) => {
    const { outputFiles: made } = await build({
      entryPoints: [entry],
      outfile: path.join(folder, file),
      bundle: true,
      write: false,
      minify,
      sourcemap: minify ? false : 'linked',
      format: 'cjs',
      platform: host === 'node' ? 'node' : 'browser',
      target: host === 'node' ? 'node20' : 'es2022',
      banner: { js: banner },
      footer: { js: footer },
      logLevel: 'error',
      plugins: [{
        name: 'chunks',
        setup(chunks) {
          chunks.onResolve({ filter: /^(\.\/)?[^/:]+\.js$/ }, ({ path: name, kind }) => {
            const own = name.replace('./', '');
            return kind === 'entry-point' || inside(own) ? { path: path.join(folder, own), namespace: 'chunk' } : { path: name, external: true };
          });
          chunks.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path: name }) => ({ contents: modules.get(path.basename(name)), loader: 'js', resolveDir: folder }));
        },
      }],
    });
    return made.map((one) => [path.relative(folder, one.path), one.text]);
  };
  // a part may hold the stand-in of another part, or need its texts
  const inner = "const __countersignPart = (name) => require('./' + name + '.js');";
  const [open, close] = host === 'node' ? [`exports.id = '${id}';\nexports.chunk = (require, module, exports) => {\n${inner}`, '};'] : [`self.countersignPart = { id: '${id}', chunk: (require, module, exports) => {\n${inner}`, '} };'];
  const others = [...texts.keys()].filter((name) => !atStart.has(name));
  const files = await Promise.all([bundle('start.js', `${main}.js`, () => true, runtime(main, host, id), '})();'), ...others.map((name) => bundle(name, `${main}/${name}`, () => false, open, close))]);
  return files.flat();
}

/** What stands before the main file: the loader. A part that is missing, or of another build, is said and not passed over. */
function runtime(main, host, id) {
  const fetch = host === 'node'
    ? `const __countersignFetch = (name) => require('./${main}/' + name);
const __countersignOutside = require;`
    : `const __countersignFetch = (name) => {
  self.countersignPart = undefined;
  importScripts((self.countersignBase ?? new URL('.', self.location.href).href) + '${main}/' + name);
  return self.countersignPart;
};
const __countersignOutside = (name) => { throw new Error('there is no ' + name); };`;
  return `(() => {
${fetch}
const __countersignDone = {};
const __countersignLoad = (file) => {
  const name = file.replace('./', '');
  if (Object.hasOwn(__countersignDone, name)) return __countersignDone[name].exports;
  if (file === name) return __countersignOutside(name);
  let part;
  try {
    part = __countersignFetch(name);
  } catch (error) {
    throw new Error('Countersign could not load its file \`${main}/' + name + '\`. Install Countersign again. (' + error.message + ')');
  }
  if (part?.id !== '${id}') throw new Error('Countersign was replaced by another version while it ran. Start it again.');
  const module = (__countersignDone[name] = { exports: {} });
  part.chunk(__countersignLoad, module, module.exports);
  return module.exports;
};
const __countersignPart = (name) => __countersignLoad('./' + name + '.js');`;
}
