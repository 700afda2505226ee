// Whether an agent declares what it asks for, action by action.
import type { Action } from '../documents';
import { patternList, type PatternList } from '../text';
import type { Agent } from './agent';

/** Answers for one agent; its patterns are compiled once. */
export interface Declares {
  /** `id`: the resource without its type */
  (action: Action, id: string): boolean;
}

/** The tools that an agent may call; null for none. */
export const toolsOf = (agent: Pick<Agent, 'tools' | 'except'>): PatternList | null => (agent.tools.length > 0 ? patternList([...agent.tools.map((grant) => grant.pattern), ...agent.except.map((entry) => `!${entry}`)]) : null);

/** `tools`: those of the agent, where they are compiled already. */
export function declaresOf(agent: Agent, tools: PatternList | null = toolsOf(agent)): Declares {
  const delegates = new Set(agent.delegates.map((grant) => grant.pattern));
  const models = new Set(agent.models.flatMap((model) => [model.id, model.label]));
  return (action, id) => {
    switch (action) {
      case 'call':
        return tools?.matches(id) ?? false;
      case 'read':
      case 'write':
      case 'delete':
        return agent.data.some((use) => use.source === id && use.access.includes(action));
      case 'delegate':
        return delegates.has(id) || delegates.has('*');
      case 'invoke':
        return models.has(id);
      case 'respond':
        return agent.outputs.includes(id);
      case 'deploy':
        return agent.hosting?.includes(id) ?? false;
    }
  };
}
