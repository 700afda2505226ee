// Which of the rules of a region can speak of one agent, action and resource: a region is about many, and not each rule about each.
import type { RuleRef } from '../../core/model';
import type { CompiledRule, Engine } from '../../core/policy';

/** What of a request is known; null: not by name. */
export interface About {
  readonly agent: string | null;
  readonly action: string | null;
  readonly resource: string | null;
}

export function rulesAbout(engine: Engine): (ref: RuleRef, about: About) => boolean {
  const { agents, sets } = engine.world;
  const rules = new Map<string, CompiledRule>();
  for (const set of sets) for (const rule of set.rules) rules.set(keyOf(rule), rule);
  const agentOf = (name: string | null) => {
    const found = name === null ? null : agents.find(name);
    return found === 'ambiguous' ? null : found;
  };
  return (ref, { agent: name, action, resource }) => {
    const agent = agentOf(name);
    const rule = rules.get(keyOf(ref));
    if (!rule) {
      // a gate of a manifest
      const owner = agents.all.find((one) => one.path === ref.file && one.gates.some((gate) => gate.span.start === ref.span.start));
      const gate = owner?.gates.find((one) => one.span.start === ref.span.start);
      return !owner || !gate || ((agent === null || agent.id === owner.id) && (action === null || gate.gate === null || gate.gate === action));
    }
    const { scope } = rule.policy;
    return (action === null || (rule.actions?.matches(action) ?? true)) && (resource === null || (rule.resources?.matches(resource) ?? true))
      && (agent === null || [scope, rule].every((one) => (one.agents?.matches(agent.name) ?? true) && (one.roles?.matchesAny(agent.roles) ?? true)));
  };
}

const keyOf = ({ file, span }: { readonly file: string; readonly span: { readonly start: number } }): string => `${file} ${span.start}`;
