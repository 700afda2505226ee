// Which names can be renamed, and to what. A text is a refusal: why not, and what to do instead.
import type { NameKind } from '../../../core/documents';
import { SHIPPED_STANDARDS } from '../../../core/lint';
import type { Workspace } from '../../../core/workspace';
import { code, WORD } from '../words';
import { declarationsOf, type NameAt } from '../at';
import { localOf, matches, mentions } from '../navigate';

export type Named = Pick<NameAt, 'kind' | 'name'>;

/** Why a name cannot be renamed at all, or null. */
export function refusal(workspace: Workspace, at: NameAt): string | null {
  const { kind, name } = at;
  const shown = code(name);
  if (at.pattern && at.role === 'uses') return `${shown} is a pattern and names nothing by itself. Rename one of the names that it matches, or edit the pattern.`;
  if (kind === 'file') return 'A path is no name. Move the file, or write another path.';
  if (kind === 'snippet') return `A snippet is renamed in its own file: its name and its prefix are typed by people, so no other file can be sure to follow.`;
  if (kind === 'action' || kind === 'code' || kind === 'format' || kind === 'resource') return `${shown} is a word of the language and cannot be renamed.`;
  const declared = declarationsOf(workspace, { ...at, pattern: false }, matches);
  if (kind === 'model' && !declared.some((d) => d.name === name) && declared.length > 0 && at.within === 'file') return `${shown} is another tool's own word for a model.`;
  if (kind === 'standard' && declared.length === 0 && SHIPPED_STANDARDS.has(name)) return `The standard ${shown} comes with Countersign and keeps its name.`;
  const standard = name.slice(0, Math.max(0, name.indexOf('/')));
  if (kind === 'requirement' && declared.length === 0 && SHIPPED_STANDARDS.has(standard)) return `The requirement ${shown} comes with Countersign and keeps its name.`;
  const all = workspace.find(kind, name);
  if (kind === 'agent' && all.length > 1) {
    const ours = all.filter((d) => d.ours);
    const loose = all.filter((d) => !d.ours && !workspace.governors(d.path).some((path) => ours.some((o) => o.path === path)));
    if (ours.length > 1 || (ours.length === 1 && loose.length > 0) || loose.length > 1) return several(name, kind, all.map((d) => d.path));
  } else if (!at.home) {
    const conflicting = all.filter((d) => d.unique);
    if (conflicting.length > 1) return several(name, kind, conflicting.map((d) => d.path));
  }
  return null;
}

const several = (name: string, kind: NameKind, paths: readonly string[]): string =>
  `The ${WORD[kind]} ${code(name)} is declared ${paths.length} times (${[...new Set(paths)].slice(0, 3).map(code).join(', ')}), so nobody can say which one its uses mean. Correct one of the declarations by hand first.`;

const DNS = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
const RESERVED_IN_CONDITIONS = new Set(['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while']);
const DOCUMENTS: ReadonlySet<NameKind> = new Set<NameKind>(['agent', 'policy', 'standard', 'policytest', 'library', 'catalog']);

/** The whole new name for what was typed: of a rule its policy stays, of a tool its server and of a model its provider unless another one was typed. */
export function wholeName({ kind, name }: Named, typed: string): string {
  const slash = name.indexOf('/');
  if (kind === 'rule' || kind === 'requirement' || kind === 'variable') return slash < 0 ? typed : `${name.slice(0, slash + 1)}${typed}`;
  return (kind === 'tool' || kind === 'model') && slash > 0 && !typed.includes('/') ? `${name.slice(0, slash + 1)}${typed}` : typed;
}

/** Why the new name is no name of the kind, or null. `typed`: as the user wrote it. */
export function unfit(kind: NameKind, typed: string, whole: string): string | null {
  const shown = code(typed.slice(0, 80));
  if (typed.trim() === '') return 'A name cannot be empty.';
  if (typed !== typed.trim()) return `${shown} begins or ends with a blank.`;
  if (typed.length > 200) return 'A name has at most 200 characters.';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f"'\\`*]/.test(typed) || typed.startsWith('!') || typed.includes(' #') || typed.includes(': ')) return `${shown} holds a sign that names do not have: quotes, \`*\`, \`\\\`, \`: \`, \` #\`, line breaks and a leading \`!\` mean something else.`;
  if (DOCUMENTS.has(kind) && !DNS.test(typed)) return `${shown} is no name of a document: lower-case letters, digits and \`-\` (not at the ends), at most 63 characters.`;
  if ((kind === 'rule' || kind === 'requirement') && !ID.test(typed)) return `${shown} is no id: letters, digits, \`_\`, \`.\` and \`-\`, beginning with a letter or digit.`;
  if (kind === 'variable' && (!/^[A-Za-z_]\w*$/.test(typed) || RESERVED_IN_CONDITIONS.has(typed))) return `${shown} cannot be written as \`variables.name\` in a condition: letters, digits and \`_\`, not beginning with a digit, and no word of the language.`;
  if (kind === 'person' && /\s/.test(typed)) return `${shown} holds a blank; people are named without.`;
  if (kind === 'server' && typed.includes('/')) return `${shown} holds a \`/\`, which stands between a server and its tools.`;
  if (kind === 'tool' && !/^[^/]+\/.+$/.test(whole)) return `${shown} is no tool: tools are named \`server/tool\`.`;
  if ((kind === 'team' || kind === 'oncall') && (typed === 'user' || /^(team|person):/.test(typed))) return `${shown} means something else where parties are named.`;
  return null;
}

/** What has the new name already, in words, or null. */
export function conflict(workspace: Workspace, { kind, name }: Named, whole: string): string | null {
  const shown = code(whole);
  if (whole === name) return null;
  if (kind === 'standard' && SHIPPED_STANDARDS.has(whole)) return `${shown} is the name of a standard that comes with Countersign.`;
  for (const of of kind === 'team' ? (['team', 'oncall'] as const) : kind === 'oncall' ? (['oncall', 'team'] as const) : [kind]) {
    const declared = workspace.find(of, whole)[0];
    if (declared) return `The ${WORD[of]} ${shown} exists already, in ${code(declared.path)}. Choose another name, or join the two by hand.`;
  }
  if (kind === 'server') {
    const tool = [...workspace.names('tool').keys()].find((one) => one.startsWith(`${whole}/`));
    if (tool !== undefined) return `There is a tool ${code(tool)} already, so ${shown} is a server in use. Choose another name.`;
  }
  if (kind === 'model' && workspace.names('model').size > 0 && !workspace.names('model').has(name) && ![...workspace.names('model').keys()].some((declared) => matches(declared, whole))) {
    return `No entry under \`models\` of the Catalog matches ${shown}. Declare it first.`;
  }
  for (const [path] of mentions(workspace, { kind, name: whole }, false)) return `${shown} is used already, in ${code(path)}, so both would mean the same. Choose another name, or correct that file first.`;
  return null;
}

/** What stands in the editor's box: the part that is renamed. */
export const placeholderOf = (at: NameAt): string => (at.provider || at.kind === 'rule' || at.kind === 'requirement' || at.kind === 'variable' || at.kind === 'tool' ? localOf(at) : at.name);
