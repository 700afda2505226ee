// All files of Codex as one set: rules for commands, what the servers' entries say, what an administrator requires, and what the configuration makes of the rest.
import type { Span } from '../../text';
import type { PermissionEffect, ForeignDefault, ForeignPermissions, ForeignRule, PermissionPart, PlacedRule, UnitedPermissions } from '../permissions';
import { STRICTEST, toolRule } from '../permissions';
import { serverTools, type CodexConfig } from './config';
import { allAllowedTest, patternText, prefixTest, safeTest, type HostPaths, type PrefixRule, type Programs } from './prefix-rules';
import type { Allowed, Requirements } from './requirements';

/** What one file says. */
export interface CodexFile {
  readonly config: CodexConfig | null;
  readonly requirements: Requirements | null;
  readonly rules: readonly PrefixRule[];
  readonly hosts: HostPaths;
  readonly unknown: readonly string[];
}

interface CodexPermissions extends ForeignPermissions {
  readonly codex: CodexFile;
}

const isCodex = (permissions: ForeignPermissions): permissions is CodexPermissions => permissions.family === 'codex' && 'codex' in permissions;

/** Null for a file that says nothing of what may be done. */
export function codexPermissions(path: string, under: string, file: CodexFile): ForeignPermissions | null {
  const { config, requirements, rules } = file;
  if (config && !config.approval && !config.sandbox && config.servers.length === 0) return null;
  const servers = config ? config.servers.map(({ server }) => `tool:${server.name}/*`) : [];
  const base: CodexPermissions = {
    family: 'codex', governs: { kind: 'tool', formats: ['codex'], under, implicit: 'codex' }, order: STRICTEST, covers: requirements?.servers ? ['tool:*'] : ['tool:codex/*', ...servers], rules: [], unknown: file.unknown, codex: file, unite,
    default: { effect: 'require_approval', otherwise: [], words: '', span: config ? (config.approval?.span ?? config.sandbox?.span ?? null) : (rules[0]?.at ?? null), rank: 0 },
  };
  // as if the file were alone, for those who list its rules
  const alone = unite([{ path, format: 'codex', permissions: base }]);
  const { effect, words, span } = alone.default;
  return { ...base, rules: alone.rules.map(({ rule }) => rule), default: { effect, words, span, otherwise: alone.otherwise.map(({ rule }) => rule), rank: 0 } };
}

interface Part extends PermissionPart {
  readonly permissions: CodexPermissions;
}

function unite(parts: readonly PermissionPart[]): UnitedPermissions {
  const all = parts.flatMap((part): Part[] => (isCodex(part.permissions) ? [{ ...part, permissions: part.permissions }] : []));
  const files = all.map((part) => part.permissions.codex);
  const configured = all.find((part) => part.permissions.codex.config !== null);
  const from = configured ?? (all[0] as Part);
  const config = configured?.permissions.codex.config ?? null;
  const required = files.flatMap(({ requirements }) => requirements ?? []);
  const approval = chosen(config?.approval?.value ?? null, required.flatMap(({ approvals }) => approvals ?? []));
  const sandbox = chosen(config?.sandbox?.value ?? null, required.flatMap(({ sandboxes }) => sandboxes ?? []));
  const prefix = all.flatMap(({ path, format, permissions: { codex } }) => [...codex.rules, ...(codex.requirements?.rules ?? []).filter(({ effect }) => effect !== 'allow')].map((rule) => ({ path, format, rule })));
  const programs: Programs = { hosts: new Map(files.flatMap(({ hosts }) => [...hosts])), patterns: prefix.map(({ rule }) => rule.pattern) };
  const placed = prefix.flatMap(({ path, format, rule }): PlacedRule[] => (rule.effect === null || rule.pattern.length === 0 ? [] : [{ path, format, rule: commandRule(rule, approval === 'never', programs) }]));
  for (const part of all) {
    const { codex } = part.permissions;
    const add = (rules: readonly ForeignRule[]): void => rules.forEach((rule) => placed.push({ path: part.path, format: part.format, rule }));
    if (codex.config) add(serverRules(codex.config));
    if (codex.requirements?.servers) add([allowList(codex.requirements.servers, files.flatMap((file) => file.config ?? []))]);
  }
  const fallback = defaultOf(approval, sandbox, prefix.map(({ rule }) => rule), programs, from.permissions.default.span ?? { start: 0, end: 0 });
  return {
    rules: placed, otherwise: fallback.otherwise.map((rule) => ({ path: from.path, format: from.format, rule })),
    default: { effect: fallback.effect, words: fallback.words, span: fallback.span, path: from.path, format: from.format },
    unknown: [...new Set(parts.flatMap((part) => part.permissions.unknown))],
  };
}

