// Bundles one program as a main file and parts that it loads, synchronously, when something of theirs is first asked for. Sources know nothing of this: where an import leads into a part,
// the main file gets a stand-in with the same names. Functions of a stand-in load the part; what is short data stands in it; long texts (`LATE`) are read from a table in the part `texts`.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { root } from './lib.mjs';

const requireHere = createRequire(import.meta.url);
const sources = path.join(root, 'server/src');

/** Fields that only people read, in documentation, hovers and completions. */
const LATE = new Set(['description', 'documentation', 'doc', 'bad', 'good', 'why', 'examples', 'text', 'earlier']);

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
  new Function('module', 'exports', 'require', outputFiles[0].text)(module, module.exports, requireHere);
  return new Map(files.map((file, at) => [file, module.exports[`m${at}`]]));
}

/** A stand-in's text. `late(value)` gives the expression of a long text, `whole` the one of the real module. */
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
  const object = (value, where) => `{ ${Object.entries(value).map(([name, inner]) => member(name, inner, where)).join(', ')} }`;
  const member = (name, inner, where) => {
    if (typeof inner === 'function') return `${key(name)}: (...given) => ${at(where, name)}(...given)`;
    if (LATE.has(name) && isText(inner) && JSON.stringify(inner).length > 40) return `get ${key(name)}() { return ${late(inner)}; }`;
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
  const late = (table) => (value) => {
    if (!tables.has(table)) tables.set(table, new Map());
    const places = tables.get(table);
    const text = JSON.stringify(value);
    if (!places.has(text)) places.set(text, places.size);
    return `t(${places.get(text)})`;
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
    standIns.set(file, `let own, words;\nconst part = () => own ??= __countersignPart(${JSON.stringify(part)});\nconst t = (at) => (words ??= __countersignPart('${tableOf(file)}').texts)[at];\n${text}`);
  }
  for (const [part, members] of parts) if (members.length === 0) parts.delete(part);
  for (const table of tables.keys()) parts.set(table, null);
  const textsModule = (table) => `export const texts = [${[...tables.get(table).keys()].join(',\n')}];`;
  const plugin = {
    name: 'parts',
    setup(build) {
      build.onResolve({ filter: /^part:/ }, ({ path: name }) => ({ path: name.slice(5), namespace: 'part' }));
      build.onLoad({ filter: /.*/, namespace: 'part' }, ({ path: name }) => ({ contents: parts.get(name)?.join('\n') ?? textsModule(name), loader: 'ts', resolveDir: root }));
      build.onResolve({ filter: /^[^/]/ }, ({ path: name, importer, namespace }) => {
        if (namespace !== 'file' || !importer.startsWith(sources)) return undefined;
        const to = target(importer, name);
        const boundary = found.get(to);
        if (!boundary || boundary.part === partOf(short(importer))) return undefined;
        return { path: to, namespace: 'stand-in', sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path: file }) => ({ contents: standIns.get(file), loader: 'ts', resolveDir: root }));
    },
  };
  return { plugin, entries: Object.fromEntries([...parts.keys()].map((name) => [name, `part:${name}`])) };
}

/** Turns what the bundler made (modules that share chunks) into a main file and files beside it in `folder`: [file, text] each. */
export async function link({ outputFiles, metafile }, { main, folder, id, minify, banner = '', format }) {
  const texts = new Map(outputFiles.filter((file) => file.path.endsWith('.js')).map((file) => [path.basename(file.path), file.text]));
  const outputs = new Map(Object.entries(metafile.outputs).map(([file, output]) => [path.basename(file), output]));
  const needs = (name, all = new Set()) => {
    if (all.has(name)) return all;
    all.add(name);
    for (const { path: file, kind, external } of outputs.get(name).imports) if (!external && kind === 'import-statement') needs(path.basename(file), all);
    return all;
  };
  const start = needs(`${main}.js`);
  const chunk = async (name) => {
    const { code } = await transform(texts.get(name), { format: 'cjs', minify, target: 'es2022', define: {} });
    return `${JSON.stringify(name)}:(require,module,exports)=>{${code}}`;
  };
  const files = [];
  const own = [];
  for (const name of texts.keys()) {
    if (start.has(name)) own.push(await chunk(name));
    else files.push([`${folder}/${name}`, format === 'node' ? `exports.id=${JSON.stringify(id)};exports.chunks={${await chunk(name)}};` : `self.countersignPart={id:${JSON.stringify(id)},chunks:{${await chunk(name)}}};`]);
  }
  const fetch = format === 'node'
    ? `const fetchPart=(name)=>require('./${folder}/'+name);`
    : `const fetchPart=(name)=>{self.countersignPart=undefined;importScripts((self.countersignBase||new URL('.',self.location.href).href)+'${folder}/'+name);return self.countersignPart;};`;
  const outside = format === 'node' ? 'require' : 'undefined';
  const runtime = `${fetch}
const chunks={${own.join(',\n')}};
const done={},inward=${outside};
const load=(file)=>{const name=file.replace(/^\\.\\//,'');if(Object.hasOwn(done,name))return done[name].exports;
if(!Object.hasOwn(chunks,name)){if(!file.startsWith('./'))return inward(file);let part;try{part=fetchPart(name);}catch(error){throw new Error('Countersign could not load its file \`${folder}/'+name+'\`. Install Countersign again. ('+error.message+')');}
if(!part||part.id!==${JSON.stringify(id)})throw new Error('Countersign was replaced by another version while it ran. Start it again.');Object.assign(chunks,part.chunks);}
const module=done[name]={exports:{}};chunks[name](load,module,module.exports);return module.exports;};
const __countersignPart=(name)=>load('./'+name+'.js');
load('./${main}.js');`;
  const { code } = await transform(format === 'node' ? runtime : `(()=>{${runtime}})();`, { minify, target: 'es2022' });
  return [[`${main}.js`, banner + code], ...files];
}
