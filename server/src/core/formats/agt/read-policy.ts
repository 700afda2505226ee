// A policy of the Agent Governance Toolkit: which dialect it is written in, whom it is for, and its rules.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { mapsOf } from '../agent';
import { rootMaps, type RootMap } from '../document';
import { spannedItems, spannedText, textField } from '../fields';
import type { Spanned } from '../format';

/** `python`: also where nothing tells the engine. `trust`: conditions of field, operator and value. `proxy`: rules over tools. `go`: effects with conditions as maps. */
export type Dialect = 'python' | 'dotnet' | 'typescript' | 'trust' | 'proxy' | 'go';

export interface AgtPolicy {
  readonly map: MapNode;
  readonly dialect: Dialect;
  readonly name: Spanned<string> | null;
  /** null where the file names none */
  readonly agents: readonly Spanned<string>[] | null;
  readonly rules: readonly AgtRule[];
  /** `allow` or `deny` */
  readonly default: Spanned<string> | null;
  /** it takes rules from other files */
  readonly extended: boolean;
}

export interface AgtRule {
  readonly map: MapNode;
  readonly name: Spanned<string> | null;
  readonly condition: Spanned<string> | null;
  /** absent: `deny` */
  readonly action: Spanned<string> | null;
  readonly tool: Spanned<string> | null;
  readonly priority: number;
  readonly stage: string;
  readonly enabled: boolean;
}

const VERSION = 'governance.toolkit/v1';

export function policyOf(path: string, text: string): { readonly root: RootMap; readonly policy: AgtPolicy } | null {
  const root = rootMaps(path, text)[0];
  if (!root) return null;
  const rules = mapsOf(valueOf(root.map, 'rules'));
  const current = textOf(valueOf(root.map, 'apiVersion')) === VERSION;
  const legacy = valueOf(root.map, 'apiVersion') === null && /^1(?:\.0)?$/.test(textField(root.map, 'version')?.value ?? '') && rules.length > 0;
  if (!current && !legacy) return null;
  const dialect = dialectOf(path, root.map, rules);
  // an older file is one only where its rules look like ours
  if (!dialect || (!current && textOf(valueOf(root.map, 'name')) === null && dialect !== 'proxy')) return null;
  return { root, policy: read(root.map, dialect, rules) };
}

function dialectOf(path: string, map: MapNode, rules: readonly MapNode[]): Dialect | null {
  const every = (...keys: readonly string[]): boolean => rules.length > 0 && rules.every((rule) => keys.every((key) => valueOf(rule, key) !== null));
  if (rules.some((rule) => resolve(valueOf(rule, 'condition'))?.kind === 'map' && textOf(valueOf(valueOf(rule, 'condition'), 'operator')) !== null)) return 'trust';
  if (every('tool', 'action') && (valueOf(map, 'mode') !== null || valueOf(map, 'default_action') !== null)) return 'proxy';
  if (every('effect', 'action') && rules.some((rule) => resolve(valueOf(rule, 'conditions'))?.kind === 'map' || valueOf(rule, 'min_approvals') !== null)) return 'go';
  if (rules.some((rule) => valueOf(rule, 'ruleAction') !== null)) return 'typescript';
  if (rules.length > 0 && !rules.some((rule) => spannedText(valueOf(rule, 'condition')) !== null)) return null;
  if (valueOf(map, 'agent') !== null || valueOf(map, 'agents') !== null) return 'python';
  if (/(?:^|[/_.-])(?:dotnet|csharp|net)(?:[/_.-]|$)/i.test(path) || rules.some((rule) => textOf(valueOf(rule, 'action')) === 'rate_limit')) return 'dotnet';
  return /(?:^|[/_.-])(?:typescript|node|ts)(?:[/_.-]|$)/i.test(path) ? 'typescript' : 'python';
}

function read(map: MapNode, dialect: Dialect, rules: readonly MapNode[]): AgtPolicy {
  const one = textField(map, 'agent');
  const several = valueOf(map, 'agents');
  return {
    map, dialect, name: textField(map, 'name'),
    agents: one || several ? [...(one ? [one] : []), ...spannedItems(several)] : null,
    default: textField(map, 'default_action'),
    extended: valueOf(map, 'extends') !== null && textOf(valueOf(map, 'extends')) !== '',
    rules: rules.map((rule) => ({
      map: rule, name: textField(rule, 'name'), condition: spannedText(valueOf(rule, 'condition')),
      action: textField(rule, 'action') ?? textField(rule, 'ruleAction') ?? textField(rule, 'effect'), tool: textField(rule, 'tool'),
      priority: numberOf(rule), stage: textField(rule, 'stage')?.value ?? 'pre_tool', enabled: resolvedBoolean(rule),
    })),
  };
}

function numberOf(rule: MapNode): number {
  const node = valueOf(rule, 'priority');
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : 0;
}

function resolvedBoolean(rule: MapNode): boolean {
  const node = valueOf(rule, 'enabled');
  return !(node?.kind === 'scalar' && node.value === false);
}
