// `chat.tools.terminal.autoApprove`: which command lines run without a question. Every command of a line must be approved, and none may be one that an entry asks about.
import { RE2JS } from 're2js';
import type { Span } from '../../text';
import { resolve, valueOf, type Node } from '../../yaml';
import { isReadOnly } from '../claude-settings/read-only';
import { isWrite } from '../claude-settings/judge';
import { isBoolean, spanOf } from '../fields';
import { toolRule, type ArgumentTest, type ForeignRule } from '../permissions';
import { splitCommands, strippedForms, type SimpleCommand } from '../shell';
import { terminalTest } from './terminal-relations';

export interface TerminalRule {
  readonly key: string;
  readonly span: Span;
  readonly approve: boolean;
  /** it is compared with the whole line, not with each command of it */
  readonly whole: boolean;
  /** null for a pattern that cannot be used here */
  readonly matches: ((text: string) => boolean) | null;
}

export const RUN = 'tool:vscode/execute/runInTerminal';

export function terminalRules(node: Node | null): TerminalRule[] {
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

/** `everything`: all tools run without a question, so that an entry which asks does not. */
export function terminalPermissions(terminal: readonly TerminalRule[], off: boolean, everything: boolean): ForeignRule[] {
  const approving = off ? [] : terminal.filter((rule) => rule.approve);
  return terminal.map((rule): ForeignRule => ({
    ...toolRule(rule.key, rule.span, rule.approve ? 'allow' : 'require_approval', [], rule.approve ? approves(rule, approving) : asks(rule)), resources: [RUN],
    ignored: rule.approve ? (off ? 'Commands are not approved by rules here: `chat.tools.terminal.enableAutoApprove` is off.' : null) : everything ? 'Every tool runs without a question: `chat.tools.global.autoApprove` is on.' : null,
  }));
}

const named = ({ key, whole }: TerminalRule): string => JSON.stringify([key, whole]);
/** Lines that could fit: of a pattern its alternatives without what is no text. */
function examplesOf(key: string): readonly string[] {
  const source = /^\/(.+)\/[a-z]*$/s.exec(key)?.[1];
  const texts = source === undefined ? [key] : source.split('|').map((part) => part.replaceAll(/\\[bBsSwWdD]|[\^$()\\?*+]|\[.*?\]/g, ' ').replaceAll(/ +/g, ' ').trim());
  return texts.filter((text) => text !== '').slice(0, 10).flatMap((text) => [text, `${text} x`]);
}

const NO_COMMAND = 'no text in args.command';

const commandOf = (command: unknown): string | null => (typeof command === 'string' ? command : null);
/** Only a restriction is looked for behind assignments and wrappers: VS Code compares the command as it is written, and approves none with an assignment before it. */
const approvesPart = (rule: TerminalRule, { text, words }: SimpleCommand): boolean => !/^[A-Za-z_]\w*\+?=/.test(words[0]?.value ?? '') && rule.matches?.(text) === true;
const fits = (rule: TerminalRule, part: SimpleCommand): boolean => strippedForms(part).some(({ text }) => rule.matches?.(text) === true);

function asks(rule: TerminalRule): ArgumentTest {
  return terminalTest({
    key: `vscode terminal ${named(rule)}`, words: `\`args.command\` ${rule.whole ? 'matches' : 'holds a command that matches'} \`${rule.key.slice(0, 80)}\``, args: ['command'], errs: NO_COMMAND, examples: examplesOf(rule.key),
    test: (args) => {
      const command = commandOf(args.command);
      if (command === null) return 'error';
      if (!rule.matches) return 'unknown';
      return rule.whole ? rule.matches(command) : splitCommands(command).commands.some((part) => fits(rule, part));
    },
  }, { kind: 'asks', entry: rule });
}

/** Every command of the line must be approved, by whatever rule. */
function approves(rule: TerminalRule, approving: readonly TerminalRule[]): ArgumentTest {
  return terminalTest({
    key: `vscode terminal ${named(rule)} among ${approving.map(named).join(' ')}`, words: `\`args.command\` matches \`${rule.key.slice(0, 80)}\`, and every command in it is approved`, args: ['command'], errs: NO_COMMAND, examples: examplesOf(rule.key),
    test: (args) => {
      const command = commandOf(args.command);
      if (command === null) return 'error';
      if (!rule.matches) return 'unknown';
      if (rule.whole) return rule.matches(command);
      const { commands, sound } = splitCommands(command);
      return sound && commands.some((part) => approvesPart(rule, part)) && commands.every((part) => approving.some((other) => !other.whole && approvesPart(other, part)) && writesNothing(part));
    },
  }, { kind: 'approves', entry: rule, among: approving });
}

const writesNothing = ({ redirects }: SimpleCommand): boolean => redirects.every((redirect) => !isWrite(redirect) || redirect.target === '/dev/null');

export const readsOnly: ArgumentTest = terminalTest({
  key: 'vscode terminal reads', words: 'every command of `args.command` only reads', args: ['command'],
  test: (args) => {
    const command = commandOf(args.command);
    if (command === null) return false;
    const { commands, sound } = splitCommands(command);
    return sound && commands.every((part) => isReadOnly(part, commands) && writesNothing(part));
  },
}, { kind: 'reads' });
