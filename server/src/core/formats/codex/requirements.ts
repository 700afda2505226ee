// `requirements.toml` of Codex: what an administrator allows to be chosen, and rules for commands that nobody can loosen.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { at, entriesOf, mapsOf } from '../agent';
import { spanOf, spannedItems, textField } from '../fields';
import type { Spanned } from '../format';
import type { PrefixRule } from './prefix-rules';
import { EFFECTS } from './prefix-rules';

export interface Requirements {
  readonly root: MapNode;
  /** null: any; the first takes the place of what is not among them */
  readonly approvals: Allowed | null;
  readonly sandboxes: Allowed | null;
  readonly rules: readonly PrefixRule[];
  /** the only servers that may be used, each known by its name and by what it runs or where it is; null: any */
  readonly servers: { readonly span: Spanned<string>['span']; readonly entries: readonly AllowedServer[] } | null;
}

export interface Allowed {
  readonly values: readonly string[];
  readonly span: Spanned<string>['span'];
}

export interface AllowedServer {
  readonly name: string;
  readonly command: string | null;
  readonly url: string | null;
}

/** Keys that no other file has. */
const OWN = ['allowed_approval_policies', 'allowed_sandbox_modes', 'allowed_web_search_modes', 'allowed_approvals_reviewers', 'allowed_permission_profiles', 'allow_managed_hooks_only', 'enforce_residency', 'guardian_policy_config'];

export const isRequirements = (root: MapNode): boolean => OWN.some((key) => valueOf(root, key) !== null) || ruleNodes(root).length > 0 || entriesOf(valueOf(root, 'mcp_servers')).some(({ map }) => valueOf(map, 'identity') !== null);

const ruleNodes = (root: MapNode): readonly MapNode[] => mapsOf(at(root, 'rules', 'prefix_rules'));

export function readRequirements(root: MapNode): Requirements {
  const servers = valueOf(root, 'mcp_servers');
  return {
    root, approvals: allowed(root, 'allowed_approval_policies'), sandboxes: allowed(root, 'allowed_sandbox_modes'), rules: ruleNodes(root).map(ruleOf),
    servers: servers?.kind === 'map' ? {
      span: spanOf(root.pairs.find((pair) => pair.key.text === 'mcp_servers')?.key ?? servers),
      entries: entriesOf(servers).map(({ key, map }) => ({ name: key.value, command: textOf(at(map, 'identity', 'command')), url: textOf(at(map, 'identity', 'url')) })),
    } : null,
  };
}

function allowed(root: MapNode, key: string): Allowed | null {
  const list = resolve(valueOf(root, key));
  return list?.kind === 'seq' ? { values: spannedItems(list).map(({ value }) => value), span: spanOf(list) } : null;
}

/** `{ pattern = [{ token = "git" }, { any_of = ["push", "pull"] }], decision = "forbidden" }` */
function ruleOf(map: MapNode): PrefixRule {
  const pattern = valueOf(map, 'pattern');
  const words = resolve(pattern);
  const decision = textField(map, 'decision');
  return {
    span: spanOf(map), at: spanOf(pattern ?? map), decision, effect: decision ? (EFFECTS.get(decision.value) ?? null) : null, justification: textField(map, 'justification'), match: [], notMatch: [],
    pattern: words?.kind === 'seq' ? words.items.map((item) => {
      const one = textOf(valueOf(item, 'token')) ?? textOf(item);
      return one === null ? spannedItems(valueOf(item, 'any_of')).map(({ value }) => value) : [one];
    }) : [],
  };
}
