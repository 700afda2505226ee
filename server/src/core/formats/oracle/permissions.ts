// Tools with `requires_confirmation`: a person says yes before each call.
import { STRICTEST, toolRule, type ForeignPermissions } from '../permissions';
import type { SpecAgent } from './read-agents';

/** Null where no tool asks. Else the other tools of the file's agents run. */
export function permissionsOf(agents: readonly SpecAgent[]): ForeignPermissions | null {
  const seen = new Set<string>();
  const rules = agents.flatMap(({ confirmed }) => confirmed).filter(({ pattern }) => !seen.has(pattern) && seen.add(pattern)).map(({ pattern, span }) => toolRule(`requires_confirmation ${pattern}`, span, 'require_approval', [pattern]));
  return rules.length === 0 ? null : {
    family: 'oracle', governs: { kind: 'file' }, order: STRICTEST, covers: [...new Set([...rules.flatMap(({ resources }) => resources), ...agents.flatMap(({ agent }) => agent.tools.map(({ pattern }) => `tool:${pattern}`))])], rules, unknown: [],
    default: { effect: 'allow', otherwise: [], words: 'a tool without `requires_confirmation` runs without asking', span: null, rank: 1 },
  };
}
