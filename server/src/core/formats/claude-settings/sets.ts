// The rules of all files of a scope as one set, with what its mode makes of everything that no rule covers.
import type { Span } from '../../text';
import { STRICTEST, type ArgumentTest, type ArgumentValues, type ForeignDefault, type ForeignPermissions, type ForeignRule, type PermissionEffect, type PermissionGoverns, type PermissionPart, type PlacedRule, type UnitedPermissions } from '../permissions';
import type { Spanned } from '../format';
import { compileRule, underOf, written } from './compile';
import { isProtected } from './critical';
import { commandPattern } from './command-pattern';
import { judgeOf, restricts, type Judge } from './judge';
import { lineTest } from './line-relations';
import { requestPath } from './path-pattern';
import type { ClaudeRule, ClaudeSettings } from './settings';
import { EDITORS, FREE, READERS, SERVER } from './tools';

export interface ClaudePermissions extends ForeignPermissions {
  readonly claude: ClaudeSettings;
}

const isClaude = (permissions: ForeignPermissions): permissions is ClaudePermissions => permissions.family === 'claude' && 'claude' in permissions;

/** What a file says. `governs`: an agent's own file, or everything of Claude Code below a folder. */
export function claudePermissions(path: string, format: string, settings: ClaudeSettings, governs: PermissionGoverns): ClaudePermissions {
  const base: ClaudePermissions = {
    family: 'claude', governs, order: STRICTEST, covers: ['tool:*', 'agent:*'], rules: [], unknown: [], claude: settings, unite,
    default: { effect: 'require_approval', otherwise: [], words: '', span: settings.mode?.span ?? settings.span, rank: 0 },
  };
  // as if the file were alone, for those who list its rules
  const alone = unite([{ path, format, permissions: base }]);
  const { effect, words, span } = alone.default;
  return { ...base, rules: alone.rules.map((placed) => placed.rule), default: { effect, words, span, otherwise: alone.otherwise.map((placed) => placed.rule), rank: 0 } };
}

/** Settings that are managed win over a person's own, and these over the project's; an agent's own mode counts where the session's does not already approve more. */
const RANK: Readonly<Record<ClaudeSettings['scope'], number>> = { project: 1, local: 2, managed: 3 };

interface Part extends PermissionPart {
  readonly permissions: ClaudePermissions;
}

function unite(parts: readonly PermissionPart[]): UnitedPermissions {
  const all = parts.flatMap((part): Part[] => (isClaude(part.permissions) ? [{ ...part, permissions: part.permissions }] : []));
  const settings = (part: Part): ClaudeSettings => part.permissions.claude;
  const managedOnly = all.some((part) => settings(part).scope === 'managed' && settings(part).managedOnly);
  const taken = all.filter((part) => !managedOnly || settings(part).scope === 'managed');
  const { mode, part: from } = modeOf(all);
  const rules = taken.flatMap((part) => settings(part).rules);
  const additional = all.flatMap((part) => settings(part).additional);
  const judge = judgeOf(rules, additional, mode.value === 'acceptEdits' || mode.value === 'auto', mode.value === 'bypassPermissions');
  const sandbox = mode.value === 'plan' ? null : sandboxOf(all, judge);
  const asks = mode.value === 'dontAsk' ? 'deny' : 'require_approval';
  const placed: PlacedRule[] = taken.flatMap((part) => settings(part).rules.map((rule) => ({ path: part.path, format: part.format, rule: insideSandbox(compileRule(rule, judge, asks), rule, sandbox) })));
  placed.push(...serverRules(all));
  const fallback = defaultOf(mode, from, judge, sandbox);
  return {
    rules: placed,
    otherwise: fallback.otherwise.map((rule) => ({ path: from.path, format: from.format, rule })),
    default: { effect: fallback.effect, words: fallback.words, span: fallback.span, path: from.path, format: from.format },
    unknown: [],
  };
}

/** Which servers may be used at all: a denied one never, and where some are named, no other. */
function serverRules(parts: readonly Part[]): PlacedRule[] {
  const rule = (part: Part, written: string, span: Span, resources: readonly string[], where: ArgumentTest | null): PlacedRule => ({
    path: part.path, format: part.format, rule: { written, span, effect: 'deny', actions: ['call'], resources, agents: null, where, ignored: null },
  });
  const others = ['tool:*/*', `!tool:${SERVER}/*`];
  return parts.flatMap((part) => {
    const { noServers, onlyServers, serversByContent } = part.permissions.claude;
    const found = noServers.map((server) => rule(part, `no server ${server.value}`, server.span, [`tool:${server.value}/*`], null));
    // a name lets a server in only while none is let in by what it runs; which that is, is not told here
    if (serversByContent) found.push(rule(part, 'servers by command or address', serversByContent, others, UNTOLD));
    else if (onlyServers) found.push(rule(part, `only the servers ${onlyServers.names.join(', ') || 'of none'}`, onlyServers.span, [...others, ...onlyServers.names.map((name) => `!tool:${name}/*`)], null));
    return found;
  });
}

