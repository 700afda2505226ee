// Which names of the library and its protocol are ever used, and texts without the others: a bundler cannot tell, since the library is CommonJS.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A declaration at the left margin, as the compiler writes a namespace, an enum or a class of its own. */
const NAMESPACE = /^(?:export )?var (\w+);\n\(function \(\1\) \{\n[\s\S]*?^\}\)\(\1 \|\| \((?:exports\.\1 = )?\1 = \{\}\)\);$/gm;
const CLASS = /^(?:export )?class (\w+)\b[^\n]*\{\n[\s\S]*?^\}$/gm;
const COMMENT = /^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/.*)$/gm;
/** Says that a name is handed on, not that anybody wants it. */
const HANDED_ON = /^(?:exports(?:\.\w+ = exports)*\.\w+ = void 0;|exports\.(\w+) = \1;|Object\.defineProperty\(exports, "(\w+)".*)$/gm;
/** Written for a tool that makes the protocol's own documentation; nothing reads it. */
const DIRECTION = /^ +\w+\.messageDirection = .*\n/gm;
/** One function of the two converters, and the line that hands it out. */
const CONVERSION = /^ {4}(?:async )?function (as\w+)\([^\n]*\{\n[\s\S]*?^ {4}\}$/gm;
const CONVERSION_GIVEN = /^ {8}(as\w+),?\n/gm;
/** A question or a maker of a namespace of the types, and a mention of one. */
const TYPE_HELPER = /^ {4}function (is|create)\([^\n]*\{\n[\s\S]*?^ {4}\}\n {4}(\w+\.\1) = \1;$/gm;
const HELPER_NAME = /\b\w+\.(?:is|create)\b(?! = )/g;
const WORD = /[A-Za-z_$][\w$]*/g;

function* filesIn(folder, ends) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* filesIn(path.join(folder, entry.name), ends);
    else if (entry.name.endsWith(ends)) yield path.join(folder, entry.name);
  }
}

/**
 * All words that the `.ts` files of `folders` and the text `more` use, and those that one comes to from them through the declarations of `libraries`:
 * rather too many than too few. `replaced` says which files are not bundled.
 */
export function usedNames(libraries, folders, more, replaced) {
  const used = new Set();
  const declared = new Map();
  const pending = [];
  const use = (text) => {
    for (const [word] of text.matchAll(WORD)) {
      if (used.has(word)) continue;
      used.add(word);
      pending.push(word);
    }
  };
  use(more);
  for (const folder of folders) {
    for (const file of filesIn(folder, '.ts')) {
      const text = readFileSync(file, 'utf8');
      for (const [name] of text.matchAll(HELPER_NAME)) used.add(name);
      use(text);
    }
  }
  for (const folder of libraries) {
    for (const file of filesIn(folder, '.js')) {
      if (replaced(file)) continue;
      const collect = (whole, name) => {
        declared.set(name, [...(declared.get(name) ?? []), whole.replace(new RegExp(`\\b${name}\\b`, 'g'), '')]);
        return '';
      };
      const text = readFileSync(file, 'utf8').replace(COMMENT, '');
      for (const [name] of text.matchAll(HELPER_NAME)) used.add(name);
      use(text.replace(NAMESPACE, collect).replace(CLASS, collect).replace(CONVERSION, collect).replace(CONVERSION_GIVEN, '').replace(HANDED_ON, ''));
    }
  }
  for (let word = pending.pop(); word !== undefined; word = pending.pop()) {
    for (const text of declared.get(word) ?? []) use(text);
    declared.delete(word);
  }
  return used;
}

/** The text without the declarations that nobody uses. */
export function withoutUnused(text, used) {
  const gone = new Set();
  const drop = (whole, name) => {
    if (used.has(name)) return whole;
    gone.add(name);
    return '';
  };
  return text
    .replace(DIRECTION, '')
    .replace(NAMESPACE, (whole, name) => drop(whole, name).replace(TYPE_HELPER, (helper, _, called) => (used.has(called) ? helper : '')))
    .replace(CLASS, drop)
    .replace(CONVERSION, drop)
    .replace(CONVERSION_GIVEN, (line, name) => (gone.has(name) ? '' : line))
    .replace(HANDED_ON, (line, own, other) => (gone.has(own) || (other !== undefined && !used.has(other)) ? '' : line));
}
