// The findings of `.vscode/settings.json`: what runs without being asked about.
import { pairOf, resolve, textOf, valueOf } from '../../../yaml';
import { isBoolean, spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import { GLOBAL, URLS, type ApprovalSettings } from '../settings';
import type { TerminalRule } from '../terminal';

const approvesAll: FormatRule<ApprovalSettings> = {
  code: 'format/vscode-agent/approves-everything',
  severity: 'warning',
  title: 'Every tool runs without being asked about',
  documentation: `\`${GLOBAL}\` approves every call of every tool; \`chat.permissions.default\` can do the same for new sessions. In a file that is committed it is meant for everybody who
opens the folder: a page that the agent reads can make it run a command, and nobody is asked.

**Evidence:** Visual Studio Code's page on approvals.

**Mend it:** remove it, and approve single commands and addresses.`,
  bad: { path: '.vscode/settings.json', text: '{ "chat.tools.global.autoApprove": true }' },
  good: { path: '.vscode/settings.json', text: '{ "chat.tools.global.autoApprove": false }' },
  check({ everything, root }, report) {
    if (everything) report({ span: everything, message: 'Every call of every tool runs without being asked about, for everybody who opens this folder. Remove it, and approve single commands and addresses.' });
    const preset = pairOf(root, 'chat.permissions.default');
    const value = textOf(preset?.value);
    if (preset && value !== null && /^(?:allow[- _]?all|bypass\w*|autopilot|yolo)$/i.test(value.trim())) report({ span: spanOf(preset.key), message: `New sessions begin with everything approved (\`${value}\`). Remove it, and approve single commands and addresses.` });
  },
};

/** Programs that run whatever they are given, or that delete and send whatever they are told to. */
const WIDE = /^(?:\/\.\*\/\w*|\/\^?\.[*+]\$?\/\w*|(?:\/\^?)?(?:rm|del|rmdir|curl|wget|python3?|node|bash|sh|zsh|pwsh|powershell|npx|uvx|docker|kubectl|sudo|eval|xargs|env|ssh|scp|iex|Invoke-Expression|Remove-Item)(?:\\b|\$|\/\w*)*)$/i;

const widens = ({ approve, key, matches }: TerminalRule): boolean => approve && matches !== null && (WIDE.test(key) || (key.startsWith('/') && matches('zzz-no-such-program --anything')));

const wideTerminal: FormatRule<ApprovalSettings> = {
  code: 'format/vscode-agent/wide-approval',
  severity: 'warning',
  title: 'Commands that can do anything run without being asked about',
  documentation: `Under \`chat.tools.terminal.autoApprove\` a name approves every command that begins with it. For an interpreter, a package runner or \`rm\` that is as good as approving everything.
Under \`${URLS}\` a \`*\` approves every address, for what is sent and for what comes back.

**Evidence:** Visual Studio Code's page on approvals: every command of a line must match an entry that is \`true\`, an entry that is \`false\` asks.

**Mend it:** approve the commands that are needed, with their arguments (\`"npm test"\`, \`"/^git (status|diff)\\\\b/"\`).`,
  bad: { path: '.vscode/settings.json', text: '{ "chat.tools.terminal.autoApprove": { "rm": true } }' },
  good: { path: '.vscode/settings.json', text: '{ "chat.tools.terminal.autoApprove": { "rm": false, "npm test": true } }' },
  check({ terminal, root }, report) {
    for (const rule of terminal) if (widens(rule)) report({ span: rule.span, message: `Every command that \`${rule.key}\` matches runs without being asked about, and that can be anything. Approve the commands that are needed, with their arguments.` });
    const urls = valueOf(root, URLS);
    if (urls?.kind !== 'map') return;
    for (const { key, value } of urls.pairs) {
      if (!/^(?:\*|https?:\/\/\*?\*?|\*:\/\/\*.*|https?:\/\/\*\/?\*?)$/.test(key.text)) continue;
      const approved = isBoolean(value, true) || ['approveRequest', 'approveResponse'].some((name) => isBoolean(valueOf(resolve(value), name), true));
      if (approved) report({ span: spanOf(key), message: 'Every address is fetched without being asked about, and what comes back is read as it is. Approve the hosts that are needed.' });
    }
  },
};

export const settingsRules: readonly FormatRule<ApprovalSettings>[] = [approvesAll, wideTerminal];
