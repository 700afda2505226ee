// `approvalMode` of an agent's tool servers: whether each of their tools asks, none does, or which ones.
import { resolve, textOf, valueOf } from '../../yaml';
import { at } from '../agent';
import { spanOf, spannedItems, textField } from '../fields';
import { STRICTEST, toolRule, type ForeignPermissions, type ForeignRule } from '../permissions';
import { toolNodes } from './agent-schema';
import type { FoundryAgent } from './azure';

/** Null where no server has a mode. About servers without one it is silent. */
export function permissionsOf(agents: readonly FoundryAgent[]): ForeignPermissions | null {
  const covers = new Set<string>();
  const asking: ForeignRule[] = [];
  const free: ForeignRule[] = [];
  for (const { map } of agents) for (const tool of toolNodes(valueOf(map, 'tools'))) {
    const mode = valueOf(tool, 'approvalMode');
    const server = textField(tool, 'serverName') ?? textField(tool, 'name');
    const word = resolve(mode)?.kind === 'map' ? at(mode, 'kind') : mode;
    const kind = textOf(word);
    if (!server || !word || textOf(valueOf(tool, 'kind') ?? valueOf(tool, 'type')) !== 'mcp') continue;
    if (kind === 'always') asking.push(toolRule(`approvalMode always ${server.value}`, spanOf(word), 'require_approval', [`${server.value}/*`]));
    else if (kind === 'never') free.push(toolRule(`approvalMode never ${server.value}`, spanOf(word), 'allow', [`${server.value}/*`]));
    else if (kind === 'specify') {
      for (const one of spannedItems(valueOf(mode, 'alwaysRequireApprovalTools'))) asking.push(toolRule(`alwaysRequireApprovalTools ${one.value}`, one.span, 'require_approval', [`${server.value}/${one.value}`]));
      for (const one of spannedItems(valueOf(mode, 'neverRequireApprovalTools'))) free.push(toolRule(`neverRequireApprovalTools ${one.value}`, one.span, 'allow', [`${server.value}/${one.value}`]));
    } else continue;
    covers.add(`tool:${server.value}/*`);
  }
  if (covers.size === 0) return null;
  return {
    family: 'foundry', governs: { kind: 'file' }, order: STRICTEST, covers: [...covers], rules: [...asking, ...free], unknown: [],
    default: { effect: 'require_approval', otherwise: [], words: 'what `specify` does not name asks', span: null, rank: 1 },
  };
}
