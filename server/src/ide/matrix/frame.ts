// Rows and columns of the matrix: the agents by owner, what can be asked for by server or kind.
import { RESOURCE_OF_ACTION, type Agent } from '../../core/model';
import { matrixColumns, type MatrixColumn as Column } from '../../core/policy';
import { AGENTS, CATALOG, type Shared, type Workspace } from '../../core/workspace';
import type { MatrixAgent, MatrixColumn, MatrixFrame } from '../../protocol';
import { environmentsOf, proposed } from '../simulate/choices';

/** More than this no grid shows. */
const MAX_AGENTS = 5000;
const MAX_COLUMNS = 5000;

/** Made once until an agent or the Catalog changes, so that cells of one frame can be counted in it. */
export interface FrameOf {
  readonly agents: readonly Agent[];
  readonly columns: readonly Column[];
  readonly rows: readonly MatrixAgent[];
  readonly heads: readonly MatrixColumn[];
}

export const matrixFrame = (workspace: Workspace): FrameOf => workspace.shared(FRAME);

/** Of the folder, what does not hang on the frame: the environments to choose from. */
export function matrixPlaces(workspace: Workspace): Pick<MatrixFrame, 'environments' | 'proposed'> {
  const catalog = workspace.shared(CATALOG);
  const hosts = new Set([...catalog.environments.keys(), ...workspace.shared(AGENTS).all.flatMap((agent) => agent.hosting ?? [])]);
  const environments = environmentsOf(null, catalog, hosts);
  return { environments: environments.map(({ name, detail }) => ({ name, detail })), proposed: proposed(environments, catalog) };
}

const FRAME: Shared<FrameOf> = {
  id: 'matrix-frame',
  kinds: [...new Set([...AGENTS.kinds, ...CATALOG.kinds])],
  make(workspace) {
    const all = workspace.shared(AGENTS);
    const agents = [...all.all].sort(byOwner).slice(0, MAX_AGENTS);
    const columns = [...matrixColumns({ world: { agents: all, catalog: workspace.shared(CATALOG) } })].slice(0, MAX_COLUMNS);
    return { agents, columns, rows: agents.map(({ id, owner, lifecycle }) => ({ id, owner: owner?.team ?? null, lifecycle })), heads: columns.map(headOf) };
  },
};

/** Those without an owner last. */
function byOwner(a: Agent, b: Agent): number {
  const [left, right] = [a.owner?.team ?? null, b.owner?.team ?? null];
  if (left !== right) return left === null ? 1 : right === null ? -1 : left < right ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

const VERBS: Readonly<Record<string, string>> = { read: 'read data', write: 'write data', delete: 'delete data', delegate: 'delegate to', invoke: 'invoke models', respond: 'respond on', deploy: 'deploy to' };

function headOf({ action, resource }: Column): MatrixColumn {
  const id = resource.slice(RESOURCE_OF_ACTION[action].length + 1);
  const slash = action === 'call' ? id.indexOf('/') : -1;
  return { action, resource, name: id.slice(slash + 1), group: action === 'call' ? (slash < 0 ? id : id.slice(0, slash)) : (VERBS[action] ?? action) };
}
