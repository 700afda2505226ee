// Decisions of a small workspace as signs: `+` allow, `?` require_approval, `-` deny, `u` unknown.
import assert from 'node:assert/strict';
import { parseRequest, type Decision } from '../../server/src/core/model';
import { ENGINE } from '../../server/src/core/policy';
import { NOW, workspaceOf } from './workspace';

export interface Files {
  readonly [path: string]: string;
}

const SIGNS: { readonly [effect: string]: string } = { allow: '+', require_approval: '?', deny: '-', unknown: 'u' };

export function decisionOf(files: Files, agent: string, resource: string, args: object = {}, action = 'call'): Decision {
  const engine = workspaceOf(new Map(Object.entries(files))).shared(ENGINE);
  const parsed = parseRequest({ agent, action, resource, ...(Object.keys(args).length > 0 ? { args } : {}) } as never);
  assert.ok('request' in parsed);
  const prepared = engine.prepare(parsed.request, { at: NOW });
  const decision = engine.decidePrepared(prepared);
  assert.equal(engine.effect(prepared), decision.effect, 'the fast path says the same');
  return decision;
}

export const signOf = (files: Files, agent: string, resource: string, args: object = {}, action = 'call'): string => {
  const { effect } = decisionOf(files, agent, resource, args, action);
  return SIGNS[effect] ?? effect;
};

/** Each command begins with the sign that it must get; a sign alone is a call without arguments. */
export function commandsGet(files: Files, agent: string, resource: string, commands: readonly string[], name = 'command'): void {
  for (const command of commands) assert.equal(signOf(files, agent, resource, command.length > 1 ? { [name]: command.slice(1) } : {}), command[0], command);
}
