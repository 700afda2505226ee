// What became of an agent, in words.
import type { AgentChange, FieldChange } from './agent-changes';

/** `is new: lifecycle pilot; tools +crm/*`, `lifecycle pilot → production` */
export function agentChangeWords({ change, from, fields }: AgentChange): string {
  const said = fields.map(fieldWords).join('; ');
  const head = change === 'added' ? 'is new' : change === 'removed' ? 'is gone' : change === 'renamed' ? `was called ${from ?? 'otherwise'}` : '';
  return [head, said].filter(Boolean).join(': ');
}

function fieldWords({ field, added, removed }: FieldChange): string {
  const [one] = added;
  const [was] = removed;
  if (added.length === 1 && removed.length === 1 && one !== undefined && was !== undefined) return `${field} ${was} → ${one}`;
  return `${field} ${[...added.map((value) => `+${value}`), ...removed.map((value) => `-${value}`)].join(' ')}`;
}
