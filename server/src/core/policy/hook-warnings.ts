// A hook may still stop what is allowed or asked for: a decision says so, since hooks are not run here.
import type { Action } from '../documents';
import type { Agent } from '../model';
import { LineIndex } from '../text';
import type { HookAt, Hooks } from '../workspace';

/** more than these are counted */
const MAX_NAMED = 3;

/** Nothing where no hook stands before the call. `resource` is `type:id`. */
export function hookWarnings(hooks: Hooks | null, agent: Agent | null, action: Action, resource: string, text: (path: string) => string): readonly string[] {
  if (!hooks || !agent || action !== 'call' || !resource.startsWith('tool:')) return [];
  const found = hooks.before(agent, resource.slice('tool:'.length));
  const named = found.slice(0, MAX_NAMED).map((hook) => sentence(hook, text));
  return found.length > MAX_NAMED ? [...named, `${found.length - MAX_NAMED} more hooks may still stop this.`] : named;
}

const sentence = ({ path, hook }: HookAt, text: (path: string) => string): string =>
  `A hook may still stop this or ask: \`${hook.event}\` in ${path}, line ${new LineIndex(text(path)).position(hook.span.start).line + 1}, runs before the call. Hooks are not run here.`;
