// What a settings file of Claude Code says that governance needs, with spans.
import type { Span } from '../../text';
import { pairOf, resolve, valueOf, type MapNode, type Node } from '../../yaml';
import { spanOf, spannedItems, spannedText, textField } from '../fields';
import type { Spanned } from '../format';
import { baseName, folders } from '../paths';
import { parseRule, type RuleText } from './rule-text';

export type ClaudeEffect = 'allow' | 'ask' | 'deny';

export interface ClaudeRule {
  readonly effect: ClaudeEffect;
  readonly written: string;
  readonly span: Span;
  /** null for what is no rule */
  readonly parsed: RuleText | null;
}

/** What a file says of the sandbox; null for what it does not say. */
export interface SandboxSettings {
  readonly enabled: boolean | null;
  /** commands in it are not asked about; so it is where nothing is said */
  readonly approves: boolean | null;
  /** commands that run outside of it */
  readonly excluded: readonly string[];
}

export type Scope = 'managed' | 'local' | 'project';

/** What decides what runs without being asked for, beside the rules. */
export interface ClaudeSettings {
  readonly scope: Scope;
  /** the folder that the file is for */
  readonly under: string;
  readonly rules: readonly ClaudeRule[];
  /** `permissions.defaultMode`, or an agent's own `permissionMode` */
  readonly mode: Spanned<string> | null;
  readonly additional: readonly string[];
  /** rules of other files do not count */
  readonly managedOnly: boolean;
  /** the mode that asks nothing cannot be had */
  readonly noBypass: boolean;
  readonly sandbox: SandboxSettings;
  /** servers that are switched off by their names, with what says so */
  readonly noServers: readonly Spanned<string>[];
  /** the only servers that may be used, by their names; null: any */
  readonly onlyServers: { readonly names: readonly string[]; readonly span: Span } | null;
  /** servers are let in or shut out by what they run or where they are, which names do not tell */
  readonly serversByContent: Span | null;
  /** `permissions`, or the first that speaks of permissions */
  readonly span: Span | null;
}

export const scopeOf = (path: string): Scope => (folders(path).includes('managed-settings.d') || baseName(path) === 'managed-settings.json' ? 'managed' : baseName(path) === 'settings.local.json' ? 'local' : 'project');

/** `tools/web/.claude/settings.json` is for `tools/web`; managed settings are for everything. */
export function folderOf(path: string): string {
  const way = folders(path);
  const own = way.lastIndexOf('.claude');
  return own > 0 ? way.slice(0, own).join('/') : '';
}

const EFFECTS = ['allow', 'ask', 'deny'] as const;

export function readSettings(path: string, root: MapNode | null): ClaudeSettings {
  const permissions = valueOf(root, 'permissions');
  const sandbox = valueOf(root, 'sandbox');
  const key = pairOf(root, 'permissions')?.key ?? null;
  return {
    scope: scopeOf(path), under: folderOf(path),
    rules: EFFECTS.flatMap((effect) => spannedRules(valueOf(permissions, effect)).map(({ value, span }): ClaudeRule => ({ effect, written: value, span, parsed: parseRule(value) }))),
    mode: textField(permissions, 'defaultMode'),
    additional: spannedItems(valueOf(permissions, 'additionalDirectories')).map((item) => item.value),
    managedOnly: isTrue(valueOf(root, 'allowManagedPermissionRulesOnly')),
    noBypass: (textField(permissions, 'disableBypassPermissionsMode') ?? textField(root, 'disableBypassPermissionsMode'))?.value === 'disable',
    sandbox: { enabled: truthOf(valueOf(sandbox, 'enabled')), approves: truthOf(valueOf(sandbox, 'autoAllowBashIfSandboxed')), excluded: spannedItems(valueOf(sandbox, 'excludedCommands')).map((item) => item.value) },
    noServers: [...spannedItems(valueOf(root, 'disabledMcpjsonServers')), ...named(valueOf(root, 'deniedMcpServers'))],
    onlyServers: allowedServers(root),
    serversByContent: ['allowedMcpServers', 'deniedMcpServers'].map((key) => contentEntry(root, key)).find((span) => span !== null) ?? null,
    span: key ? spanOf(key) : null,
  };
}

/** Empty texts stay: they are rules that cannot be read. */
function spannedRules(node: Node | null): Spanned<string>[] {
  const list = resolve(node);
  if (list?.kind !== 'seq') return [];
  return list.items.flatMap((item) => {
    const scalar = resolve(item);
    return scalar?.kind === 'scalar' && typeof scalar.value === 'string' ? [{ value: scalar.text, span: spanOf(item) }] : [];
  });
}

/** An empty list lets no server in. */
function allowedServers(root: MapNode | null): ClaudeSettings['onlyServers'] {
  const pair = pairOf(root, 'allowedMcpServers');
  return pair && resolve(pair.value)?.kind === 'seq' ? { names: named(pair.value).map((one) => one.value), span: spanOf(pair.key) } : null;
}

function contentEntry(root: MapNode | null, key: string): Span | null {
  const pair = pairOf(root, key);
  const list = resolve(pair?.value);
  return pair && list?.kind === 'seq' && list.items.some((item) => valueOf(item, 'serverCommand') !== null || valueOf(item, 'serverUrl') !== null) ? spanOf(pair.key) : null;
}

function named(node: Node | null): Spanned<string>[] {
  const list = resolve(node);
  return list?.kind === 'seq' ? list.items.flatMap((item) => spannedText(valueOf(item, 'serverName')) ?? []) : [];
}

export const isTrue = (node: Node | null): boolean => scalarOf(node) === true;

function truthOf(node: Node | null): boolean | null {
  const value = scalarOf(node);
  return typeof value === 'boolean' ? value : null;
}

function scalarOf(node: Node | null): unknown {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' ? scalar.value : null;
}
