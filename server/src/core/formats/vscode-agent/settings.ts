// What `.vscode/settings.json` lets agents do without being asked about: `chat.tools.*` and its like.
import { RE2JS } from 're2js';
import type { Span } from '../../text';
import { pairOf, resolve, valueOf, type MapNode, type Node } from '../../yaml';
import { isReadOnly } from '../claude-settings/read-only';
import { isWrite } from '../claude-settings/judge';
import { spanOf } from '../fields';
import { STRICTEST, toolRule, type ArgumentTest, type ForeignPermissions, type ForeignRule } from '../permissions';
import { splitCommands, strippedForms, type SimpleCommand } from '../shell';
import { toolPatterns } from './tool-names';
import { EDIT, editPermissions, editRules, type EditRule } from './edits';
import { FETCH, eligibility, urlPermissions, urlRules, type UrlRule } from './urls';

export interface TerminalRule {
  readonly key: string;
  readonly span: Span;
  readonly approve: boolean;
  /** it is compared with the whole line, not with each command of it */
  readonly whole: boolean;
  /** null for a pattern that cannot be used here */
  readonly matches: ((text: string) => boolean) | null;
}

export interface ApprovalSettings {
  readonly everything: Span | null;
  readonly terminal: readonly TerminalRule[];
  readonly ignoreDefaults: boolean;
  readonly terminalOff: boolean;
  readonly urls: readonly UrlRule[];
  readonly edits: readonly EditRule[];
  /** tools that a person must always approve, as written */
  readonly manual: readonly { readonly name: string; readonly span: Span }[];
  readonly root: MapNode;
}

export const TERMINAL = 'chat.tools.terminal.autoApprove';
export const URLS = 'chat.tools.urls.autoApprove';
export const GLOBAL = 'chat.tools.global.autoApprove';
const EDITS = 'chat.tools.edits.autoApprove';
const ELIGIBLE = 'chat.tools.eligibleForAutoApproval';

/** True where the file says anything of what agents may do. */
export const speaksOfApproval = (text: string): boolean => /"chat\.(?:tools\.(?:global|terminal|urls|edits|eligibleForAutoApproval)|permissions\.default|agent\.sandbox|mcp\.access)/.test(text);

export function readApprovals(root: MapNode): ApprovalSettings {
  const everything = pairOf(root, GLOBAL);
  return {
    root,
    everything: everything && isBoolean(everything.value, true) ? spanOf(everything.key) : null,
    terminal: terminalRules(valueOf(root, TERMINAL)),
    ignoreDefaults: isBoolean(pairOf(root, 'chat.tools.terminal.ignoreDefaultAutoApproveRules')?.value ?? null, true),
    terminalOff: isBoolean(pairOf(root, 'chat.tools.terminal.enableAutoApprove')?.value ?? null, false),
    urls: urlRules(valueOf(root, URLS)),
    edits: editRules(valueOf(root, EDITS)),
    // true is what holds anyway: it approves nothing
    manual: eligibility(root, ELIGIBLE).filter(({ eligible }) => !eligible),
  };
}

export function isBoolean(node: Node | null, wanted: boolean): boolean {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' && scalar.value === wanted;
}

function terminalRules(node: Node | null): TerminalRule[] {
  const map = resolve(node);
  if (map?.kind !== 'map') return [];
  return map.pairs.flatMap(({ key, value }): TerminalRule[] => {
    const approve = isBoolean(value, true) || isBoolean(valueOf(value, 'approve'), true);
    // null takes a rule of the defaults away, and gives none
    if (!approve && !isBoolean(value, false) && !isBoolean(valueOf(value, 'approve'), false)) return [];
    return [{ key: key.text, span: spanOf(key), approve, whole: isBoolean(valueOf(value, 'matchCommandLine'), true), matches: matcherOf(key.text) }];
  });
}

