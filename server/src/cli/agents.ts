// The agents of a workspace as `countersign agents` lists them.
import { capabilitiesOf } from '../core/model';
import type { Agent, AgentOwner } from '../core/model';
import { AGENTS, CATALOG } from '../core/workspace';
import type { Workspace } from '../core/workspace';

export interface AgentEntry {
  readonly id: string;
  /** `countersign` for a manifest, else the agent file's format */
  readonly format: string;
  readonly file: string;
  /** the files that really run, from the workspace folder */
  readonly definition: readonly string[];
  readonly owner: AgentOwner | null;
  readonly lifecycle: string | null;
  /** patterns over `server/tool`; `*` alone for all */
  readonly tools: readonly string[];
  readonly except: readonly string[];
  readonly delegates: readonly string[];
  readonly model: string | null;
  /** what the Catalog says of its tools, data and channels */
  readonly capabilities: readonly string[];
}

/** Sorted by file; two of one id are told apart by their files. */
export function listAgents(workspace: Workspace): readonly AgentEntry[] {
  const catalog = workspace.shared(CATALOG);
  return workspace.shared(AGENTS).all.map((agent) => entryOf(agent, capabilitiesOf(agent, catalog).known));
}

function entryOf(agent: Agent, capabilities: readonly string[]): AgentEntry {
  const { id, format, path, definition, owner, lifecycle, except } = agent;
  const tools = agent.tools.map((grant) => grant.pattern);
  return {
    id, format, file: path, definition, owner, lifecycle,
    tools: tools.includes('*') ? ['*'] : tools,
    except,
    // that a file which names nobody may still hand work to anybody is its tool's default, not what it declares
    delegates: agent.delegates.filter((grant) => !grant.assumed).map((grant) => grant.pattern),
    model: agent.models[0]?.label ?? null,
    capabilities,
  };
}
