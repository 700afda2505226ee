// The permissions of other tools' files, joined over the files of a scope: which sets there are, and which agents each governs.
import { STRICTEST, unitePermissions, type ForeignAgent, type ForeignFile, type ForeignPermissions, type PermissionOrder, type PermissionPart, type UnitedPermissions } from '../formats';
import type { Span } from '../text';
import { wholeFile } from './joined';
import type { Shared } from './shared';
import type { Workspace } from './workspace';

/** Permissions that decide together. */
export interface PermissionSet extends UnitedPermissions {
  /** `claude`, and the folder or the file where there are several: `claude@tools/web` */
  readonly id: string;
  readonly order: PermissionOrder;
  readonly covers: readonly string[];
  /** sorted */
  readonly files: readonly string[];
  /** files whose agents it governs; null: not by file */
  readonly agentFiles: ReadonlySet<string> | null;
  /** names of agents that it governs; null: all of the files, or of the workspace */
  readonly names: ReadonlySet<string> | null;
  /** the agent that stands for the tool where it has no agent file */
  readonly implicit: ImplicitAgent | null;
}

export interface ImplicitAgent {
  readonly name: string;
  readonly format: string;
  readonly path: string;
  readonly span: Span;
}

export interface Permissions {
  readonly sets: readonly PermissionSet[];
}

export const PERMISSIONS: Shared<Permissions> = {
  id: 'permissions',
  kinds: ['files'],
  make(workspace, before) {
    const files = foreignFiles(workspace);
    // nothing to join is what most workspaces have, at every keystroke in a file of text
    if (!files.some(({ file }) => (file.permissions?.length ?? 0) > 0)) return before?.sets.length === 0 ? before : { sets: [] };
    return { sets: joinPermissions(files) };
  },
};

export interface ForeignFileAt {
  readonly path: string;
  readonly file: ForeignFile;
}

function foreignFiles(workspace: Workspace): ForeignFileAt[] {
  return workspace.filesOf('files').flatMap((path) => {
    const file = wholeFile(workspace, path);
    return file ? [{ path, file }] : [];
  });
}

/** The sets of some files, as if they were all there is. `files` are sorted by path. */
export function joinPermissions(files: readonly ForeignFileAt[]): readonly PermissionSet[] {
  const parts = files.flatMap(({ path, file }) => (file.permissions ?? []).map((permissions): PermissionPart => ({ path, format: file.format, permissions })));
  const sets: PermissionSet[] = [];
  const families = new Set(parts.flatMap(({ permissions }) => (permissions.governs.kind === 'tool' ? [permissions.family] : [])));
  for (const family of families) sets.push(...toolSets(family, parts.filter((part) => part.permissions.family === family), files));
  for (const part of parts) {
    const { governs, family } = part.permissions;
    if (governs.kind === 'tool' || (governs.kind === 'file' && families.has(family))) continue;
    sets.push(unite(`${family}@${part.path}`, [part], governs.kind === 'file' ? new Set([part.path]) : null, governs.kind === 'agents' ? new Set(governs.names) : null, null));
  }
  return sets;
}

/** The sets of a tool: one for each folder that has permissions, and one for each agent file that says more for itself. */
function toolSets(family: string, parts: readonly PermissionPart[], files: readonly ForeignFileAt[]): PermissionSet[] {
  const byFolder = new Map<string, PermissionPart[]>();
  const formats = new Set<string>();
  let tool = family;
  let stands = false;
  for (const part of parts) {
    const { governs } = part.permissions;
    if (governs.kind !== 'tool') continue;
    byFolder.set(governs.under, [...(byFolder.get(governs.under) ?? []), part]);
    for (const format of governs.formats) formats.add(format);
    tool = governs.implicit ?? family;
    stands ||= governs.implicit !== null;
  }
  const folders = [...byFolder.keys()].sort((a, b) => b.length - a.length);
  const folderOf = (path: string): string | undefined => folders.find((folder) => folder === '' || path.startsWith(`${folder}/`));
  const agentFiles = files.filter(({ path, file }) => formats.has(file.format) && file.agents.length > 0 && folderOf(path) !== undefined);
  const sets: PermissionSet[] = [];
  const own = parts.filter((part) => part.permissions.governs.kind === 'file');
  for (const folder of [...folders].sort()) {
    const shared = byFolder.get(folder) ?? [];
    const governed = new Set(agentFiles.filter(({ path }) => folderOf(path) === folder).map(({ path }) => path));
    const id = folder === '' ? tool : `${tool}@${folder}`;
    const first = shared[0];
    const implicit = governed.size === 0 && first && stands ? { name: tool, format: first.format, path: first.path, span: topOf(first.permissions) } : null;
    const special = own.filter((part) => governed.has(part.path));
    for (const part of special) governed.delete(part.path);
    if (governed.size > 0 || implicit || special.length === 0) sets.push(unite(id, shared, governed, null, implicit));
    for (const part of special) sets.push(unite(`${id}@${part.path}`, [...shared, part], new Set([part.path]), null, null));
  }
  for (const part of own) if (folderOf(part.path) === undefined) sets.push(unite(`${tool}@${part.path}`, [part], new Set([part.path]), null, null));
  return sets;
}

const topOf = ({ default: { span }, rules }: ForeignPermissions): Span => span ?? rules[0]?.span ?? { start: 0, end: 0 };

function unite(id: string, parts: readonly PermissionPart[], agentFiles: ReadonlySet<string> | null, names: ReadonlySet<string> | null, implicit: ImplicitAgent | null): PermissionSet {
  return {
    ...unitePermissions(parts), id, order: parts[0]?.permissions.order ?? STRICTEST,
    covers: [...new Set(parts.flatMap((part) => part.permissions.covers))],
    files: [...new Set(parts.map((part) => part.path))].sort(),
    agentFiles, names, implicit,
  };
}

/** Whether a set is for an agent that stands in `path`, or that is governed there: `definition` of a manifest. */
export function governsAgent(set: PermissionSet, agent: { readonly name: string; readonly path: string; readonly format: string; readonly definition: readonly string[] }): boolean {
  if (set.implicit?.name === agent.name && (set.implicit.path === agent.path || agent.format === 'countersign')) return true;
  if (set.names !== null && !set.names.has(agent.name)) return false;
  const { agentFiles, files, implicit } = set;
  return agentFiles === null || agentFiles.has(agent.path) || agent.definition.some((file) => agentFiles.has(file) || (implicit !== null && files.includes(file)));
}

/** The agent that stands for a tool: it may use whatever its permissions let it use. */
export function implicitAgent({ name, span }: ImplicitAgent): ForeignAgent {
  return {
    id: name, span, title: null, purpose: null, owner: null, models: [],
    tools: [{ pattern: '*', written: '', span, assumed: true, unresolved: false }],
    except: [], delegates: [], delegatesToAny: true, servers: [], environment: null, labels: [], fields: new Map(),
  };
}