/** `/regex/flags`, or the beginning of a command up to the end of a word. */
function matcherOf(key: string): ((text: string) => boolean) | null {
  const regex = /^\/(.+)\/([a-z]*)$/s.exec(key);
  if (!regex) return key === '' ? null : (text) => text === key || (text.startsWith(key) && !/\w/.test(text[key.length] ?? ''));
  const [, source = '', flags = ''] = regex;
  if (source.length > 1_000 || /\{\d{3,}/.test(source)) return null;
  try {
    const compiled = RE2JS.compile(source, flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0);
    return (text) => compiled.test(text);
  } catch {
    return null;
  }
}

const RUN = 'tool:vscode/execute/runInTerminal';

/** Null where the file neither approves nor asks for anything. */
export function approvalPermissions({ everything, terminal, ignoreDefaults, terminalOff, urls, edits, manual }: ApprovalSettings, under: string): ForeignPermissions | null {
  const always = manual.map(({ name, span }): ForeignRule => toolRule(name, span, 'require_approval', toolPatterns(name, new Set()).patterns));
  const files = editPermissions(edits, everything !== null);
  const rules = [...always, ...terminalPermissions(terminal, terminalOff, everything !== null), ...urlPermissions(urls, everything !== null), ...files.rules];
  if (everything === null && rules.length === 0) return null;
  const span = everything ?? rules[0]?.span ?? null;
  const covers = [...new Set([...(terminal.length > 0 ? [RUN] : []), ...(urls.length > 0 ? [FETCH] : []), ...(edits.length > 0 ? [EDIT] : []), ...always.flatMap(({ resources }) => resources)])];
  const reads: ForeignRule = { written: 'commands that only read', span: span ?? { start: 0, end: 0 }, effect: 'allow', actions: ['call'], resources: [RUN], agents: null, where: readsOnly, ignored: null };
  return {
    family: 'vscode', governs: { kind: 'tool', formats: ['vscode-agent'], under, implicit: null }, order: STRICTEST, covers: everything === null ? covers : ['tool:*'], rules, unknown: [],
    default: everything !== null ? { effect: 'allow', otherwise: [], words: 'No rule is for this, and `chat.tools.global.autoApprove` lets every tool run without being asked about.', span: everything, rank: 1 }
      : { effect: 'require_approval', otherwise: [...(ignoreDefaults || terminalOff || terminal.length === 0 ? [] : [reads]), ...files.otherwise], words: 'No rule is for this: a person is asked before it happens.', span, rank: 1 },
  };
}

/** `everything`: all tools run without a question, so that an entry which asks does not. */
function terminalPermissions(terminal: readonly TerminalRule[], off: boolean, everything: boolean): ForeignRule[] {
  const approving = off ? [] : terminal.filter((rule) => rule.approve);
  const asking = terminal.filter((rule) => !rule.approve);
  return terminal.map((rule): ForeignRule => ({
    ...toolRule(rule.key, rule.span, rule.approve ? 'allow' : 'require_approval', [], rule.approve ? approves(rule, approving, asking) : asks(rule)), resources: [RUN],
    ignored: rule.approve ? (off ? 'Commands are not approved by rules here: `chat.tools.terminal.enableAutoApprove` is off.' : null) : everything ? 'Every tool runs without a question: `chat.tools.global.autoApprove` is on.' : null,
  }));
}

const commandOf = (command: unknown): string | null => (typeof command === 'string' ? command : null);
/** Only a restriction is looked for behind assignments and wrappers: VS Code compares the command as it is written, and approves none with an assignment before it. */
const approvesPart = (rule: TerminalRule, { text, words }: SimpleCommand): boolean => !/^[A-Za-z_]\w*\+?=/.test(words[0]?.value ?? '') && rule.matches?.(text) === true;
const fits = (rule: TerminalRule, part: SimpleCommand): boolean => strippedForms(part).some(({ text }) => rule.matches?.(text) === true);

function asks(rule: TerminalRule): ArgumentTest {
  return {
    key: `vscode terminal ${rule.key} ${String(rule.whole)}`, words: `\`args.command\` ${rule.whole ? 'matches' : 'holds a command that matches'} \`${rule.key.slice(0, 80)}\``, args: ['command'],
    test: (args) => {
      const command = commandOf(args.command);
      if (command === null) return 'error';
      if (!rule.matches) return 'unknown';
      return rule.whole ? rule.matches(command) : splitCommands(command).commands.some((part) => fits(rule, part));
    },
  };
}

/** Every command of the line must be approved, by whatever rule, and none may be one that asks. */
function approves(rule: TerminalRule, approving: readonly TerminalRule[], asking: readonly TerminalRule[]): ArgumentTest {
  return {
    key: `vscode terminal ${rule.key} among ${approving.map((other) => other.key).join(' ')} without ${asking.map((other) => other.key).join(' ')}`, words: `\`args.command\` matches \`${rule.key.slice(0, 80)}\`, and every command in it is approved`, args: ['command'],
    test: (args) => {
      const command = commandOf(args.command);
      if (command === null) return 'error';
      if (!rule.matches) return 'unknown';
      if (rule.whole) return rule.matches(command);
      const { commands, sound } = splitCommands(command);
      return sound && commands.some((part) => approvesPart(rule, part)) && commands.every((part) => approving.some((other) => !other.whole && approvesPart(other, part)) && writesNothing(part));
    },
  };
}

const writesNothing = ({ redirects }: SimpleCommand): boolean => redirects.every((redirect) => !isWrite(redirect) || redirect.target === '/dev/null');

const readsOnly: ArgumentTest = {
  key: 'vscode terminal reads', words: 'every command of `args.command` only reads', args: ['command'],
  test: (args) => {
    const command = commandOf(args.command);
    if (command === null) return false;
    const { commands, sound } = splitCommands(command);
    return sound && commands.every((part) => isReadOnly(part, commands) && writesNothing(part));
  },
};