const UNTOLD: ArgumentTest = { key: 'claude server by content', words: 'the server is shut out by what it runs or where it is', args: [], test: () => 'unknown' };

/** A sandbox that approves commands, and what runs outside of it all the same. */
interface Sandbox {
  /** commands that run in it are not asked about */
  readonly inside: ArgumentTest;
  readonly outside: ArgumentTest;
}

/** The strongest file that speaks of it counts, and every command that any file takes out. */
function sandboxOf(parts: readonly Part[], judge: Judge): Sandbox | null {
  const ranked = [...parts].sort((a, b) => RANK[b.permissions.claude.scope] - RANK[a.permissions.claude.scope]).map((part) => part.permissions.claude.sandbox);
  const said = (what: 'enabled' | 'approves'): boolean | null => ranked.map((one) => one[what]).find((value) => value !== null) ?? null;
  if (said('enabled') !== true || said('approves') === false) return null;
  const written = [...new Set(ranked.flatMap((one) => one.excluded))].sort();
  // `docker` stands for all that it can do
  const excluded = written.flatMap((text) => [commandPattern(text), ...(/[*:]/.test(text) ? [] : [commandPattern(`${text} *`)])]);
  const leaves = ({ command, dangerouslyDisableSandbox }: ArgumentValues): boolean =>
    dangerouslyDisableSandbox === true || (excluded.length > 0 && (typeof command !== 'string' || !judge.line(command).sound || excluded.some((one) => restricts(one, command, judge.line(command)) !== false)));
  const key = JSON.stringify(written);
  const args = excluded.length > 0 ? ['command', 'dangerouslyDisableSandbox'] : ['dangerouslyDisableSandbox'];
  const but = excluded.length > 0 ? ', and the command is none of `excludedCommands`' : '';
  return {
    inside: { key: `claude sandbox ${key}`, words: `\`args.dangerouslyDisableSandbox\` is not set${but}`, args, test: (given) => !leaves(given) },
    outside: { key: `claude outside sandbox ${key}`, words: 'the command runs outside of the sandbox', args, test: leaves },
  };
}

/** In a sandbox that approves commands a rule that asks about all of them is for what runs outside of it. */
const insideSandbox = (made: ForeignRule, { effect, parsed }: ClaudeRule, sandbox: Sandbox | null): ForeignRule => (sandbox && effect === 'ask' && parsed?.tool === 'Bash' && parsed.specifier === null ? { ...made, where: sandbox.outside } : made);

const SUPERIOR: ReadonlySet<string> = new Set(['bypassPermissions', 'acceptEdits', 'auto']);

/** The mode that holds, and the part that says so. */
function modeOf(parts: readonly Part[]): { readonly mode: Spanned<string>; readonly part: Part } {
  const first = parts[0] as Part;
  const noBypass = parts.some((part) => part.permissions.claude.noBypass);
  let session: { mode: Spanned<string>; part: Part } | null = null;
  let own: { mode: Spanned<string>; part: Part } | null = null;
  for (const part of parts) {
    const { mode, scope } = part.permissions.claude;
    if (!mode || !isMode(mode.value) || (mode.value === 'bypassPermissions' && noBypass)) continue;
    if (part.permissions.governs.kind === 'file') own = { mode, part };
    // project settings cannot switch it on
    else if (mode.value === 'auto' && scope !== 'managed') continue;
    else if (!session || RANK[scope] >= RANK[session.part.permissions.claude.scope]) session = { mode, part };
  }
  const chosen = session && SUPERIOR.has(session.mode.value) ? session : (own ?? session);
  return chosen ?? { mode: { value: 'default', span: first.permissions.claude.mode?.span ?? first.permissions.claude.span ?? { start: 0, end: 0 } }, part: first };
}

const isMode = (mode: string): boolean => ['default', 'acceptEdits', 'auto', 'dontAsk', 'bypassPermissions', 'plan', 'manual'].includes(mode);

