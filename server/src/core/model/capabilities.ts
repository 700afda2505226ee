// What an agent can do through its tools, data and channels, as far as the Catalog says so.
import { CAPABILITIES, type Capability } from '../documents';
import type { PatternList } from '../text';
import type { Agent } from './agent';
import type { Catalog } from './catalog';
import { toolsOf } from './declares';

export interface AgentCapabilities {
  /** sorted */
  readonly known: readonly Capability[];
  /** the parts of which the Catalog does not say what they can do: `tool:crm/*`, `channel:email` */
  readonly unknown: readonly string[];
}

/** A pattern may cover tools that no Catalog knows: it is never known completely. `uses`: the agent's tools, where they are compiled already. */
export function capabilitiesOf(agent: Pick<Agent, 'tools' | 'except' | 'data' | 'inputs' | 'outputs'>, catalog: Catalog, uses: PatternList | null = toolsOf(agent)): AgentCapabilities {
  const known = new Set<Capability>();
  const unknown = new Set<string>();
  const add = (part: string, capabilities: readonly Capability[] | null | undefined): void => {
    if (!capabilities) unknown.add(part);
    else for (const capability of capabilities) known.add(capability);
  };
  const patterns = agent.tools.map((grant) => grant.pattern);
  if (uses) {
    const plain = patterns.every((entry) => !entry.includes('*'));
    // a few names are looked up, patterns are tried on all
    const named = plain && patterns.length * 8 < catalog.tools.size ? new Set(patterns) : null;
    if (named) for (const name of named) {
      const tool = catalog.tools.get(name);
      if (tool && uses.matches(name)) add(`tool:${name}`, tool.capabilities);
    } else for (const [name, tool] of catalog.tools) if (uses.matches(name)) add(`tool:${name}`, tool.capabilities);
    for (const entry of patterns) if (entry.includes('*') || (!catalog.tools.has(entry) && uses.matches(entry))) unknown.add(`tool:${entry}`);
  }
  for (const { source } of agent.data) add(`data:${source}`, catalog.data.get(source)?.capabilities);
  for (const channel of [...agent.inputs.map((input) => input.channel), ...agent.outputs]) add(`channel:${channel}`, catalog.channels.get(channel)?.capabilities);
  return { known: CAPABILITIES.filter((capability) => known.has(capability)).sort(), unknown: [...unknown] };
}