/** What holds where requirements name what may be chosen: the choice where it is among them, else their first. */
export function chosen(written: string | null, lists: readonly Allowed[]): string | null {
  const [first] = lists;
  if (!first) return written;
  return written !== null && first.values.includes(written) ? written : (first.values[0] ?? written);
}

/** Where nobody is ever asked, what would be asked for is refused. */
function commandRule(rule: PrefixRule, never: boolean, programs: Programs): ForeignRule {
  const effect: PermissionEffect = rule.effect === 'require_approval' && never ? 'deny' : (rule.effect ?? 'deny');
  return { written: `${rule.decision?.value ?? 'allow'} ${patternText(rule.pattern)}`, span: rule.at, effect, actions: ['call'], resources: ['tool:codex/shell'], agents: null, where: prefixTest(rule, programs), ignored: null };
}

function serverRules({ root }: CodexConfig): ForeignRule[] {
  return serverTools(root).flatMap(({ name, off, only, without, modes, mode }) => {
    const tool = (of: string): string => `${name.value}/${of}`;
    const rules: ForeignRule[] = [];
    if (off) rules.push(toolRule(`${name.value} enabled = false`, name.span, 'deny', [tool('*')]));
    if (only) rules.push(toolRule(`${name.value} enabled_tools`, only[0]?.span ?? name.span, 'deny', [tool('*'), ...only.map(({ value }) => `!${tool(value)}`)]));
    for (const one of without) rules.push(toolRule(`${name.value} disabled_tools ${one.value}`, one.span, 'deny', [tool(one.value)]));
    for (const one of modes) rules.push(...modeRule(`${tool(one.tool.value)} ${one.mode.value}`, one.mode.value, one.mode.span, [tool(one.tool.value)]));
    if (mode) rules.push(...modeRule(`${name.value} ${mode.value}`, mode.value, mode.span, [tool('*'), ...modes.map((one) => `!${tool(one.tool.value)}`)]));
    return rules.map((rule) => ({ ...rule, resources: rule.resources.map((pattern) => pattern.replace(/^tool:!/, '!tool:')) }));
  });
}

/** `auto` leaves it to what the server says of the tool. */
const modeRule = (written: string, mode: string, span: Span, tools: readonly string[]): ForeignRule[] =>
  mode === 'approve' ? [toolRule(written, span, 'allow', tools)] : mode === 'prompt' ? [toolRule(written, span, 'require_approval', tools)] : [];

/** A server is in where its name is, and where it runs or stands at what is written beside the name. */
function allowList({ span, entries }: NonNullable<Requirements['servers']>, configs: readonly CodexConfig[]): ForeignRule {
  const servers = configs.flatMap((config) => config.servers.map(({ server }) => server));
  const inside = entries.filter(({ name, command, url }) => {
    const server = servers.find((one) => one.name === name);
    return !server || (command !== null && server.command?.value === command) || (url !== null && server.url?.value === url);
  });
  return { ...toolRule(`only the servers ${inside.map(({ name }) => name).join(', ') || 'of none'}`, span, 'deny', []), resources: ['tool:*/*', '!tool:codex/*', ...inside.map(({ name }) => `!tool:${name}/*`)] };
}

function defaultOf(approval: string | null, sandbox: string | null, rules: readonly PrefixRule[], programs: Programs, span: Span): Omit<ForeignDefault, 'rank'> {
  const free = approval === 'never' && sandbox === 'danger-full-access';
  const rule = (written: string, resources: readonly string[], where: ForeignRule['where']): ForeignRule => ({ written, span, effect: 'allow', actions: ['call'], resources, agents: null, where, ignored: null });
  const allowed = rules.filter(({ effect }) => effect === 'allow');
  const hints = rule('what the server says only reads', ['tool:*/*', '!tool:codex/*'], { key: 'codex server hints', words: 'the server says that the tool only reads, or its approval mode lets it run', args: [], test: () => 'unknown' });
  const otherwise = free ? [] : [
    ...(allowed.length > 0 ? [rule('allow, command by command', ['tool:codex/shell'], allAllowedTest(rules, programs))] : []),
    rule('commands known to be safe', ['tool:codex/shell'], safeTest),
    ...(approval === 'untrusted' ? [] : [rule('inside the sandbox', ['tool:codex/*'], { key: 'codex sandbox', words: `it stays within the sandbox (${sandbox ?? 'the default one'})`, args: [], sure: true, test: () => 'unknown' })]),
    hints,
  ];
  return {
    effect: free ? 'allow' : approval === 'never' ? 'deny' : 'require_approval', otherwise, span,
    words: free ? 'Nothing asks and nothing is confined.' : approval === 'untrusted' ? '`approval_policy` is `untrusted`: what is not known to be safe asks.'
      : approval === null && sandbox === null ? 'What no rule names depends on `approval_policy` and the sandbox.' : 'What stays within the sandbox runs; what leaves it asks, or fails where nobody is asked.',
  };
}