function defaultOf(mode: Spanned<string>, part: Part, judge: Judge, sandbox: Sandbox | null): Omit<ForeignDefault, 'rank'> {
  const { span } = mode;
  const written = part.permissions.claude.mode?.value === mode.value;
  const rule = (words: string, effect: PermissionEffect, resources: readonly string[], where: ArgumentTest | null, more: Partial<ForeignRule> = {}): ForeignRule => ({ written: words, span, effect, actions: ['call'], resources, agents: null, where, ignored: null, ...more });
  const ask: PermissionEffect = mode.value === 'dontAsk' ? 'deny' : 'require_approval';
  const critical = rule('removal of a vital path', ask, [SHELL], commandQuestion('critical', '`args.command` removes the root, the home folder, or something else that is vital', judge, (command) => judge.removesCritical(command), false));
  if (mode.value === 'bypassPermissions') return { effect: 'allow', otherwise: [critical], words: 'No rule is for this, and the mode is `bypassPermissions`: everything runs, nobody is asked.', span };
  const editing = mode.value === 'acceptEdits' || mode.value === 'auto';
  const otherwise = [
    rule('reads in the working directory', 'allow', [...READERS.keys()].map((tool) => `tool:${SERVER}/${tool}`), pathQuestion('read', READERS, judge, false)),
    rule('tools that ask for nothing', 'allow', [...FREE.map((tool) => `tool:${SERVER}/${tool}`), 'agent:*'], null, { actions: ['call', 'delegate'] }),
    ...(editing ? [rule('edits in the working directory', 'allow', [...EDITORS.keys()].map((tool) => `tool:${SERVER}/${tool}`), pathQuestion('edit', EDITORS, judge, true))] : []),
    critical,
    rule('commands that only read', 'allow', [SHELL], commandQuestion('read', 'every part of `args.command` only reads', judge, (command) => judge.readsOnly(command), false)),
    ...(editing ? [rule('commands on files of the working directory', 'allow', [SHELL], commandQuestion('files', '`args.command` works on files of the working directory alone', judge, (command) => judge.editsOnly(command), false))] : []),
    ...(sandbox ? [rule('commands in the sandbox', 'allow', [SHELL], sandbox.inside)] : []),
    ...(mode.value === 'auto' ? [rule('what the classifier approves', 'allow', ['tool:*'], { key: 'claude classifier', words: 'another model approves the call', args: [], test: () => 'unknown' })] : []),
  ];
  const words = mode.value === 'dontAsk' ? 'No rule is for this, and the mode is `dontAsk`: what would be asked about is denied.'
    : mode.value === 'plan' ? 'No rule is for this, and the mode is `plan`: nothing is changed before a person has approved the plan.'
      : written ? `No rule is for this, and the mode is \`${mode.value}\`: a person is asked.`
        : 'No rule is for this. The mode is not written, or not in force from here, so it depends on the plan of whoever runs it; taken as `default`: a person is asked.';
  return { effect: ask, otherwise, words, span };
}

const SHELL = `tool:${SERVER}/Bash`;

const EXAMPLES = { critical: ['rm -rf /', 'sudo rm -rf /', 'rmdir /'], read: ['ls'], files: ['touch x.txt'] } as const;

/** `missing`: the answer where no command is given. */
function commandQuestion(key: keyof typeof EXAMPLES, words: string, judge: Judge, holds: (command: string) => boolean, missing: boolean): ArgumentTest {
  const test: ArgumentTest = { examples: key === 'critical' ? EXAMPLES[key] : written(EXAMPLES[key], judge), ...(key === 'critical' ? {} : underOf(judge)), key: `claude line ${key}${key === 'critical' ? '' : ` ${judge.writeKey}`}`, words, args: ['command'], test: ({ command }) => (typeof command === 'string' ? holds(command) : missing) };
  return lineTest(test, key === 'critical' ? { kind: 'critical' } : { kind: key === 'read' ? 'reads' : 'files', terms: judge.terms });
}

function pathQuestion(key: string, tools: ReadonlyMap<string, readonly string[]>, judge: Judge, writes: boolean): ArgumentTest {
  const test: ArgumentTest = {
    key: `claude inside ${key} ${judge.placeKey}`, words: 'the path is in the working directory', args: ['file_path', 'path', 'notebook_path'], examples: ['x.txt'], sure: true,
    test(args, resource) {
      const names = tools.get(resource.slice(resource.indexOf('/') + 1)) ?? ['file_path'];
      const written = names.map((name) => args[name]).find((value) => typeof value === 'string');
      // without a path they look at the working directory
      if (typeof written !== 'string') return !writes && resource !== `tool:${SERVER}/Read`;
      const path = requestPath(written);
      return path !== null && judge.inside(path) && !(writes && isProtected(path));
    },
  };
  return writes ? test : lineTest(test, { kind: 'inside' });
}

