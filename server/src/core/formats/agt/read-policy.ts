// A policy of the Agent Governance Toolkit: which dialect it is written in, whom it is for, and its rules.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { mapsOf } from '../agent';
import { rootMaps, type RootMap } from '../document';
import { spannedItems, spannedText, textField } from '../fields';
import type { Spanned } from '../format';

/** `python`: also where nothing tells the engine. `trust`: conditions of field, operator and value. `proxy`: rules over tools. `go`: effects with conditions as maps. */
export type Dialect = 'python' | 'dotnet' | 'typescript' | 'trust' | 'proxy' | 'go';

export interface AgtPolicy extends PolicyFacts {
  readonly map: MapNode;
  readonly rules: readonly AgtRule[];
}

/** A policy without its tree, as it is kept. */
export interface PolicyFacts {
  readonly dialect: Dialect;
  readonly name: Spanned<string> | null;
  /** null where the file names none */
  readonly agents: readonly Spanned<string>[] | null;
  readonly rules: readonly RuleFacts[];
  /** `allow` or `deny` */
  readonly default: Spanned<string> | null;
  /** how the engine is to settle what rules say against one another, where the file says so */
  readonly strategy: Strategy;
  /** it takes rules from other files */
  readonly extended: boolean;
  /** those files, as written */
  readonly bases: readonly Spanned<string>[];
}

export type Strategy = 'priority_first_match' | 'deny_overrides' | 'allow_overrides' | 'most_specific_wins';
const STRATEGIES: ReadonlySet<string> = new Set(['deny_overrides', 'allow_overrides', 'most_specific_wins']);

export interface AgtRule extends RuleFacts {
  readonly map: MapNode;
}

/** A rule without its tree, as it is kept. */
export interface RuleFacts {
  /** where it begins */
  readonly start: number;
  readonly name: Spanned<string> | null;
  readonly condition: Spanned<string> | null;
  /** absent: `deny` */
  readonly action: Spanned<string> | null;
  readonly tool: Spanned<string> | null;
  readonly priority: number;
  readonly stage: string;
  /** `100/hour` */
  readonly limit: string | null;
  readonly approvers: readonly string[];
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
    strategy: strategyOf(map), bases: basesOf(map), extended: basesOf(map).length > 0,
    rules: rules.map((rule) => ({
      map: rule, start: rule.start, name: textField(rule, 'name'), condition: spannedText(valueOf(rule, 'condition')),
      action: actionOf(rule, dialect), tool: textField(rule, 'tool'),
      priority: numberOf(rule), stage: textField(rule, 'stage')?.value ?? 'pre_tool', limit: textField(rule, 'limit')?.value ?? null, approvers: spannedItems(valueOf(rule, 'approvers')).map(({ value }) => value), enabled: isEnabled(rule),
    })),
  };
}

/** The TypeScript engine reads `ruleAction` and `effect` and takes `action` for something else. */
function actionOf(rule: MapNode, dialect: Dialect): Spanned<string> | null {
  if (dialect === 'typescript') return textField(rule, 'ruleAction') ?? textField(rule, 'effect');
  return textField(rule, 'action') ?? textField(rule, 'ruleAction') ?? textField(rule, 'effect');
}

function strategyOf(map: MapNode): Strategy {
  const written = ['conflict_strategy', 'conflict_resolution', 'conflict_resolution_strategy', 'conflictStrategy'].map((key) => textOf(valueOf(map, key))).find((text) => text !== null);
  const named = written?.toLowerCase().replaceAll('-', '_') ?? '';
  return STRATEGIES.has(named) ? (named as Strategy) : 'priority_first_match';
}

function basesOf(map: MapNode): readonly Spanned<string>[] {
  const node = valueOf(map, 'extends');
  const one = spannedText(node);
  return one ? [one] : spannedItems(node);
}

/** A number, or a text that is one. */
function numberOf(rule: MapNode): number {
  const node = resolve(valueOf(rule, 'priority'));
  const value = node?.kind === 'scalar' ? (typeof node.value === 'number' ? node.value : Number(node.text.trim() === '' ? NaN : node.text)) : NaN;
  return Number.isFinite(value) ? value : 0;
}

/** Also as the engine's older YAML and its model read it: `no`, `off`, `"false"`. */
function isEnabled(rule: MapNode): boolean {
  const node = resolve(valueOf(rule, 'enabled'));
  return !(node?.kind === 'scalar' && (node.value === false || node.value === 0 || /^(?:false|no|off|n|f|0)$/i.test(node.text)));
}

/** What is kept of a policy for as long as its file is. */
export const factsOf = ({ dialect, name, agents, default: otherwise, extended, strategy, bases, rules }: AgtPolicy): PolicyFacts => ({
  dialect, name, agents, default: otherwise, extended, strategy, bases,
  rules: rules.map(({ start, name: own, condition, action, tool, priority, stage, limit, approvers, enabled }) => ({ start, name: own, condition, action, tool, priority, stage, limit, approvers, enabled })),
});
